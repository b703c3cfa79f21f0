"""A layer of published facts (发布层): what a world's offices published, as one file with a digest of its own."""

from __future__ import annotations

import json
from collections.abc import Mapping

from guantong.errors import LayerRefused
from guantong.facts.fact import Fact
from guantong.facts.json import fact_json, fact_of
from guantong.facts.table import FactTable
from guantong.facts.words import Attribute, AttributeKind, Words

FILE = "released.json"


def layer_data(table: FactTable) -> dict[str, object]:
    """Return a layer as JSON data: its world, its digest, the attributes that it brings, and its facts."""
    used = dict.fromkeys(fact.attribute for fact in table)
    return {
        "world": table.world,
        "digest": table.digest,
        "attributes": [_attribute_data(table.words.attribute(name)) for name in used],
        "facts": [fact_json(fact) for fact in table],
    }


def read_layer(text: str, bundled: FactTable) -> FactTable:
    """Return the bundled facts with a layer on top; raise `LayerRefused` for an altered or foreign one."""
    try:
        data = json.loads(text)
        facts = [fact_of(fact) for fact in data["facts"]]
        words = _words(bundled.words, data["attributes"])
        layer = FactTable(str(data["world"]), words, facts)
        digest = str(data["digest"])
    except (KeyError, TypeError, ValueError):
        raise LayerRefused(why="文件读不出来，或缺少内容") from None
    if layer.digest != digest:
        raise LayerRefused(why="内容与它自己的校验值不符")
    if layer.world != bundled.world:
        raise LayerRefused(why="属于另一个世界（演示数据不能混进正式数据）")
    kept: list[Fact] = [fact for fact in bundled if fact.id not in layer.facts]
    return FactTable(bundled.world, words, [*kept, *layer])


def _attribute_data(attribute: Attribute) -> dict[str, str]:
    return {
        "id": attribute.id,
        "name": attribute.name,
        "unit": attribute.unit,
        "kind": attribute.kind.value,
        "theme": attribute.theme,
    }


def _words(bundled: Words, brought: list[Mapping[str, str]]) -> Words:
    own = [
        Attribute(
            id=part["id"],
            name=part["name"],
            unit=part["unit"],
            kind=AttributeKind(part["kind"]),
            theme=part["theme"],
            definitions=(),
        )
        for part in brought
        if not bundled.has(part["id"])
    ]
    return Words(bundled.city, [*bundled.attributes.values(), *own], bundled.scopes.values())

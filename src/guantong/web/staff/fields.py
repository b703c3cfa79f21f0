"""The field catalogue as a page (个人信息目录): what this system keeps of whom, and why."""

from __future__ import annotations

from collections.abc import Sequence

from guantong.people.fields import Field, FieldClass, Table, field_catalogue
from guantong.web.staff.page import StaffAsked, StaffPage
from guantong.web.staff.respond import staff

_TAGS = {FieldClass.GENERAL: "", FieldClass.PERSONAL: "tag-unknown", FieldClass.SENSITIVE: "tag-no"}


def fields_page(asked: StaffAsked) -> StaffPage:
    """Show every table that says something of somebody, and name those that do not."""
    tables = field_catalogue()
    context = {
        "tables": [
            (table, [(field, _TAGS[field.kind], _links(field)) for field in table.fields])
            for table in tables
            if table.fields
        ],
        "others": [table for table in tables if table.nothing],
        "kinds": [(kind.label, _count(tables, kind)) for kind in FieldClass],
    }
    return StaffPage(title="个人信息目录", template="guantong/staff/fields_all.html", context=context)


def _links(field: Field) -> tuple[tuple[str, str], ...]:
    named = (name.partition("/") for name in field.ground.clauses)
    return tuple((f"/policies/{book}/clauses/{clause}", clause) for book, _, clause in named)


def _count(tables: Sequence[Table], kind: FieldClass) -> int:
    return sum(field.kind is kind for table in tables for field in table.fields)


addresses = (staff("desk/about/fields", fields_page, "desk-fields"),)

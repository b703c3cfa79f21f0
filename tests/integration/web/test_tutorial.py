"""The tutorial tells what is there: every address answers, every quoted phrase stands on its page."""

import html
import re
from pathlib import Path
from typing import NamedTuple

import pytest
from django.test import Client

TUTORIAL = Path(__file__).parents[3] / "docs" / "tutorials" / "one-evening.md"
STEP = re.compile(r"`(?P<address>/[^`]*)`|```csv\n(?P<table>.*?)```|「(?P<phrase>[^」]*)」", re.DOTALL)


class Step(NamedTuple):
    """A page as the tutorial opens it, and the phrases that it says stand there."""

    address: str
    table: str
    phrases: tuple[str, ...]


def steps() -> list[Step]:
    """Every address of the tutorial, and every table that it sends to the address before."""
    found: list[Step] = []
    for part in STEP.finditer(TUTORIAL.read_text(encoding="utf-8").partition("## 七点")[2]):
        if part["phrase"] is None:
            found.append(Step(part["address"] or found[-1].address, part["table"] or "", ()))
        else:
            found[-1] = found[-1]._replace(phrases=(*found[-1].phrases, part["phrase"]))
    return found


def shown(client: Client, step: Step) -> str:
    """What a visitor reads on a page: no markup, and no space where only the markup has one."""
    response = client.post(step.address, {"table": step.table}) if step.table else client.get(step.address)
    assert response.status_code == 200
    body = response.content.decode().split("<main", 1)[1].split("</main>", 1)[0]
    return squeezed(html.unescape(re.sub(r"<[^>]+>", "", body)))


def squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)


@pytest.mark.parametrize("step", steps(), ids=lambda step: f"{step.address}{' sent' if step.table else ''}")
def test_each_page_of_the_evening_shows_what_the_tutorial_quotes(client: Client, step: Step) -> None:
    text = shown(client, step)
    assert [phrase for phrase in step.phrases if squeezed(phrase) not in text] == []


def test_the_evening_is_told_with_addresses_and_phrases() -> None:
    assert len(steps()) >= 20
    assert sum(len(step.phrases) for step in steps()) >= 40
    assert [step.address for step in steps() if not step.phrases] == []


def test_a_phrase_that_is_not_there_would_be_noticed(client: Client) -> None:
    assert squeezed("没有这句话的页面") not in shown(client, steps()[0])

"""The tutorials of the work desk tell what is there: each is walked, word for word, in a demonstration of its own."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.cli import guantong
from tests.desk import OPERATOR
from tests.integration.conftest import using
from tests.tutorials import Told, Walk, told

from guantong.actions import demo
from guantong.actions.demo_quality import load_quality_years
from guantong.actions.opening import open_demo
from guantong.settings import Settings

FOLDER = Path(__file__).parents[3] / "docs" / "tutorials"
SCHOOL, QUALITY = "one-year-at-the-school-desk.md", "one-quality-year.md"
TUTORIALS = [SCHOOL, QUALITY]
"""Those that are walked with signed-in people; tests/integration/web/test_tutorial.py walks the family desk's."""
FEW = 0.05
"""How much of each intake is enough where only schools are told of, not their pupils."""


@pytest.fixture
def walk(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Walk]:
    """A reader with a demonstration of their own, in a folder where nothing lies yet."""
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / "data"
    with using(Settings(data=folder, keys=folder / "keys")):
        open_demo()
        loaded = demo.load_demo(share=1.0 if name == SCHOOL else FEW, by=OPERATOR)
        if name == QUALITY:
            load_quality_years(loaded.accounts)
        made = [one.credentials for one in loaded.accounts]
        accounts = {one.login: (one.password, one.second_factor) for one in made}
        yield Walk(accounts, lambda words: said(words, folder))


def said(words: list[str], folder: Path) -> str:
    """What a command of a tutorial says; its first word is where the program lies."""
    ran = guantong(*words[1:], GUANTONG_DATA=str(folder), GUANTONG_TODAY="")
    assert (ran.code, words[0]) == (0, ".venv/bin/guantong"), ran.complained
    return ran.said


def steps(name: str) -> list[Told]:
    """What a tutorial says, from its first section on."""
    text = (FOLDER / name).read_text(encoding="utf-8")
    return list(told(text[text.index("\n## ") :]))


@pytest.mark.parametrize("name", TUTORIALS)
def test_everything_a_tutorial_says_can_be_done_and_seen(walk: Walk, name: str) -> None:
    for step in steps(name):
        walk.take(step)
    assert walk.seen >= 25


@pytest.mark.parametrize("name", ["nothing told"])
def test_a_phrase_that_is_not_there_and_a_button_that_is_not_there_are_noticed(walk: Walk) -> None:
    walk.take(Told(1, "login", "xueji", ""))
    with pytest.raises(AssertionError, match="没有这句话"):
        walk.take(Told(2, "phrase", "没有这句话", ""))
    with pytest.raises(AssertionError, match="没有这个按钮"):
        walk.take(Told(3, "press", "没有这个按钮", ""))


def test_each_tutorial_is_walked_by_a_test() -> None:
    assert {path.name for path in FOLDER.glob("*.md")} == {"one-evening.md", *TUTORIALS}

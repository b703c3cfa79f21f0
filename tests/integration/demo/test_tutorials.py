"""The tutorials of the work desk tell what is there: each is walked, word for word, in a demonstration of its own."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from tests.cli import guantong
from tests.desk import OPERATOR
from tests.integration.conftest import using
from tests.tutorials import Told, Walk, told

from guantong.actions import demo
from guantong.actions.demo import Loaded
from guantong.actions.opening import open_demo
from guantong.settings import Settings

FOLDER = Path(__file__).parents[3] / "docs" / "tutorials"
TUTORIALS = ["one-year-at-the-school-desk.md"]
"""Those that are walked with signed-in people; tests/integration/web/test_tutorial.py walks the family desk's."""


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Loaded]:
    """A folder that holds a whole demonstration, and what loading it told."""
    folder = tmp_path_factory.mktemp("demonstration")
    with using(Settings(data=folder, keys=folder / "keys")):
        open_demo()
        done = demo.load_demo(by=OPERATOR)
    return folder, done


@pytest.fixture
def walk(loaded: tuple[Path, Loaded], tmp_path: Path) -> Iterator[Walk]:
    """A reader with an untouched demonstration."""
    folder = tmp_path / "data"
    shutil.copytree(loaded[0], folder)
    made = [one.credentials for one in loaded[1].accounts]
    with using(replace(Settings(), data=folder, keys=folder / "keys")):
        accounts = {one.login: (one.password, one.second_factor) for one in made}
        yield Walk(accounts, lambda words: guantong(*words, GUANTONG_DATA=str(folder), GUANTONG_TODAY="").said)


def steps(name: str) -> list[Told]:
    """What a tutorial says, from its first section on."""
    text = (FOLDER / name).read_text(encoding="utf-8")
    return list(told(text[text.index("\n## ") :]))


@pytest.mark.parametrize("name", TUTORIALS)
def test_everything_a_tutorial_says_can_be_done_and_seen(walk: Walk, name: str) -> None:
    for step in steps(name):
        walk.take(step)
    assert walk.seen >= 40


def test_a_phrase_that_is_not_there_and_a_button_that_is_not_there_are_noticed(walk: Walk) -> None:
    walk.take(Told(1, "login", "xueji", ""))
    with pytest.raises(AssertionError, match="没有这句话"):
        walk.take(Told(2, "phrase", "没有这句话", ""))
    with pytest.raises(AssertionError, match="没有这个按钮"):
        walk.take(Told(3, "press", "没有这个按钮", ""))


def test_each_tutorial_is_walked_by_a_test() -> None:
    assert {path.name for path in FOLDER.glob("*.md")} == {"one-evening.md", *TUTORIALS}

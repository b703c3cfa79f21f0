"""The page for the engineer after us names nothing that is not there."""

import re
from pathlib import Path

from guantong.actions.words import Act
from guantong.people import Right

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "how-it-fits.md").read_text(encoding="utf-8")
ROOMS = {"pathways.planner", "policies", "cohorts", "store", "indicators", "reports", "session", "sign_in"}


def named() -> set[str]:
    """Everything in backticks that looks like a path of the repository."""
    return {word for word in re.findall(r"`([^`\s]+)`", PAGE) if word.startswith(("src/", "tests/", "docs/"))}


def test_each_path_of_the_page_exists() -> None:
    assert [path for path in sorted(named()) if not (ROOT / path).exists()] == []


def test_the_page_leads_to_every_door_and_to_both_packages() -> None:
    assert len(named()) >= 35
    for path in (
        "src/guantong/web/urls.py",
        "src/guantong/web/staff/urls.py",
        "src/guantong/cli",
        "src/guantong/actions",
    ):
        assert path in named()


def test_each_room_that_the_page_names_is_a_module() -> None:
    machine = ROOT / "src" / "guantong"
    places = [machine, machine / "web" / "staff"]
    for room in ROOMS:
        assert f"`{room}`" in PAGE, room
        stem = room.replace(".", "/")
        assert any((place / f"{stem}.py").exists() or (place / stem).is_dir() for place in places), room


def test_the_closed_lists_stand_where_the_page_says() -> None:
    assert Act.__module__ == "guantong.actions.words"
    assert Right.__module__ == "guantong.people.rights"

"""A package that borrows parts of another: the same rulebooks word for word, and nothing overridden."""

from pathlib import Path

import pytest
from tests.packages import Package

from guantong.contents import Contents
from guantong.errors import ContentsMissing, ContentsRefused
from guantong.policies.canonical import book_digest

DEMO = Path(__file__).parents[3] / "src" / "guantong_demo"


@pytest.fixture
def borrower(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Package:
    """A copy of the demonstration, to be spoilt."""
    return Package(DEMO, tmp_path, monkeypatch)


def test_the_demonstration_is_judged_by_the_very_rulebooks_of_the_city() -> None:
    demo, city = Contents("guantong_demo"), Contents("guantong_beijing")
    assert demo.rulebook_ids == city.rulebook_ids
    for name in demo.rulebook_ids:
        assert book_digest(demo.rulebook(name)) == book_digest(city.rulebook(name))
    assert demo.purposes == city.purposes


def test_the_demonstration_is_sound_and_has_no_school_of_the_city() -> None:
    demo = Contents("guantong_demo")
    demo.check()
    assert not set(demo.registry.institutions) & set(Contents("guantong_beijing").registry.institutions)
    assert all("虚构" in source.title for name, source in demo.sources.items() if name.startswith("yanshi-"))


def test_what_is_lent_counts_in_the_digest(borrower: Package) -> None:
    before = borrower.open().digest
    borrower.change("package.yaml", '  - "interests.yaml"\n', "")
    assert borrower.open().digest != before


def test_a_part_that_is_borrowed_may_not_stand_here_too(borrower: Package) -> None:
    borrower.put("purposes.yaml", "[]")
    with pytest.raises(ContentsRefused) as refused:
        borrower.open()
    assert [(problem.file, problem.value) for problem in refused.value.problems] == [("package.yaml", "purposes.yaml")]


def test_what_the_lender_does_not_have_is_named(borrower: Package) -> None:
    borrower.change("package.yaml", "purposes.yaml", "purpose.yaml")
    with pytest.raises(ContentsRefused, match=r"purpose\.yaml"):
        borrower.open()


def test_a_lender_that_is_none_is_missing(borrower: Package) -> None:
    borrower.change("package.yaml", "guantong_beijing", "guantong_nowhere")
    with pytest.raises(ContentsMissing, match="guantong_nowhere"):
        borrower.open()


def test_a_misspelled_word_in_the_list_is_told(borrower: Package) -> None:
    borrower.add("package.yaml", 'lends: "x"\n')
    with pytest.raises(ContentsRefused, match=r"package\.yaml"):
        borrower.open()


@pytest.mark.parametrize(
    ("old", "new", "column"),
    [
        ('today: "2026-11-20"', 'today: "20 November"', "today"),
        ("  absent: 1", "  absant: 1", "deck › absant"),
        ("role: operator", "role: god", "accounts"),
        ("yanshi-ligong:gaoben:510203", "yanshi-nowhere:gaoben:510203", "project"),
        ("yanshi-gongye::plain:660701", "yanshi-gongye", "project"),
        ('supervisor: "district:yanshi-west"', 'supervisor: "district:nowhere"', "supervisor"),
        ("login: guanli,", "login: shenji,", "shenji"),
    ],
)
def test_a_fault_of_the_invented_people_is_told(borrower: Package, old: str, new: str, column: str) -> None:
    borrower.change("demo.yaml", old, new)
    with pytest.raises(ContentsRefused) as refused:
        assert borrower.open().invented
    assert any(column in problem.column + problem.value for problem in refused.value.problems)


def test_most_packages_invent_nobody() -> None:
    assert Contents("guantong_beijing").invented is None

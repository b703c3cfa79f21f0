"""A contents package as a whole: it is all there, or it is refused with every fault of a part at once."""

import json

import pytest
from tests.factories import beijing
from tests.packages import Package

from guantong.contents import Contents
from guantong.errors import ContentsMissing, ContentsRefused, RulebookUnknown, SourceUnknown
from guantong.policies.canonical import book_digest, book_to_data

PARTS = ["sources", "districts", "registry", "plans", "routes", "interests"]


def test_the_smallest_package_holds_together(tiny: Package) -> None:
    assert tiny.problems() == ()


def test_the_real_package_holds_together() -> None:
    beijing().check()


@pytest.mark.parametrize("name", ["nosuch", "nosuch.below", "a b", "", ".", "../x", ".rel", "os", "1"])
def test_a_package_that_is_none_is_missing(name: str) -> None:
    with pytest.raises(ContentsMissing, match="GUANTONG_CONTENTS"):
        Contents(name)


@pytest.mark.parametrize(
    ("file", "part"),
    [
        ("sources.yaml", "sources"),
        ("districts.yaml", "districts"),
        ("institutions.yaml", "registry"),
        ("plans.yaml", "plans"),
        ("programmes/2023.csv", "plans"),
        ("programmes/2023.yaml", "plans"),
        ("interests.yaml", "interests"),
    ],
)
def test_a_missing_file_is_named_and_nothing_of_its_part_is_used(tiny: Package, file: str, part: str) -> None:
    tiny.remove(file)
    with pytest.raises(ContentsRefused) as refused:
        getattr(tiny.open(), part)
    assert [(problem.file, problem.rule) for problem in refused.value.problems] == [(file, "缺少这个文件")]


@pytest.mark.parametrize("file", ["book.yaml", "clauses.yaml", "values.yaml", "cases.yaml", "rules.py"])
def test_a_missing_file_of_a_rulebook_is_named(tiny: Package, file: str) -> None:
    contents = tiny.open()
    assert contents.rulebook_ids == ("guantong",)
    tiny.remove(f"policies/guantong/{file}")
    with pytest.raises(ContentsRefused, match=f"policies/guantong/{file}：缺少这个文件"):
        contents.cases("guantong")


@pytest.mark.parametrize("folder", ["programmes", "routes"])
def test_a_missing_folder_is_named(tiny: Package, folder: str) -> None:
    for path in (tiny.root / folder).iterdir():
        path.unlink()
    (tiny.root / folder).rmdir()
    assert {(problem.file, problem.rule) for problem in tiny.problems()} == {(folder, "缺少这个文件夹")}


def test_a_package_without_rulebooks_has_none(tiny: Package) -> None:
    for path in (tiny.root / "policies" / "guantong").iterdir():
        path.unlink()
    (tiny.root / "policies" / "guantong").rmdir()
    (tiny.root / "policies").rmdir()
    assert tiny.open().rulebook_ids == ()


def test_a_file_that_is_not_utf_8_is_refused(tiny: Package) -> None:
    (tiny.root / "sources.yaml").write_bytes("- id: 京".encode("gb18030"))
    (problem,) = tiny.problems()[:1]
    assert (problem.file, problem.rule) == ("sources.yaml", "不是 UTF-8 编码")


@pytest.mark.parametrize("file", ["sources.yaml", "institutions.yaml", "plans.yaml", "interests.yaml"])
@pytest.mark.parametrize("text", ["", "id: only\n", "文字"])
def test_a_file_that_is_no_list_is_refused(tiny: Package, file: str, text: str) -> None:
    tiny.put(file, text)
    assert [(problem.rule, problem.remedy) for problem in tiny.problems() if problem.file == file] == [
        ("这里应是一个列表", "每一条以“- ”开头。")
    ]


def test_an_entry_that_is_no_record_is_refused(tiny: Package) -> None:
    tiny.add("interests.yaml", "- 只有文字\n")
    problem = tiny.problems()[0]
    assert (problem.file, problem.column, problem.value) == ("interests.yaml", "2", "只有文字")


def test_every_fault_of_every_file_of_a_part_is_told_at_once(tiny: Package) -> None:
    tiny.change("programmes/2023.csv", "710202", "71020")
    tiny.change("programmes/2023.yaml", "grade: official", "grade: oficial")
    tiny.change("plans.yaml", "year: 2023", "yaer: 2023")
    tiny.put("programmes/2024.yaml", "a: [\n")
    tiny.put("programmes/2025.yaml", "year: 2025\n")
    with pytest.raises(ContentsRefused) as refused:
        _ = tiny.open().plans
    assert {problem.file for problem in refused.value.problems} == {
        "programmes/2023.csv",
        "programmes/2023.yaml",
        "programmes/2024.csv",
        "programmes/2024.yaml",
        "programmes/2025.csv",
        "plans.yaml",
    }


def test_the_check_tells_the_faults_of_every_part_each_once(tiny: Package) -> None:
    tiny.change("sources.yaml", "grade: unofficial", "grade: unoficial")
    tiny.change("interests.yaml", "title:", "titel:")
    tiny.change("districts.yaml", "name: 城南区", "name: 城北区")
    told = tiny.problems()
    assert [problem.file for problem in told] == ["sources.yaml", "districts.yaml", *["interests.yaml"] * 2]


def test_a_plan_without_its_sidecar_is_not_passed_over(tiny: Package) -> None:
    tiny.put("programmes/2024.csv", tiny.text("programmes/2023.csv"))
    assert [problem.file for problem in tiny.problems()] == ["programmes/2024.yaml"]


def test_a_document_is_found_by_its_id(tiny: Package) -> None:
    contents = tiny.open()
    assert contents.source("notice").number == "试〔2023〕1号"
    with pytest.raises(SourceUnknown):
        contents.source("notices")


def test_a_rulebook_is_built_once_and_an_unknown_one_is_refused(tiny: Package) -> None:
    contents = tiny.open()
    assert contents.rulebook("guantong") is contents.rulebook("guantong")
    with pytest.raises(RulebookUnknown, match="guantong"):
        contents.rulebook("guangtong")


def test_the_digest_changes_with_every_data_and_rule_file_and_with_nothing_else(tiny: Package) -> None:
    before = tiny.open().digest
    tiny.put("note.txt", "只是说明")
    tiny.put("__pycache__/x.py", "")
    assert tiny.open().digest == before
    for file in ("plans.yaml", "programmes/2023.csv", "policies/guantong/rules.py"):
        tiny.add(file, "\n")
        assert tiny.open().digest != before
        before = tiny.open().digest


def test_moving_a_byte_between_two_files_changes_the_digest(tiny: Package) -> None:
    tiny.put("a.yaml", "xy")
    tiny.put("b.yaml", "z")
    before = tiny.open().digest
    tiny.put("a.yaml", "x")
    tiny.put("b.yaml", "yz")
    assert tiny.open().digest != before


@pytest.mark.parametrize("digest", ["sha256:" + "0" * 64, "../book", "sha256:../../../sources", ""])
def test_a_rulebook_that_is_not_kept_is_not_replaced_by_another(tiny: Package, digest: str) -> None:
    tiny.put("policies/guantong/released/x.json", "{}")
    assert tiny.open().released(digest) is None


def test_a_released_rulebook_is_found_by_its_digest(tiny: Package) -> None:
    book = tiny.open().rulebook("guantong")
    digest = book_digest(book)
    kept = json.dumps({"book": book_to_data(book)}, ensure_ascii=False)
    tiny.put(f"policies/guantong/released/{digest.removeprefix('sha256:')}.json", kept)
    found = tiny.open().released(digest)
    assert found is not None
    assert book_digest(found) == digest

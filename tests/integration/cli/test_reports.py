"""Yearly reports at the command line: from published facts, without an account, all three files or none."""

from pathlib import Path

import pytest
from tests.cli import guantong

from guantong.reports.readback import docx_numbers, html_numbers


def test_the_city_s_report_is_written_in_three_forms(tmp_path: Path) -> None:
    done = guantong("reports", "build", "--level", "city", "--year", "2025", "--out", str(tmp_path), "--json")
    said = done.json
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        f"guantong-city-2025.{end}" for end in ("docx", "html", "pdf")
    ]
    wanted = {"t2-1", "t2-2", "t2-3", "t2-5", "t3-1", "t3-2", "t5-1", "t6-1", "t6-2"}
    assert wanted | {f"indicators-{number}" for number in range(1, 7)} <= set(said["tables"])
    docx = docx_numbers((tmp_path / "guantong-city-2025.docx").read_bytes())
    page = html_numbers((tmp_path / "guantong-city-2025.html").read_text("utf-8"))
    for number in ("1,035", "70.45%", "29.55%", "11,184.52", "5,173"):
        assert number in docx
        assert number in page


def test_a_district_s_report_is_named_after_it(tmp_path: Path) -> None:
    done = guantong(
        "reports", "build", "--level", "district", "--region", "东城区", "--year", "2024", "--out", str(tmp_path)
    )
    assert done.code == 0
    assert (tmp_path / "guantong-district-东城区-2024.pdf").read_bytes().startswith(b"%PDF")


@pytest.mark.parametrize(
    "arguments",
    [
        ("--level", "district", "--region", "东城", "--year", "2024"),
        ("--level", "city", "--region", "东城区", "--year", "2025"),
        ("--level", "city", "--year", "2019"),
        ("--level", "school", "--region", "没有的学校", "--year", "2025"),
        ("--level", "city", "--year", "2025", "--strict"),
    ],
)
def test_what_cannot_be_built_is_refused_and_nothing_is_written(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    out = tmp_path / "out"
    done = guantong("reports", "build", *arguments, "--out", str(out))
    assert done.code != 0
    assert not out.exists()


def test_the_check_says_what_is_missing_and_fails_only_where_it_must() -> None:
    done = guantong("reports", "check", "--level", "city", "--year", "2025", "--json")
    said = done.json
    assert (done.code, set(said)) == (0, {"missing", "ambiguous", "structure", "personal"})
    assert said["missing"]
    assert (said["ambiguous"], said["structure"], said["personal"]) == ([], [], [])
    assert guantong("reports", "check", "--level", "city", "--year", "2025", "--strict").code == 1

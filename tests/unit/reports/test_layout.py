"""Layout: headings, captions, notes and references are numbered by the writer, once for all papers."""

from datetime import date

import pytest
from tests.unit.reports.samples import figure, plan_table, sample_report, short_report

from guantong.errors import InputRefused
from guantong.reports.layout import lay_out, name_runs
from guantong.reports.model import Block, Contents, Heading, PageBreak, Paragraph, Report, Signatures, Signer
from guantong.reports.numbering import chinese, ordinal
from guantong.reports.pieces import Break, Grid, Line, Outline, Sheet, Signing, sheet_lines
from guantong.reports.prose import prose
from guantong.reports.runs import Named, Note, Quoted, Reference, Role, Text


def words(sheet: Sheet) -> list[str]:
    return [piece.text for piece in sheet.pieces if isinstance(piece, Line)]


def noted(text: str) -> Paragraph:
    return Paragraph((Text(text), Note((Text(f"{text}的说明"),))))


def heading(level: int, text: str) -> Heading:
    return Heading(level, prose(text))


@pytest.mark.parametrize(
    ("number", "printed"), [(1, "一"), (10, "十"), (11, "十一"), (20, "二十"), (35, "三十五"), (99, "九十九")]
)
def test_chinese_numerals_are_written_as_one_says_them(number: int, printed: str) -> None:
    assert chinese(number) == printed


def test_there_is_no_hundredth_heading() -> None:
    with pytest.raises(ValueError, match="100"):
        chinese(100)


def test_headings_are_numbered_by_level_and_start_again_below_a_new_one() -> None:
    sheet = lay_out(short_report(*(heading(level, "甲") for level in (1, 2, 3, 3, 4, 2, 3, 1, 2))))
    printed = ["一、甲", "（一）甲", "1. 甲", "2. 甲", "（1）甲", "（二）甲", "1. 甲", "二、甲", "（一）甲"]
    assert words(sheet) == printed
    assert ordinal(3, 2) == Named("2. ", Role.HEADING)


def test_an_unnumbered_heading_counts_for_nothing() -> None:
    appendix = Heading(1, prose("附录"), numbered=False)
    assert words(lay_out(short_report(appendix, heading(1, "甲")))) == ["附录", "一、甲"]


def test_tables_and_figures_are_numbered_by_chapter_and_apart() -> None:
    blocks: tuple[Block, ...] = (heading(1, "甲"), plan_table(), figure(), plan_table(), heading(1, "乙"), plan_table())
    captions = [line.text.split("　")[0] for line in sheet_lines(lay_out(short_report(*blocks))) if "　" in line.text]
    assert captions == ["表 1-1", "图 1-1", "表 1-2", "表 2-1"]


def test_tables_and_figures_of_an_annex_belong_to_no_chapter() -> None:
    annex = Heading(1, prose("附录"), numbered=False)
    seen = Paragraph((Text("见"), Reference("later")))
    blocks: tuple[Block, ...] = (
        heading(1, "甲"),
        seen,
        plan_table(),
        annex,
        plan_table(label="later"),
        figure(),
        annex,
    )
    sheet = lay_out(short_report(*blocks, plan_table(), heading(1, "乙"), plan_table()))
    captions = [line.text.split("　")[0] for line in sheet_lines(sheet) if "　" in line.text]
    assert captions == ["表 1-1", "附表 1", "附图 1", "附表 2", "表 2-1"]
    assert words(sheet)[1] == "见附表 1"


def test_without_chapters_tables_are_numbered_through() -> None:
    grids = [piece for piece in lay_out(short_report(plan_table(), plan_table())).pieces if isinstance(piece, Grid)]
    assert [grid.caption.text[:3] for grid in grids if grid.caption] == ["表 1", "表 2"]


def test_a_reference_prints_the_number_of_what_stands_further_on() -> None:
    sheet = lay_out(short_report(heading(1, "甲"), (Text("见"), Reference("later")), plan_table(label="later")))
    assert words(sheet)[1] == "见表 1-1"


def test_a_reference_to_nothing_and_a_label_used_twice_are_refused() -> None:
    with pytest.raises(InputRefused, match="没有这个标签"):
        lay_out(short_report((Reference("nowhere"),)))
    with pytest.raises(InputRefused, match="用了两次"):
        lay_out(short_report(plan_table(label="one"), figure("one")))


def test_notes_are_numbered_through_and_collected_at_the_end_of_their_chapter() -> None:
    sheet = lay_out(short_report(heading(1, "甲"), noted("子"), noted("丑"), heading(1, "乙"), noted("寅")))
    assert words(sheet) == [
        *("一、甲", "子〔注1〕", "丑〔注2〕", "〔注1〕子的说明", "〔注2〕丑的说明"),
        *("二、乙", "寅〔注3〕", "〔注3〕寅的说明"),
    ]


def test_notes_stand_before_the_page_break_of_the_next_chapter() -> None:
    sheet = lay_out(short_report(noted("子"), PageBreak(), heading(1, "甲")))
    assert isinstance(sheet.pieces[2], Break)
    assert words(sheet) == ["子〔注1〕", "〔注1〕子的说明", "一、甲"]


@pytest.mark.parametrize("following", [Paragraph((Text("丑"),)), Heading(2, (Text("丑"),), numbered=False)])
def test_a_page_break_within_a_chapter_leaves_its_notes_for_the_end(following: Block) -> None:
    sheet = lay_out(short_report(noted("子"), PageBreak(), following))
    assert words(sheet) == ["子〔注1〕", "丑", "〔注1〕子的说明"]


def test_contents_list_headings_down_to_their_depth() -> None:
    sheet = lay_out(short_report(Contents(depth=2), heading(1, "甲"), heading(2, "乙"), heading(3, "丙")))
    outline = next(piece for piece in sheet.pieces if isinstance(piece, Outline))
    assert [entry.text for entry in outline.entries] == ["一、甲", "（一）乙"]


def test_the_head_holds_title_subtitle_number_and_on_a_cover_issuer_and_day() -> None:
    report = sample_report()
    assert [line.text for line in lay_out(report).head] == [
        *("演示市职业教育质量年度报告（2025年）", "贯通培养项目分册", "演示市教育委员会", "2026年1月20日"),
    ]
    bare = Report(
        title=prose("甲"), number=prose("演教〔2026〕6号"), issuer="乙", date=date(2026, 1, 2), blocks=(), cover=False
    )
    assert [line.text for line in lay_out(bare).head] == ["甲", "演教〔2026〕6号"]


def test_signatures_keep_open_names_and_days_open() -> None:
    piece = lay_out(short_report(Signatures((Signer("校长"), Signer("院长", "王某", date(2025, 12, 3)))))).pieces[0]
    assert isinstance(piece, Signing)
    assert [[line.text for line in (entry.name, entry.day)] for entry in piece.lines] == [
        ["", ""],
        ["王某", "2025年12月3日"],
    ]


def test_digits_of_a_name_belong_to_the_name_but_nothing_invisible_does() -> None:
    assert name_runs("第35中学") == (Named("第35中学", Role.NAME),)
    assert name_runs("") == ()
    with pytest.raises(InputRefused, match="看不见"):
        name_runs("某\u200b校")


def test_a_quotation_keeps_its_digits() -> None:
    quotation = Quoted("第1名，98.6%", "某校案例")
    assert words(lay_out(short_report((quotation,)))) == ["第1名，98.6%"]

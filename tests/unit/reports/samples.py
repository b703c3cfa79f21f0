"""Invented reports to write and read back; 演示市 exists nowhere."""

from collections.abc import Sequence
from datetime import date

from guantong.reports.model import (
    Align,
    Block,
    Cell,
    CheckItem,
    Checklist,
    Contents,
    Figure,
    Heading,
    PageBreak,
    Paragraph,
    Report,
    Signatures,
    Signer,
    Table,
)
from guantong.reports.prose import prose
from guantong.reports.runs import Bound, Named, Note, Quoted, Reference, Role, Runs, Text

FAR = "演示市教育统计 表 1 第 3 行"
LEFT, CENTRE, RIGHT = Align.LEFT, Align.CENTRE, Align.RIGHT


def number(text: str, fact: str = "demo:1") -> Bound:
    return Bound(text, fact, FAR)


def cells(*texts: str | Bound | Named) -> tuple[Cell, ...]:
    return tuple(Cell(prose(text) if isinstance(text, str) else (text,)) for text in texts)


def bars(values: Sequence[int], years: Sequence[int]) -> str:
    """Draw a bar chart whose labels are digits inside the figure's box."""
    scale = 160 / max(values)
    parts = []
    for place, (value, year) in enumerate(zip(values, years, strict=True)):
        x, height = 50 + place * 80, value * scale
        parts.append(f'<rect x="{x}" y="{200 - height}" width="40" height="{height}" fill="#356a9a"/>')
        words = 'font-family="Noto Sans CJK SC" font-size="13" text-anchor="middle"'
        parts.append(f'<text x="{x + 20}" y="{192 - height}" {words}>{value}</text>')
        parts.append(f'<text x="{x + 20}" y="220" {words}>{year}年</text>')
    width = 60 + 80 * len(values)
    box = f'width="{width}" height="235" viewBox="0 0 {width} 235"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {box}>{"".join(parts)}</svg>'


def figure(label: str = "", values: Sequence[int] = (960, 1004, 1035)) -> Figure:
    years = range(2026 - len(values), 2026)
    caption = prose("2023—2025年贯通培养项目招生计划")
    return Figure(svg=bars(values, years), alt="三年招生计划逐年增加。", caption=caption, label=label)


def plan_table(rows: int = 8, label: str = "") -> Table:
    body = tuple(
        cells(
            Named(str(row), Role.ORDER),
            f"演示市{'东西南北'[row % 4]}城职业学校",
            "数字媒体技术应用（影视后期制作方向）" if row % 3 else "护理",
            Named(f"7102{row:02}", Role.CODE),
            number(f"{30 + row * 7:,}", f"demo:quota-{row}"),
            number(f"{70 + row / 10:.1f}%", f"demo:share-{row}"),
        )
        for row in range(1, rows + 1)
    )
    return Table(
        caption=prose("2025年演示市贯通培养项目招生计划与转段率"),
        unit=(Text("人"),),
        header=(cells("序号", "学校", "专业", "专业代码", "计划数", "转段率"),),
        rows=body,
        align=(CENTRE, LEFT, LEFT, CENTRE, RIGHT, RIGHT),
        label=label,
        notes=(prose("转段率按2024—2025学年口径计算，不含休学。"),),
    )


def merged_table() -> Table:
    """A table with two header rows and merged cells."""
    top = (Cell(prose("学校"), down=2), Cell(prose("2024年"), across=2), Cell(prose("2025年"), across=2))
    below = cells("计划", "实录", "计划", "实录")
    first = (
        Cell(prose("东城职业学校"), down=2),
        *cells(number("1,035"), number("988"), number("1,102"), number("1,004")),
    )
    second = cells(number("12"), number("-3"), number("0.8"), number("7"))
    third = (Cell(prose("西城职业学校")), Cell(prose("未收录"), across=2), *cells(number("640"), number("631")))
    return Table(
        caption=prose("两年计划与实录"),
        header=(top, below),
        rows=(first, second, third),
        align=(LEFT, RIGHT, RIGHT, RIGHT, RIGHT),
        label="merged",
    )


def body_text(times: int = 1) -> tuple[Paragraph, ...]:
    sentence = (
        "{year}，全市贯通培养项目计划招生{plan}人，比上年增加{more}人，其中中本贯通{share}，"
        "详见{table}。各校按照京教职成〔2023〕6号第3.1.2条的要求完善转段考核，稳妥推进3+2衔接，"
        "落实一校一专一策整改，持续提高人才培养质量{note}。"
    )
    runs = prose(
        sentence,
        names=("3+2",),
        year=Named("2025年9月1日", Role.DATE),
        plan=number("1,035"),
        more=number("31"),
        share=number("74.2%"),
        table=Reference("plan"),
        note=Note((Text("不含技工学校，统计时点为"), Named("2025年8月31日", Role.DATE), Text("。"))),
    )
    return tuple(Paragraph(runs) for _ in range(times))


def chapter(title: str, blocks: Sequence[Block]) -> tuple[Block, ...]:
    heads = (Heading(1, prose(title)), Heading(2, prose("总体情况")), Heading(3, prose("2025年的主要变化")))
    return (*heads, *body_text(2), *blocks)


def sample_report() -> Report:
    """About ten pages: contents, chapters, notes, tables short and long, a figure, a case, a signature block."""
    case = Quoted("我校2025届毕业生98.6%升入本科，名列第1。", "东城职业学校案例")
    items = (
        CheckItem(prose("将专业计划与招生人数一并报送"), True),
        CheckItem(prose("高校校长审签项目年度报告"), False, prose("等待2025年12月签字")),
        CheckItem(prose("转段考核方案报备"), None, prose("依据未收录")),
    )
    blocks: tuple[Block, ...] = (
        Contents(),
        *chapter("基本情况", (plan_table(label="plan"), *body_text(2), figure("plan-figure"))),
        *chapter("培养过程", (merged_table(), *body_text(3), plan_table(45), *body_text(1))),
        *chapter("学校案例", (Paragraph((case,)), Heading(4, prose("办学条件")), *body_text(4), figure())),
        *chapter("保障与责任", (Checklist(items), *body_text(5))),
        PageBreak(),
        *chapter("面临挑战与对策", (plan_table(20), *body_text(3))),
        Heading(1, prose("附录"), numbered=False),
        Signatures((Signer("牵头学校（盖章）"), Signer("合作高校校长（签字）", "王某", date(2025, 12, 20)))),
    )
    return Report(
        title=prose("演示市职业教育质量年度报告（2025年）"),
        subtitle=prose("贯通培养项目分册"),
        issuer="演示市教育委员会",
        date=date(2026, 1, 20),
        blocks=blocks,
    )


def short_report(*runs_or_blocks: Runs | Block) -> Report:
    """A report without cover that holds just the given paragraphs and blocks."""
    blocks = tuple(Paragraph(part) if isinstance(part, tuple) else part for part in runs_or_blocks)
    return Report(title=prose("小报告"), issuer="演示市教育委员会", date=date(2025, 12, 1), blocks=blocks, cover=False)

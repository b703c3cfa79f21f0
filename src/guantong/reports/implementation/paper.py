"""The paper of an implementation report: what the register counts, what the schools say, who signed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from guantong.cohorts import EventKind, Status
from guantong.reports.implementation import tables
from guantong.reports.implementation.content import ReportContent
from guantong.reports.implementation.figures import ReportFigures
from guantong.reports.implementation.tables import bound
from guantong.reports.layout import name_runs, printed_day
from guantong.reports.model import Block, Heading, Paragraph, Report, Signatures, Signer, Table
from guantong.reports.prose import prose
from guantong.reports.runs import Named, Quoted, Role, Runs, Text

CODE_LENGTH = 16
"""Hexadecimal digits of the content's digest that the paper prints."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """Who signed in which capacity and when; blank where that is still open."""

    capacity: str
    name: str = ""
    on: date | None = None


def implementation_report(content: ReportContent, signatures: Sequence[Signature], submitted: date | None) -> Report:
    """Return the report as a paper; one that is not submitted says on its cover that it is a draft."""
    return Report(
        title=name_runs(content.names.title),
        subtitle=_subtitle(content),
        number=() if submitted else (Text("未提交，供核对"),),
        issuer=content.names.lead,
        date=submitted or content.figures.on,
        blocks=(
            *_overview(content),
            *_numbers(content),
            *_words(content),
            *_duties(content),
            *_signed(content, signatures),
        ),
    )


def _subtitle(content: ReportContent) -> Runs:
    names = content.names
    return (Named(str(content.figures.year), Role.YEAR), Text("年度　"), *name_runs(f"{names.kind}　{names.major}"))


def _overview(content: ReportContent) -> Iterator[Block]:
    figures = content.figures
    yield Heading(1, (Text("项目概况"),))
    yield Paragraph(_project(content))
    yield Paragraph(_basis(figures))
    yield Paragraph(_state(figures))
    yield Paragraph(_year(figures))


def _project(content: ReportContent) -> Runs:
    names = content.names
    partner = name_runs(names.partner) if names.partner else (Text("未写明"),)
    return (
        *(Text("牵头院校为"), *name_runs(names.lead), Text("，合作高校为"), *partner),
        *(Text("，项目类别为"), *name_runs(names.kind), Text("，专业为"), *name_runs(names.major), Text("。")),
    )


def _basis(figures: ReportFigures) -> Runs:
    return (
        *(Text("本报告的人数截至"), printed_day(figures.on), Text("，学籍变动自"), printed_day(figures.since)),
        Text("起计，均由学籍登记汇总得出。学生计入截至日所在的项目和入学年份；报告提交以后，数字不再变动。"),
    )


def _state(figures: ReportFigures) -> Runs:
    kept = figures.status(Status.ENROLLED, Status.SUSPENDED, *tables.WAITING)
    return prose(
        "各级累计录取{pupils}人；截至日保有学籍或入学资格的{kept}人，其中在籍{enrolled}人、休学{suspended}人；"
        "全程毕业{graduated}人，毕业退出项目{left}人，退学{dropped}人。",
        pupils=bound(figures, figures.pupils, "pupils"),
        kept=bound(figures, kept, "kept"),
        enrolled=bound(figures, figures.status(Status.ENROLLED), "enrolled"),
        suspended=bound(figures, figures.status(Status.SUSPENDED), "suspended"),
        graduated=bound(figures, figures.status(Status.GRADUATED), "graduated"),
        left=bound(figures, figures.status(Status.LEFT), "left"),
        dropped=bound(figures, figures.status(Status.DROPPED_OUT), "dropped_out"),
    )


def _year(figures: ReportFigures) -> Runs:
    papers = sum(figures.on_document(kind) for kind in tables.SHOWN)
    return prose(
        "本期转段{moved}人次，留级{repeated}人次。全部学籍变动中，有{papers}人次依据学校提供的文件办理（依据未收录），单列备查。",
        moved=bound(figures, figures.happened(EventKind.MOVED_ON), "moved_on/happened"),
        repeated=bound(figures, figures.happened(EventKind.REPEATED), "repeated/happened"),
        papers=bound(figures, papers, "on_document"),
    )


def _numbers(content: ReportContent) -> Iterator[Block]:
    figures = content.figures
    yield Heading(1, (Text("数据"),))
    parts: tuple[tuple[str, tuple[Table, ...]], ...] = (
        ("计划与录取", (tables.plan_table(figures),)),
        ("在籍与去向", (tables.present_table(figures), tables.left_table(figures))),
        ("转段、留级与退出", (tables.moves_table(figures), tables.events_table(figures))),
        ("毕业证书", (tables.certificates_table(figures),)),
        ("各级走到哪一段", (tables.funnel_table(figures),)),
    )
    for title, shown in parts:
        yield Heading(2, (Text(title),))
        yield from shown


def _words(content: ReportContent) -> Iterator[Block]:
    yield Heading(1, (Text("实施情况"),))
    yield Paragraph((Text("以下各部分由学校编写，其中的数字由学校负责。"),))
    for section in content.sections:
        yield Heading(2, name_runs(section.title))
        for paragraph in section.paragraphs or ("（尚未编写）",):
            yield Paragraph((Quoted(paragraph, f"{content.names.lead}：{section.title}"),))


def _duties(content: ReportContent) -> Iterator[Block]:
    if content.replies:
        yield Heading(1, (Text("工作要求"),))
        yield tables.duties_table(content)


def _signed(content: ReportContent, signatures: Sequence[Signature]) -> Iterator[Block]:
    yield Heading(1, (Text("签署"),))
    code = content.digest.removeprefix("sha256:")[:CODE_LENGTH]
    yield Paragraph((Text("本报告的内容校验码为 "), *name_runs(code), Text("，签署以后内容不再改动。")))
    yield Signatures(tuple(Signer(one.capacity, one.name, one.on) for one in signatures))

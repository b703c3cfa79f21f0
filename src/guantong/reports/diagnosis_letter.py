"""The letter of a diagnosis (诊断意见书): what was found, on which evidence, what it asks for, and whom to ask.

Every number in a finding belongs to that finding; the school's own words stay its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from guantong.diagnosis import Finding, FindingKind, Severity
from guantong.reports.layout import name_runs
from guantong.reports.model import Block, Heading, Manner, Paragraph, Report, Signatures, Signer
from guantong.reports.numbers import number_spans
from guantong.reports.runs import Bound, Named, Role, Run, Runs, Text

ADVICE = {
    FindingKind.CONSISTENCY: "请核对原始记录；确有特殊情况的，在填报表里写明说明，下一年按同一口径填报。",
    FindingKind.THRESHOLD: "请对照标准查明差在哪一项，列出补足的办法、责任处室和期限。",
    FindingKind.TREND: "请查明从哪一年、哪个专业开始变化，分清是规模变了还是做法变了，再定办法。",
    FindingKind.PEERS: "请先核对口径是否与同类学校一致；口径一致的，可以请诊断顾问介绍同类学校的做法。",
    FindingKind.COMPOSITION: "请确认这部分变化是否符合本校的安排，并在年报里说明。",
    FindingKind.TOO_FEW: "人数太少，数值容易大起大落。可以看连续几年合起来的情况。",
}
"""What each kind of finding asks for, in plain words."""
NOTHING_FOUND = "按本年度已确认的数据，没有发现需要整改或关注的情况。"
UNUSED = "本意见只供学校、诊断顾问和主管部门改进工作使用，不作排名，不对外公布。"
_CLOSES = "须整改的事项立项后，由下一年度确认的数据核验；数据没有改善的，事项不关闭。"


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """Whose letter: the school, the year, its findings, its advisers by name, who issues it and when.

    `places` says in words where a piece of evidence stands; one that is not there is named by its id.
    """

    school: str
    year: int
    findings: Sequence[Finding]
    advisers: Sequence[str]
    issuer: str
    on: date
    places: Mapping[str, str] = field(default_factory=dict)


def diagnosis_letter(letter: Letter) -> Report:
    """Return the letter; grave findings first, notes last."""
    year = Named(str(letter.year), Role.YEAR)
    lead = (Text("根据贵校"), year, Text("年度已确认的数据，诊断情况如下。"))
    blocks: list[Block] = [Paragraph((*name_runs(letter.school), Text("：")), Manner.LEAD), Paragraph(lead)]
    for severity in Severity:
        blocks += _of(letter, severity)
    if not letter.findings:
        blocks.append(Paragraph((Text(NOTHING_FOUND),)))
    blocks += _end(letter)
    return Report(
        title=(Text("教学诊断意见书"),),
        subtitle=(Text("（"), year, Text("年度）")),
        issuer=letter.issuer,
        date=letter.on,
        blocks=tuple(blocks),
        cover=False,
    )


def _of(letter: Letter, severity: Severity) -> Iterator[Block]:
    findings = [one for one in letter.findings if one.severity is severity]
    if not findings:
        return
    yield Heading(1, (Text(severity.label),))
    for one in findings:
        yield Paragraph((Text(f"〔{one.kind.label}〕", strong=True), *bound(one.text, one.id)))
        yield Paragraph((Text("依据："), *_evidence(letter, one)))
        if severity is not Severity.NOTE:
            yield Paragraph((Text("怎么办："), Text(ADVICE[one.kind])))


def bound(text: str, finding: str) -> Runs:
    """Return a text whose numbers all belong to one finding."""
    runs: list[Run] = []
    last = 0
    for start, end in number_spans(text):
        runs += [Text(text[last:start])] if start > last else []
        runs.append(Bound(text[start:end], f"finding:{finding}", "诊断发现"))
        last = end
    return (*runs, Text(text[last:])) if text[last:] else tuple(runs)


def _evidence(letter: Letter, one: Finding) -> Runs:
    """Return what a finding rests on: figures by where they stand, or the checks of the form."""
    if not one.evidence:
        return (Text("填报表的校验结果。"),)
    runs: list[Run] = [Text("已确认的")]
    for at, name in enumerate(one.evidence):
        runs += [Text("、")] if at else []
        runs += bound(letter.places.get(name, name), one.id)
    return (*runs, Text("。"))


def _end(letter: Letter) -> Iterator[Block]:
    if any(one.severity is Severity.GRAVE for one in letter.findings):
        yield Paragraph((Text(_CLOSES),))
    if letter.advisers:
        yield Paragraph((Text("诊断顾问："), *name_runs("、".join(letter.advisers)), Text("。有疑问请在系统里提问。")))
    yield Paragraph((Text(UNUSED),))
    yield Signatures((Signer(letter.issuer, "", letter.on),))

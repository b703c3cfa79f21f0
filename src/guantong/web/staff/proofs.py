"""Proofs at the desk (证明): two clicks from a pupil to the paper; what was given out, and how it is taken back."""

from __future__ import annotations

from guantong.actions import notices, proofs
from guantong.actions.proofs import DAYS, NewProof, ProofKind, PupilProofs, TakenBack
from guantong.errors import InputRefused, Problem
from guantong.web.staff.page import Download, StaffAsked, StaffPage, StaffSent
from guantong.web.staff.respond import staff

PDF = "application/pdf"
CHECK = "/check"


def proofs_page(asked: StaffAsked, pupil: str) -> StaffPage:
    """Show a pupil's proofs; give one out as PDF, or take one back after a page that asks once more."""
    if asked.sent is None:
        return _shown(proofs.list_proofs(pupil, by=asked.by), asked)
    if asked.sent.one("revoke"):
        return _revoke(asked, asked.sent, pupil)
    new = NewProof(kind=_kind(asked.sent), days=_days(asked.sent), check_page=f"{asked.site}{CHECK}")
    issued = proofs.issue_proof(pupil, new, by=asked.by)
    name = f"{new.kind.paper.value}-{issued.proof.number}.pdf"
    return StaffPage(download=Download(name=name, content=issued.pdf, kind=PDF))


def notice_page(asked: StaffAsked, event: str) -> StaffPage:
    """Hand out the letter that tells a pupil what became of a step."""
    made = notices.decision_notice(event, by=asked.by)
    return StaffPage(download=Download(name="学籍变动办理结果通知.pdf", content=made.pdf, kind=PDF))


def _shown(found: PupilProofs, asked: StaffAsked, *, sure: str = "") -> StaffPage:
    rows = [
        {
            "proof": proof,
            "kind": ProofKind(proof.kind).paper.value,
            "state": _state(proof.revoked_because, expired=proof.valid_until < asked.today),
            "asked": proof.id == sure,
        }
        for proof in found.proofs
    ]
    context = {
        "pupil": found.record.id,
        "who": found.record.personal,
        "class_name": found.record.standing.class_name,
        "rows": rows,
        "sure": next((row for row in rows if row["asked"]), None),
        "offered": [(kind.value, kind.paper.value) for kind in found.offered],
        "why": found.why,
        "days": [(days, days == DAYS[1]) for days in DAYS],
        "reasons": [(reason.value, reason.label) for reason in TakenBack],
        "check_page": f"{asked.site}{CHECK}",
    }
    return StaffPage(title="开具证明", template="guantong/staff/proofs_pupil.html", context=context)


def _state(because: str, *, expired: bool) -> tuple[str, str]:
    if because:
        return "tag-no", f"已作废（{TakenBack(because).label}）"
    return ("tag-unknown", "已过期") if expired else ("tag-yes", "有效期内")


def _revoke(asked: StaffAsked, sent: StaffSent, pupil: str) -> StaffPage:
    if sent.one("sure") != "yes":
        return _shown(proofs.list_proofs(pupil, by=asked.by), asked, sure=sent.one("revoke"))
    because = sent.one("because")
    if because not in {reason.value for reason in TakenBack}:
        raise InputRefused([Problem(rule="没有选择作废的原因", remedy="请从列出的原因里选择。")])
    kept = proofs.revoke_proof(sent.one("revoke"), TakenBack(because), by=asked.by)
    return StaffPage(redirect=f"/desk/pupils/{kept.pupil}/proofs", notice="已作废，从现在起核验结果是“无效”。")


def _kind(sent: StaffSent) -> ProofKind:
    if sent.one("kind") not in {kind.value for kind in ProofKind}:
        raise InputRefused([Problem(rule="没有选择证明的种类", remedy="请选择在读证明或学籍证明。")])
    return ProofKind(sent.one("kind"))


def _days(sent: StaffSent) -> int:
    text = sent.one("days")
    return int(text) if text in map(str, DAYS) else 0 if text else DAYS[1]


addresses = (
    staff("desk/pupils/<str:pupil>/proofs", proofs_page, "desk-proofs", sends=True),
    staff("desk/notices/<str:event>", notice_page, "desk-notice"),
)

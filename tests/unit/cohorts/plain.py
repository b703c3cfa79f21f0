"""One pupil kept as a plain list, asked by looking through it: written without the machine's fold, and with plain ifs.

An entry is a dict with `day`, `kind`, `standing` and the event's details. Answers are words.
"""

from collections.abc import Callable
from typing import Any

STAGES = ("secondary", "college", "undergraduate")
LENGTHS = {"zhongben": 3, "gaoben": 3, "three-plus-two": 2, "plain": 1}
STATUS_AFTER = {
    "admitted": "admitted", "not_arrived": "not_arrived", "place_kept": "place_kept", "registered": "enrolled",
    "suspended": "suspended", "resumed": "enrolled", "left_project": "left", "dropped_out": "dropped_out",
}  # fmt: skip
CONSENTS = (
    "meets_registration_rules", "pupil_applied", "releasing_school_agrees", "receiving_school_agrees",
    "departments_reviewed",
)  # fmt: skip
FREE = {
    "not_arrived", "place_kept", "stage_completed", "assessed", "suspended", "dropped_out",
    "completed_without_diploma", "disciplined", "discipline_lifted", "interned", "degree_awarded",
}  # fmt: skip


def least(*words: str) -> str:
    """One no decides; else one unknown leaves it open."""
    return next((word for word in ("no", "unknown") if word in words), "yes")


def as_word(value: bool | None) -> str:
    """A fact as a word."""
    return "unknown" if value is None else "yes" if value else "no"


class Plain:
    """A pupil's log."""

    def __init__(self, log: list[dict[str, Any]]) -> None:
        """Keep the entries by day."""
        self.log = sorted(log, key=lambda entry: entry["day"])

    def of(self, *kinds: str) -> list[dict[str, Any]]:
        """Entries of some kinds."""
        return [entry for entry in self.log if entry["kind"] in kinds]

    def last(self, name: str) -> Any:
        """The last value that any entry gave to a detail."""
        return next(entry[name] for entry in reversed(self.log) if name in entry)

    def after_last(self, *kinds: str) -> list[dict[str, Any]]:
        """Entries after the last of some kinds."""
        places = [place for place, entry in enumerate(self.log) if entry["kind"] in kinds]
        return self.log[max(places, default=-1) + 1 :]

    def before(self, entry: dict[str, Any]) -> "Plain":
        """The log up to an entry, without it."""
        return Plain([other for other in self.log if other["day"] < entry["day"]])

    @property
    def kind(self) -> str:
        """The kind of project."""
        return str(self.last("project").split(":")[2])

    @property
    def class_year(self) -> int:
        """The class that the pupil is in now."""
        return int(
            next(e.get("class_year") or e["cohort"] for e in reversed(self.log) if "class_year" in e or "cohort" in e)
        )

    @property
    def stage(self) -> str:
        """Each transition is one stage further."""
        return STAGES[len(self.of("moved_on"))]

    @property
    def status(self) -> str:
        """What the last telling entry made of the pupil."""
        for entry in reversed(self.log):
            if entry["kind"] == "completed_without_diploma":
                return str(entry["outcome"])
            if entry["kind"] == "graduated" and entry["stage"] == STAGES[LENGTHS[self.kind] - 1]:
                return "graduated"
            if entry["kind"] in STATUS_AFTER:
                return STATUS_AFTER[entry["kind"]]
        raise AssertionError

    @property
    def registered_at(self) -> str:
        """The institution of the last registration, unless the school was changed since."""
        registrations = [entry for entry in self.after_last("changed_school") if entry["kind"] == "registered"]
        return str(registrations[-1]["institution"]) if registrations else ""

    @property
    def is_registered_here(self) -> bool:
        """Whether the present stage has its registration."""
        return any(entry["kind"] == "registered" for entry in self.after_last("changed_school", "moved_on"))

    def has_completed(self, stage: str) -> bool:
        """A completion counts until a year of that stage is repeated."""
        repeats = [entry["day"] for entry in self.of("repeated") if self.before(entry).stage == stage]
        since = max(repeats, default=-1)
        return any(entry["stage"] == stage and entry["day"] > since for entry in self.of("stage_completed"))

    def holds(self, stage: str) -> bool:
        """Whether a certificate of a stage was issued."""
        leaving = any(entry.get("issuer") and self.before(entry).stage == stage for entry in self.of("left_project"))
        return leaving or any(entry["stage"] == stage for entry in self.of("graduated"))

    @property
    def passed(self) -> bool | None:
        """The last assessment for the transition ahead."""
        made = [entry for entry in self.after_last("moved_on", "repeated") if entry["kind"] == "assessed"]
        return made[-1]["passed"] if made else None

    @property
    def repeats(self) -> int:
        """Repeats since the last transition."""
        return sum(entry["kind"] == "repeated" for entry in self.after_last("moved_on"))

    @property
    def changes(self) -> int:
        """Changes of major and school together."""
        return len(self.of("changed_major", "changed_school"))

    @property
    def open_disciplines(self) -> set[str]:
        """Those not lifted."""
        return {e["number"] for e in self.of("disciplined")} - {e["number"] for e in self.of("discipline_lifted")}

    # What the record rules out -----------------------------------------------------------------

    def stands(self, kind: str, given: dict[str, Any]) -> bool:
        """Whether the record leaves room for one more entry."""
        here, status = self.is_registered_here, self.status
        reached = STAGES[: len(self.of("moved_on")) + 1]
        following = STAGES[len(reached)] if len(reached) < LENGTHS[self.kind] else None
        if kind in ("not_arrived", "place_kept"):
            return status == "admitted" or (status == "place_kept" and kind == "not_arrived")
        if kind == "registered":
            fitting = status in ("admitted", "place_kept") or (status == "enrolled" and not here)
            return fitting and given["stage"] == self.stage
        if kind == "resumed":
            return status == "suspended" and given["class_year"] >= self.class_year
        if kind in ("dropped_out", "disciplined", "discipline_lifted") and status == "suspended":
            return kind == "dropped_out" or self._discipline(kind, given)
        if kind == "degree_awarded":
            return status == "graduated" and self.holds("undergraduate") and not self.of("degree_awarded")
        if status != "enrolled":
            return False
        judged: dict[str, Callable[[], object]] = {
            "stage_completed": lambda: here and given["stage"] in reached and not self.has_completed(given["stage"]),
            "assessed": lambda: here and following and given["stage"] == self.stage and self.passed is not True,
            "moved_on": lambda: here and given["stage"] == following,
            "repeated": lambda: here and not self.holds(self.stage) and given["class_year"] == self.class_year + 1,
            "left_project": lambda: here and self.kind != "plain" and self._leaving(given),
            "graduated": lambda: self.has_completed(given["stage"]) and not self.holds(given["stage"]),
            "disciplined": lambda: self._discipline(kind, given),
            "discipline_lifted": lambda: self._discipline(kind, given),
            "changed_major": lambda: given["project"] != self.last("project"),
            "changed_school": lambda: given["project"].split(":")[0] != self.last("project").split(":")[0],
        }
        return bool(judged.get(kind, lambda: True)())

    def _leaving(self, given: dict[str, Any]) -> bool:
        issued = self.has_completed(self.stage) and not self.holds(self.stage)
        return issued == bool(given.get("issuer"))

    def _discipline(self, kind: str, given: dict[str, Any]) -> bool:
        used = {entry["number"] for entry in self.of("disciplined")}
        return given["number"] not in used if kind == "disciplined" else given["number"] in self.open_disciplines

    # What the law says -------------------------------------------------------------------------

    def law_says(self, kind: str, given: dict[str, Any], facts: dict[str, Any]) -> str:
        """The answer of the rules, read from DESIGN's table of clauses."""
        if kind in FREE:
            return "structural"
        if self.kind not in ("zhongben", "gaoben"):
            return "unknown"
        answer = getattr(self, f"_{kind}")(given, facts)
        enacted = 2023 <= self.last("cohort") <= 2025
        return str(answer) if enacted or kind in ("registered", "graduated") else "unknown"

    def _registered(self, given: dict[str, Any], facts: dict[str, Any]) -> str:
        return self._by_seat(self.stage if self.kind == "zhongben" else f"gaoben-{self.stage}", given["institution"])

    def _by_seat(self, stage: str, institution: str, *, first_lead: bool = True) -> str:
        """Whether the institution is the one that 三（三）1–2 or 二 names."""
        lead, partner = self.last("project").split(":")[:2]
        cohort, gaoben = self.last("cohort"), stage.startswith("gaoben")
        if cohort == 2021 or (gaoben and (cohort == 2020 or lead == partner)):
            return "unknown"
        at_lead = stage in ("secondary", "gaoben-secondary", "gaoben-college")
        return "yes" if institution == (lead if at_lead else partner) else "no"

    def _graduated(self, given: dict[str, Any], facts: dict[str, Any], *, leaving: bool = False) -> str:
        stage, gaoben = given["stage"], self.kind == "gaoben"
        if gaoben and stage == "secondary" and not leaving:
            return "unknown"
        if self.last("cohort") == 2020 and (gaoben or stage != "undergraduate"):
            return "unknown"
        return self._by_seat(f"gaoben-{stage}" if gaoben else stage, given["issuer"])

    def _moved_on(self, given: dict[str, Any], facts: dict[str, Any]) -> str:
        return least(as_word(self.has_completed(self.stage)), as_word(self.passed))

    def _repeated(self, given: dict[str, Any], facts: dict[str, Any]) -> str:
        failed = None if self.passed is None else not self.passed
        asked = (as_word(facts.get(name)) for name in ("eligible_to_repeat", "similar_major_next"))
        return least(as_word(failed), *asked, as_word(self.repeats == 0))

    def _resumed(self, given: dict[str, Any], facts: dict[str, Any]) -> str:
        asked = (as_word(facts.get(name)) for name in ("eligible_to_resume", "school_runs_next"))
        return least(*asked, "yes" if facts.get("similar_major_next") else "unknown")

    def _changed_major(self, given: dict[str, Any], facts: dict[str, Any]) -> str:
        cutoff, score = facts.get("target_cutoff"), float(self.log[0]["exam_score"])
        above = as_word(None if cutoff is None else score > cutoff)
        return least(as_word(self.changes == 0), above, *(as_word(facts.get(name)) for name in CONSENTS))

    def _changed_school(self, given: dict[str, Any], facts: dict[str, Any]) -> str:
        return least(self._changed_major(given, facts), "unknown" if self.stage == "secondary" else "yes")

    def _left_project(self, given: dict[str, Any], facts: dict[str, Any]) -> str:
        may = least(as_word(self.stage != "undergraduate"), as_word(self.has_completed(self.stage)))
        if not given.get("issuer"):
            return may
        return least(may, self._graduated({**given, "stage": self.stage}, facts, leaving=True))

"""Projects (贯通项目): lead institution × partner × kind × major, read from one id.

The stages of a kind are its definition (京教职成〔2023〕6号 二; routes of 3+2 and 五年制). How many
years a stage takes is not known here: see `timeline`.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from guantong.registry import Stage

_PARTS = 4


class ProjectKind(Enum):
    """The kinds of projects whose pupils are kept here."""

    GAOBEN = "gaoben"
    ZHONGBEN = "zhongben"
    THREE_PLUS_TWO = "three-plus-two"
    WUNIAN = "wunian"
    PLAIN = "plain"

    @property
    def label(self) -> str:
        """Return the word that a page shows."""
        return _LABELS[self]

    @property
    def stages(self) -> tuple[Stage, ...]:
        """Return the stages that a pupil of this kind goes through, in order."""
        return _STAGES[self]

    @property
    def is_guantong(self) -> bool:
        """Tell whether it is 贯通 in the narrow sense, whose rules are in our sources; of others they are open."""
        return self in (ProjectKind.GAOBEN, ProjectKind.ZHONGBEN)

    def stage_after(self, stage: Stage) -> Stage | None:
        """Return the next stage; None after the last."""
        place = self.stages.index(stage) + 1
        return self.stages[place] if place < len(self.stages) else None


_LABELS = {
    ProjectKind.GAOBEN: "高本贯通",
    ProjectKind.ZHONGBEN: "中本贯通",
    ProjectKind.THREE_PLUS_TWO: "中高职衔接（3+2）",
    ProjectKind.WUNIAN: "五年制专科",
    ProjectKind.PLAIN: "普通中职",
}
_TO_COLLEGE = (Stage.SECONDARY, Stage.COLLEGE)
_STAGES = {
    ProjectKind.GAOBEN: (*_TO_COLLEGE, Stage.UNDERGRADUATE),
    ProjectKind.ZHONGBEN: (*_TO_COLLEGE, Stage.UNDERGRADUATE),
    ProjectKind.THREE_PLUS_TWO: _TO_COLLEGE,
    ProjectKind.WUNIAN: _TO_COLLEGE,
    ProjectKind.PLAIN: (Stage.SECONDARY,),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Project:
    """What `<lead>:<partner>:<kind>:<major>` names; the partner may be empty."""

    lead: str
    partner: str
    kind: ProjectKind
    major: str

    @property
    def id(self) -> str:
        """Return the id."""
        return f"{self.lead}:{self.partner}:{self.kind.value}:{self.major}"

    @property
    def single_university(self) -> bool | None:
        """Tell whether one university runs every stage (二（一）, 个别项目); None where no partner is named."""
        return self.lead == self.partner if self.partner else None

    def institution(self, seat: str) -> str:
        """Return the institution that a rule calls school, college or university; "" where it is not named."""
        return self.partner if seat == "university" else self.lead


def is_project(text: str) -> bool:
    """Tell whether a text is a project's id."""
    parts = text.split(":")
    kinds = {kind.value for kind in ProjectKind}
    return len(parts) == _PARTS and bool(parts[0]) and parts[2] in kinds and bool(parts[3])


def project_named(text: str) -> Project:
    """Return the project that an id names; raise ValueError where it is no such id (see `is_project`)."""
    lead, partner, kind, major = text.split(":")
    return Project(lead=lead, partner=partner, kind=ProjectKind(kind), major=major)

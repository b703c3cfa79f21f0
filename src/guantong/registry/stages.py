"""Stages (学段): the steps of a pupil's way."""

from __future__ import annotations

from enum import Enum


class Stage(Enum):
    """A step of a route, from secondary vocational school to work."""

    SECONDARY = "secondary"
    COLLEGE = "college"
    UNDERGRADUATE = "undergraduate"
    HIGH_SCHOOL = "high_school"
    WORK = "work"

    @property
    def label(self) -> str:
        """Return the word that a page shows."""
        return _LABELS[self]


_LABELS = {
    Stage.SECONDARY: "中职",
    Stage.COLLEGE: "高职",
    Stage.UNDERGRADUATE: "本科",
    Stage.HIGH_SCHOOL: "普高",
    Stage.WORK: "就业",
}

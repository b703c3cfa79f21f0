"""The ladder as a drawing (阶梯图): where each step, its words and the years stand; the template draws it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from guantong.pathways.ladder import Rung
from guantong.pathways.routes import Seat
from guantong.policies.standing import UNKNOWN_VALUE

WIDTH = 360
_MARGIN, _AXIS, _RISE, _LOWEST, _ABOVE = 8, 26, 36, 80, 44
_WIDEST_YEAR = 62
_YEARS_WHERE_UNKNOWN = 2


@dataclass(frozen=True, slots=True)
class Step:
    """One stage: a block from its top to the ground, and the lines of its certificate above it."""

    rung: Rung
    x: int
    y: int
    width: int
    height: int
    certificate: tuple[tuple[int, str], ...]

    @property
    def middle(self) -> int:
        """Return the horizontal middle of the block."""
        return self.x + self.width // 2


@dataclass(frozen=True, slots=True)
class Tick:
    """The number of one year under the ground line."""

    x: int
    text: str


@dataclass(frozen=True, slots=True)
class Drawing:
    """A ladder laid out on a board of `WIDTH` by `height`."""

    height: int
    ground: int
    steps: tuple[Step, ...]
    ticks: tuple[Tick, ...]
    words: str


def drawing(rungs: Sequence[Rung]) -> Drawing:
    """Lay out a ladder: as wide as its years, one step higher per stage."""
    spans = [rung.years or _YEARS_WHERE_UNKNOWN for rung in rungs]
    unit = min(_WIDEST_YEAR, (WIDTH - 2 * _MARGIN) // max(1, sum(spans)))
    ground = _ABOVE + _LOWEST + _RISE * (len(rungs) - 1)
    steps: list[Step] = []
    ticks: list[Tick] = []
    left = _MARGIN
    for number, (rung, span) in enumerate(zip(rungs, spans, strict=True)):
        width = span * unit
        height = _LOWEST + _RISE * number
        steps.append(Step(rung, left, ground - height, width, height, tuple(_certificate(rung, ground - height))))
        ticks += _ticks(rung, left, unit, width)
        left += width
    return Drawing(ground + _AXIS, ground, tuple(steps), tuple(ticks), "；".join(map(rung_words, rungs)))


def rung_words(rung: Rung) -> str:
    """Return a rung as one phrase, for those who do not see the drawing."""
    when, certificate = rung.when.replace("–", " 到 "), certificate_words(rung)
    return f"{when}{rung.stage.label}" + (f"，{certificate}" if certificate else "")


def rung_details(rung: Rung) -> str:
    """Return where one studies and is registered and what one gets, as one sentence; unknown said plainly."""
    parts = ["上课地点未收录" if rung.studies_at is Seat.UNKNOWN else f"在{rung.studies_at.label}上课"]
    if rung.registered_at:
        unknown = rung.registered_at is Seat.UNKNOWN
        parts.append("学籍在哪里未收录" if unknown else f"学籍在{rung.registered_at.label}")
    if certificate := certificate_words(rung):
        known = rung.issued_by not in (None, Seat.UNKNOWN)
        parts.append(certificate + (f"，{rung.issued_by.label}颁发" if rung.issued_by and known else ""))
    return "；".join(parts)


def certificate_words(rung: Rung) -> str:
    """Return the certificate at the end of a rung; "" where none applies."""
    return "证书未写明" if rung.certificate == UNKNOWN_VALUE else rung.certificate


def _certificate(rung: Rung, top: int) -> list[tuple[int, str]]:
    text = certificate_words(rung)
    name, bracket, rest = text.partition("（")
    lines = [name, bracket + rest] if bracket else [text]
    return [(top - 8 - 18 * (len(lines) - 1 - number), line) for number, line in enumerate(lines) if line]


def _ticks(rung: Rung, left: int, unit: int, width: int) -> list[Tick]:
    if rung.first is None or rung.last is None:
        return [Tick(left + width // 2, "年数未写明")]
    years = range(rung.first, rung.last + 1)
    return [Tick(left + unit * number + unit // 2, str(year)) for number, year in enumerate(years)]

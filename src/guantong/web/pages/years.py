"""The years: what their plans cover, and what the sources say of totals, floors, papers and batches."""

from __future__ import annotations

from dataclasses import dataclass

from guantong.pathways.catalogue import years_json
from guantong.registry import PlanFile, Readiness, YearFigures
from guantong.registry.plans import Figure
from guantong.web.page import Asked, Page

_KINDS = (
    ("totals", "计划总数", "人"),
    ("floors", "最低录取分数线", "分"),
    ("paper_totals", "中考总分", "分"),
    ("batches", "批次", ""),
    ("choices", "可填志愿数", "个"),
)
_TYPES = {"all": "全部", "gaoben": "高本贯通", "zhongben": "中本贯通"}


@dataclass(frozen=True, slots=True)
class Said:
    """One value that a source gives, in words."""

    words: str
    figure: Figure


@dataclass(frozen=True, slots=True)
class Year:
    """One year with its figures, its plan file where one is loaded, and what can be answered."""

    year: int
    file: PlanFile | None
    readiness: Readiness
    figures: tuple[tuple[str, tuple[Said, ...]], ...]
    note: str

    @property
    def lacking(self) -> str:
        """Return what no source of ours says of the year."""
        return "、".join(title for title, said in self.figures if not said)


def years_page(asked: Asked) -> Page:
    """Return every year, newest first."""
    asked.only()
    desk, sources = asked.desk.parts, asked.desk.contents.sources
    plans = desk.plans
    years = sorted({*plans.figures, *plans.files}, reverse=True)
    return Page(
        title="各年计划、门槛与总分",
        template="guantong/years.html",
        context={
            "years": tuple(
                Year(
                    year=year,
                    file=plans.files.get(year),
                    readiness=plans.readiness(year),
                    figures=_figures(plans.figures.get(year)),
                    note=plans.figures[year].note if year in plans.figures else "",
                )
                for year in years
            ),
            "values": tuple(value for value in desk.book.values if value.name == "score_floor"),
            "types": _TYPES,
        },
        data=lambda: years_json(desk, sources),
    )


def _figures(figures: YearFigures | None) -> tuple[tuple[str, tuple[Said, ...]], ...]:
    return tuple(
        (title, tuple(Said(_words(figure, unit), figure) for figure in (getattr(figures, name) if figures else ())))
        for name, title, unit in _KINDS
    )


def _words(figure: Figure, unit: str) -> str:
    kind = f"{_TYPES[figure.type]} " if figure.type else ""
    return f"{kind}{figure.text or f'{figure.value} {unit}'}".strip()

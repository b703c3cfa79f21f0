"""Facts (事实): statements whose source we can show, kept apart where they were counted differently.

Nothing here knows a database or a request, and no figure is corrected: what sources contradict stays side by side.
"""

from guantong.facts.fact import CITY, DISTRICT, PROGRAMME, Fact, Standing, finest
from guantong.facts.json import fact_json, fact_of
from guantong.facts.periods import Period, TimeBasis
from guantong.facts.series import Break, Point, Segment, Series, one_series, series
from guantong.facts.table import Clash, FactTable, Wanted
from guantong.facts.units import same_kind, scale
from guantong.facts.words import Attribute, AttributeKind, Definition, ScopeCode, ScopeKind, Words

__all__ = [
    "CITY",
    "DISTRICT",
    "PROGRAMME",
    "Attribute",
    "AttributeKind",
    "Break",
    "Clash",
    "Definition",
    "Fact",
    "FactTable",
    "Period",
    "Point",
    "ScopeCode",
    "ScopeKind",
    "Segment",
    "Series",
    "Standing",
    "TimeBasis",
    "Wanted",
    "Words",
    "fact_json",
    "fact_of",
    "finest",
    "one_series",
    "same_kind",
    "scale",
    "series",
]

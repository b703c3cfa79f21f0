"""Indicators (指标): definitions, what is entered for them, checks, and the grading of majors.

Holds no school's data and no Beijing number: the catalogue is contents, entries are handed in.
"""

from guantong.indicators.catalogue import Catalogue, Section, Table, catalogue_problems
from guantong.indicators.checking import Checked, Compared, Fault, check_form
from guantong.indicators.entries import Entry, Form, cell_of
from guantong.indicators.indicator import Check, CheckKind, Direction, Indicator, Office, Threshold
from guantong.indicators.reading import read_indicator, read_table

__all__ = [
    "Catalogue",
    "Check",
    "CheckKind",
    "Checked",
    "Compared",
    "Direction",
    "Entry",
    "Fault",
    "Form",
    "Indicator",
    "Office",
    "Section",
    "Table",
    "Threshold",
    "catalogue_problems",
    "cell_of",
    "check_form",
    "read_indicator",
    "read_table",
]

"""Procedures (流程): official work in several steps, who does them and until when. Declared as data."""

from guantong.procedures.procedure import DayOfYear, DaysAfter, Deadline, Procedure, Step, StepKind, due_on
from guantong.procedures.reading import read_procedure
from guantong.procedures.runs import Due, Outcome, Run, RunState, StepRecord, advanced, due, state_of, what_is_due

__all__ = [
    "DayOfYear",
    "DaysAfter",
    "Deadline",
    "Due",
    "Outcome",
    "Procedure",
    "Run",
    "RunState",
    "Step",
    "StepKind",
    "StepRecord",
    "advanced",
    "due",
    "due_on",
    "read_procedure",
    "state_of",
    "what_is_due",
]

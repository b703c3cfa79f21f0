"""Cohorts (学籍): students over years. A pupil is a sequence of events; the state is their fold.

Nothing here knows a name, a database or a request; see `guantong.actions.cohorts` for that.
"""

from guantong.cohorts.census import Census, Whereabouts, census_of, stages_registered, take_census
from guantong.cohorts.counts import Counts, Funnel, Moment, count, count_by_project
from guantong.cohorts.details import DETAILS, STANDING_DETAILS, Detail, DetailType, details_of, read_details
from guantong.cohorts.events import Event, effective, in_order, what_follows
from guantong.cohorts.intake import Planned, planned_places
from guantong.cohorts.kinds import EventKind, Standing, Status
from guantong.cohorts.majors import SimilarMajors
from guantong.cohorts.projects import Project, ProjectKind, is_project, project_named
from guantong.cohorts.pupil import Assessment, Certificate, Internship, PupilState
from guantong.cohorts.questions import Asked, Law, NextClass
from guantong.cohorts.recording import consider, refusals, state_without
from guantong.cohorts.sitting_plan import (
    LinePlan,
    LineRefusal,
    SittingStep,
    can_be_put_up,
    plan_line,
    receiving_institution,
)
from guantong.cohorts.sittings import (
    RESULT_FIELDS,
    LineState,
    Outcome,
    Result,
    SittingState,
    Terms,
    counted,
    read_result,
    state_after,
    taught_after,
)
from guantong.cohorts.state import after, fold, state_of
from guantong.cohorts.timeline import PlannedStage, YearRow, timeline
from guantong.cohorts.what_may_happen import Possible, Verdict, may_happen, possible_json, what_may_happen

__all__ = [
    "DETAILS",
    "RESULT_FIELDS",
    "STANDING_DETAILS",
    "Asked",
    "Assessment",
    "Census",
    "Certificate",
    "Counts",
    "Detail",
    "DetailType",
    "Event",
    "EventKind",
    "Funnel",
    "Internship",
    "Law",
    "LinePlan",
    "LineRefusal",
    "LineState",
    "Moment",
    "NextClass",
    "Outcome",
    "Planned",
    "PlannedStage",
    "Possible",
    "Project",
    "ProjectKind",
    "PupilState",
    "Result",
    "SimilarMajors",
    "SittingState",
    "SittingStep",
    "Standing",
    "Status",
    "Terms",
    "Verdict",
    "Whereabouts",
    "YearRow",
    "after",
    "can_be_put_up",
    "census_of",
    "consider",
    "count",
    "count_by_project",
    "counted",
    "details_of",
    "effective",
    "fold",
    "in_order",
    "is_project",
    "may_happen",
    "plan_line",
    "planned_places",
    "possible_json",
    "project_named",
    "read_details",
    "read_result",
    "receiving_institution",
    "refusals",
    "stages_registered",
    "state_after",
    "state_of",
    "state_without",
    "take_census",
    "taught_after",
    "timeline",
    "what_follows",
    "what_may_happen",
]

"""Cohorts (学籍): students over years. A pupil is a sequence of events; the state is their fold.

Nothing here knows a name, a database or a request; see `guantong.actions.cohorts` for that.
"""

from guantong.cohorts.counts import Counts, Funnel, Moment, count, count_by_project
from guantong.cohorts.details import DETAILS, STANDING_DETAILS, Detail, DetailType, details_of, read_details
from guantong.cohorts.events import Event, effective, in_order, what_follows
from guantong.cohorts.kinds import EventKind, Standing, Status
from guantong.cohorts.majors import SimilarMajors
from guantong.cohorts.projects import Project, ProjectKind, is_project, project_named
from guantong.cohorts.pupil import Assessment, Certificate, Internship, PupilState
from guantong.cohorts.questions import Asked, Law, NextClass
from guantong.cohorts.recording import consider, refusals, state_without
from guantong.cohorts.state import after, fold, state_of
from guantong.cohorts.timeline import PlannedStage, YearRow, timeline
from guantong.cohorts.what_may_happen import Possible, Verdict, may_happen, possible_json, what_may_happen

__all__ = [
    "DETAILS",
    "STANDING_DETAILS",
    "Asked",
    "Assessment",
    "Certificate",
    "Counts",
    "Detail",
    "DetailType",
    "Event",
    "EventKind",
    "Funnel",
    "Internship",
    "Law",
    "Moment",
    "NextClass",
    "PlannedStage",
    "Possible",
    "Project",
    "ProjectKind",
    "PupilState",
    "SimilarMajors",
    "Standing",
    "Status",
    "Verdict",
    "YearRow",
    "after",
    "consider",
    "count",
    "count_by_project",
    "details_of",
    "effective",
    "fold",
    "in_order",
    "is_project",
    "may_happen",
    "possible_json",
    "project_named",
    "read_details",
    "refusals",
    "state_of",
    "state_without",
    "timeline",
    "what_follows",
    "what_may_happen",
]

"""The tables; nothing of this leaves the store."""

from guantong.store.models.accounts import Grant, Token, User
from guantong.store.models.desk import PutAside, SimilarMajor
from guantong.store.models.events import Attachment, Event, Receipt
from guantong.store.models.exports import WorkingCopy
from guantong.store.models.families import FamilyCode
from guantong.store.models.handovers import Handover, HandoverLine
from guantong.store.models.house import KeyName, Organisation, Supervision, World
from guantong.store.models.journal import JournalEntry, JournalHead, JournalIndex
from guantong.store.models.loop import (
    AdvisingMessage,
    Finding,
    GradedMajor,
    GradingRound,
    MajorReview,
    SchoolCase,
    Task,
    TaskDeed,
    YearlyReport,
    YearlyReportFile,
)
from guantong.store.models.project_reports import ProjectReport, ProjectReportStep
from guantong.store.models.proofs import CheckTry, Proof, ProofCount
from guantong.store.models.pupils import Personal, Pupil, StageKept
from guantong.store.models.quality import CollectionDeed, EntryRevision, ReportingYear, Section, Submission
from guantong.store.models.sittings import Sitting, SittingLine

__all__ = [
    "AdvisingMessage",
    "Attachment",
    "CheckTry",
    "CollectionDeed",
    "EntryRevision",
    "Event",
    "FamilyCode",
    "Finding",
    "GradedMajor",
    "GradingRound",
    "Grant",
    "Handover",
    "HandoverLine",
    "JournalEntry",
    "JournalHead",
    "JournalIndex",
    "KeyName",
    "MajorReview",
    "Organisation",
    "Personal",
    "ProjectReport",
    "ProjectReportStep",
    "Proof",
    "ProofCount",
    "Pupil",
    "PutAside",
    "Receipt",
    "ReportingYear",
    "SchoolCase",
    "Section",
    "SimilarMajor",
    "Sitting",
    "SittingLine",
    "StageKept",
    "Submission",
    "Supervision",
    "Task",
    "TaskDeed",
    "Token",
    "User",
    "WorkingCopy",
    "World",
    "YearlyReport",
    "YearlyReportFile",
]

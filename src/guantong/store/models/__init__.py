"""The tables; nothing of this leaves the store."""

from guantong.store.models.accounts import Grant, Token, User
from guantong.store.models.events import Attachment, Event, Receipt
from guantong.store.models.house import KeyName, Organisation, Supervision, World
from guantong.store.models.journal import JournalEntry, JournalHead, JournalIndex
from guantong.store.models.pupils import Personal, Pupil, StageKept
from guantong.store.models.sittings import Sitting, SittingLine

__all__ = [
    "Attachment",
    "Event",
    "Grant",
    "JournalEntry",
    "JournalHead",
    "JournalIndex",
    "KeyName",
    "Organisation",
    "Personal",
    "Pupil",
    "Receipt",
    "Sitting",
    "SittingLine",
    "StageKept",
    "Supervision",
    "Token",
    "User",
    "World",
]

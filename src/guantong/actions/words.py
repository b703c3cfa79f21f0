"""What the journal calls each action (动作名称): a closed list, with the words that an auditor reads."""

from __future__ import annotations

from enum import Enum


class Act(Enum):
    """One kind of entry."""

    FIRST_USER_CREATED = "first-user-created"
    USER_CREATED = "user-created"
    USER_CLOSED = "user-closed"
    GRANT_GIVEN = "grant-given"
    SIGNED_IN = "signed-in"
    TOKEN_ISSUED = "token-issued"
    ORGANISATION_ENTERED = "organisation-entered"
    SUPERVISOR_ENTERED = "supervisor-entered"
    ORGANISATIONS_READ = "organisations-read"
    ROSTER_CHECKED = "roster-checked"
    PUPIL_ADMITTED = "pupil-admitted"
    PUPIL_READ = "pupil-read"
    CONTACT_READ = "contact-read"
    PUPILS_LISTED = "pupils-listed"
    PUPILS_SEARCHED = "pupils-searched"
    PUPIL_ERASED = "pupil-erased"
    EVENT_RECORDED = "event-recorded"
    EVENT_PROPOSED = "event-proposed"
    EVENT_CONFIRMED = "event-confirmed"
    EVENT_TURNED_DOWN = "event-turned-down"
    EVENT_REVERSED = "event-reversed"
    COHORTS_CHECKED = "cohorts-checked"
    JOURNAL_VERIFIED = "journal-verified"
    JOURNAL_HEAD_READ = "journal-head-read"
    JOURNAL_SUBJECT_READ = "journal-subject-read"
    KEY_ROTATED = "key-rotated"
    KEYS_EXPORTED = "keys-exported"

    @property
    def refused(self) -> str:
        """Return what an attempt that was refused is called."""
        return f"{self.value}-refused"

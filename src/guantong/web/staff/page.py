"""A page of the work desk: who asks for what, and what is shown or handed out for it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from guantong.errors import NotAllowed
from guantong.people import Person, Right


@dataclass(frozen=True, slots=True, kw_only=True)
class Upload:
    """A file that a form sent: its name and its bytes, never on a disk."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffSent:
    """What a form sent: every value by name, and the files that are not empty."""

    fields: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    files: Mapping[str, Upload] = field(default_factory=dict)

    def one(self, name: str) -> str:
        """Return the last value of a field without its outer blanks; "" where it was not sent."""
        values = self.fields.get(name, ())
        return values[-1].strip() if values else ""

    def many(self, name: str) -> tuple[str, ...]:
        """Return every value of a field that is not blank, in the form's order."""
        return tuple(value.strip() for value in self.fields.get(name, ()) if value.strip())

    def file(self, name: str) -> Upload | None:
        """Return an uploaded file; None where none was chosen."""
        return self.files.get(name)


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffAsked:
    """What a page function is given: who asks, the query, what a form sent, the day."""

    by: Person
    given: Mapping[str, Sequence[str]] = field(default_factory=dict)
    sent: StaffSent | None = None
    today: date
    path: str = ""
    site: str = ""
    """The address of this site without a path, as papers print it."""

    def one(self, name: str) -> str:
        """Return the last value of a query parameter; "" where it was not given."""
        values = self.given.get(name, ())
        return values[-1].strip() if values else ""

    def may(self, right: Right) -> bool:
        """Tell whether the person holds a right today, so that the page knows what to offer."""
        return self.by.may(right, on=self.today)

    def need(self, right: Right) -> None:
        """Raise `NotAllowed` where the person does not hold a right: for a page that only asks for words yet."""
        if not self.may(right):
            raise NotAllowed(right=right.label)


@dataclass(frozen=True, slots=True, kw_only=True)
class Download:
    """A file that is handed out: its name, its bytes, its media type."""

    name: str
    content: bytes
    kind: str = "application/octet-stream"


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffPage:
    """One page: template and context, or an address to go on to with a notice, or a file."""

    title: str = ""
    template: str = ""
    context: Mapping[str, object] = field(default_factory=dict)
    status: int = 200
    redirect: str = ""
    notice: str = ""
    """Shown once on the page that follows a redirect; no pupil's name or number."""
    download: Download | None = None

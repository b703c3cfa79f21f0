"""Pupils as they are kept: every query carries the viewer's scope."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from django.db import IntegrityError
from django.db.models import Count, F, Max, Q, QuerySet, Sum

from guantong.errors import PupilUnknown, RecordChanged, StepRefused
from guantong.people import Scope, Standing, Tie
from guantong.store import events, models, past_part, personal
from guantong.store.past_part import VOID as VOID
from guantong.store.projection import Projection, columns, stay_rows
from guantong.store.reach import NOTHING, kept_in_the_past, parts, past, present
from guantong.store.records import (
    Personal,
    ProjectCount,
    PupilFilter,
    PupilLine,
    PupilRecord,
    RecordedEvent,
)

_ORDER = ("cohort", "class_name", "id")
SORTS = {
    "name": ("personal__name", "id"),
    "number": ("personal__student_number", "id"),
    "status": ("status", "cohort", "class_name", "id"),
    "project": ("project", "cohort", "class_name", "id"),
    "newest": ("-cohort", "class_name", "id"),
}
"""The other orders in which a list can be asked for."""
_LINE = (
    "id", "personal__name", "personal__student_number", "cohort", "class_year", "class_name", "project", "stage",
    "status", "registered_at", "taught_at", "pending",
)  # fmt: skip


def get(pupil: str, *, scope: Scope, contact: bool = False) -> PupilRecord:
    """Return a pupil's record as far as the scope reaches; raise `PupilUnknown` where it does not.

    Whoever registered the pupil in an earlier stage only sees the record up to the end of that
    stage, and no personal field that may have changed since. `contact` asks for the full fields.
    """
    row = models.Pupil.objects.filter(present(scope), pk=pupil).first()
    if row is not None:
        return _record(row, personal.of_pupil(pupil, masked=not contact), events.of_pupil(pupil), None)
    row = models.Pupil.objects.filter(past(scope), pk=pupil).first()
    if row is None:
        raise PupilUnknown(pupil)
    until = _seen_until(pupil, scope)
    seen = past_part.until(events.of_pupil(pupil), until)
    return past_part.as_then(_record(row, personal.of_pupil(pupil, masked=True, past=True), seen, until))


def taken(pupil: str, *, scope: Scope, seen: int) -> PupilRecord:
    """Return a pupil's record, its row locked until the transaction ends.

    Raises `PupilUnknown` out of scope, `RecordChanged` where the version is no longer the one seen,
    `StepRefused` once the pupil is erased.
    """
    row = models.Pupil.objects.select_for_update().filter(present(scope), pk=pupil).first()
    if row is None:
        raise PupilUnknown(pupil)
    if row.version != seen:
        raise RecordChanged(what="学生档案", seen=seen, now=row.version)
    if not models.Personal.objects.filter(pupil_id=pupil).exists():
        raise StepRefused(step="更改学籍", why="个人信息已删除，这份档案不再变动")
    return _record(row, None, events.of_pupil(pupil), None)


def many(names: Iterable[str], *, scope: Scope) -> dict[str, PupilRecord]:
    """Return the records of several pupils who stand within scope now; whoever does not is left out."""
    rows = list(models.Pupil.objects.filter(present(scope), pk__in=sorted(names)))
    happened = events.of_pupils(row.pk for row in rows)
    return {row.pk: _record(row, None, happened.get(row.pk, ()), None) for row in rows}


def lines_of(names: Iterable[str], *, scope: Scope) -> tuple[PupilLine, ...]:
    """Return the lines of several pupils who stand within scope now, in the order of classes."""
    rows = models.Pupil.objects.filter(present(scope), pk__in=sorted(names))
    return tuple(_line(row) for row in rows.order_by(*_ORDER).values_list(*_LINE))


def versions(names: Iterable[str], *, scope: Scope) -> dict[str, int]:
    """Return the versions of several pupils within scope who are not erased, their rows locked in one order."""
    rows = models.Pupil.objects.select_for_update(of=("self",)).filter(
        present(scope), pk__in=sorted(names), personal__isnull=False
    )
    return {row.pk: row.version for row in rows.order_by("pk")}


def listed(wanted: PupilFilter, *, scope: Scope, first: int = 0, most: int = 50) -> tuple[int, tuple[PupilLine, ...]]:
    """Return how many pupils the filter finds within the scope, and one page of them, by class unless `sort` says."""
    order = SORTS.get(wanted.sort, _ORDER)
    columns = [column.removeprefix("-") for column in order]
    found = [_narrowed(models.Pupil.objects.filter(part), wanted).order_by() for part in parts(scope)]
    totals = [part.count() for part in found]
    keys = [part.values_list(*columns) for part, total in zip(found, totals, strict=True) if total]
    if not keys:
        return 0, ()
    page = keys[0].union(*keys[1:], all=True) if len(keys) > 1 else keys[0]
    shown = [key[-1] for key in page.order_by(*order)[first : first + most]]
    rows = models.Pupil.objects.filter(present(scope), pk__in=shown).order_by(*order).values_list(*_LINE)
    return sum(totals), tuple(_line(row) for row in rows)


def counted(*, scope: Scope) -> tuple[ProjectCount, ...]:
    """Return how many pupils within scope each project's cohort has, by stage and status."""
    names = ("project", "cohort", "stage", "status")
    rows = models.Pupil.objects.filter(present(scope)).order_by(*names).values(*names)
    return tuple(ProjectCount(**row) for row in rows.annotate(pupils=Count("pk"), pending=Sum("pending")))


def put_in_class(names: Iterable[str], class_name: str) -> None:
    """Write the class of pupils whose rows are locked; each record has a new version."""
    models.Pupil.objects.filter(pk__in=list(names)).update(class_name=class_name, version=F("version") + 1)


def found(
    identity_lookup: str | None, number: str, name: str, *, scope: Scope, most: int = 50
) -> tuple[PupilLine, ...]:
    """Return the pupils within scope of an identity, a student number or a name, each exactly."""
    asked = NOTHING
    if identity_lookup:
        asked |= Q(personal__identity_lookup=identity_lookup)
    if number:
        asked |= Q(personal__student_number=number)
    if name:
        asked |= Q(personal__name=name)
    rows = models.Pupil.objects.filter(present(scope)).filter(asked)
    return tuple(_line(row) for row in rows.order_by(*_ORDER).values_list(*_LINE)[:most])


def change(pupil: str, projection: Projection | None, *, version: int, pending: int) -> None:
    """Write where a pupil stands after a new event; None where the admission itself was undone. The row is taken."""
    if projection is None:
        void = {"status": VOID, "in_project": False, "state": ""}
        models.Pupil.objects.filter(pk=pupil).update(**void, version=version, pending=pending)
        models.Personal.objects.filter(pupil_id=pupil).update(present=False)
        return
    models.Pupil.objects.filter(pk=pupil).update(**columns(projection.state), version=version, pending=pending)
    models.StageKept.objects.filter(pupil_id=pupil).delete()
    models.StageKept.objects.bulk_create(stay_rows(pupil, projection.stays))
    try:
        models.Personal.objects.filter(pupil_id=pupil).update(present=not projection.state.status.is_final)
    except IntegrityError:
        raise StepRefused(step="恢复学籍", why="这名学生现在另有一处学籍") from None


def touch(pupil: str, *, version: int, pending: int) -> None:
    """Write that a pupil's record has a new version without standing elsewhere."""
    models.Pupil.objects.filter(pk=pupil).update(version=version, pending=pending)


def all_ids() -> Iterable[str]:
    """Return the id of every pupil, for checks that show nobody."""
    return models.Pupil.objects.order_by("pk").values_list("pk", flat=True).iterator()


def written_state(pupil: str) -> str:
    """Return the digest of the state as it was written, for the check that refolds it."""
    return str(models.Pupil.objects.values_list("state", flat=True).get(pk=pupil))


def _seen_until(pupil: str, scope: Scope) -> date:
    kept = NOTHING
    for reach in scope.reaches:
        if Tie.KEPT in reach.ties:
            kept |= kept_in_the_past(reach)
    rows = models.StageKept.objects.filter(kept, pupil_id=pupil)
    latest: date = rows.aggregate(day=Max("until"))["day"]
    return latest


def _narrowed(found: QuerySet[models.Pupil], wanted: PupilFilter) -> QuerySet[models.Pupil]:
    named = {name: getattr(wanted, name) for name in ("cohort", "project", "class_name", "stage", "status")}
    found = found.filter(**{name: value for name, value in named.items() if value})
    return found.filter(pending__gt=0) if wanted.waiting else found


def _line(row: Sequence[object]) -> PupilLine:
    values = dict(zip(PupilLine.__dataclass_fields__, row, strict=True))
    values["name"], values["student_number"] = values["name"] or "", values["student_number"] or ""
    return PupilLine(**values)  # type: ignore[arg-type]


def _record(
    row: models.Pupil, who: Personal | None, recorded: tuple[RecordedEvent, ...], until: date | None
) -> PupilRecord:
    standing = Standing(
        project=row.project,
        stage=row.stage,
        class_name=row.class_name,
        kept_at=row.kept_at,
        taught_at=row.taught_at,
    )
    return PupilRecord(
        id=row.pk,
        standing=standing,
        cohort=row.cohort,
        class_year=row.class_year,
        status=row.status,
        pending=row.pending,
        version=row.version,
        state=row.state,
        personal=who,
        events=recorded,
        until=until,
    )


def for_family(pupil: str) -> PupilRecord:
    """Return a pupil's record for the pupil's own family: what counts, numbers masked; asked with a code of theirs."""
    row = models.Pupil.objects.get(pk=pupil)
    counted = tuple(kept for kept in events.of_pupil(pupil) if kept.outcome == events.APPLIED)
    return _record(row, personal.of_pupil(pupil, masked=True), counted, None)


def audited(pupil: str, *, scope: Scope) -> bool:
    """Tell whether an auditor may ask who saw a pupil: one who keeps or teaches there, or audits the whole."""
    rows = models.Pupil.objects.filter(pk=pupil)
    if not scope.whole:
        where = sorted(scope.organisations)
        rows = rows.filter(Q(kept_at__in=where) | Q(taught_at__in=where))
    return rows.exists()

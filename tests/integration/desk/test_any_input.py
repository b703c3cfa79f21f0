"""Whatever is sent to the work desk, an answer in words comes back: no address and no form ends in a crash.

Each form is tried as it should be, then with every field in turn put wrong; the values are those that have
broken forms elsewhere: control characters, half a character, numbers out of range, other digits, markup, formulas.
"""

import random
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import NoReverseMatch, reverse
from tests.desk import (
    CLASS,
    OTHER_SCHOOL,
    PROJECT,
    SCHOOL,
    admit,
    organisations_of_the_desk,
    person_of,
    row,
)
from tests.integration.conftest import Fresh, using
from tests.integration.desk.test_permissions import FORMS
from tests.permissions import routes, who
from tests.staff import account_of, signed_in

import guantong.web.staff
from guantong.people import Role
from guantong.store import models

ROLES = ("registrar", "school_head", "operator", "city", "quality_officer")
JUNK = (
    "\0", "a\0b", "\x1b[2J", "\ud800", "\u202e\u2066", "\uffff", "　", "-1", "0", "1", "999999", "99999999",
    "9" * 19, "9" * 400, "１２３", "²", "٣", "1e9", "1_0", "NaN", "2023", "9999-12-31", "0001-01-01", "2024-02-30",
    "20240101", "2024-W01-1", "<script>x</script>", "{{ 7|add:7 }}", "=1+1", "../../etc/passwd", "%00", "%s%n",
    "a:b:c:d", ":::", "~~~", f"{PROJECT}~2023~{SCHOOL}~", "x" * 70, "中" * 70, "x" * 5_000, "[]", "{}",
    "null", "yes", "record", "weigh",
)  # fmt: skip
PATHS = ("x", "a%00b", "%FF%FE", "%20", "x" * 3_000, "9" * 30, "-1", "%E2%80%AE")
FILES = (
    b"\0", b"PK\x03\x04" + b"\0" * 40, b"\xff\xfe", b"%PDF-", b"\xef\xbb\xbf\xe5\xa7", b"a,b\n\0,\xff", b"[]", b"1",
    b"null",
    b'{"count": 1e999, "digest": 1, "key": 1}', b'{"count": "-1", "digest": "", "key": ""}', b"[" * 200_000,
)  # fmt: skip
ASKED = re.compile(r'(?:one|many|file|_day|_names)\((?:asked|sent)?,?\s*"(\w+)"')
FIELDS = tuple(
    sorted(
        {
            name
            for path in Path(guantong.web.staff.__file__).parent.glob("*.py")
            for name in ASKED.findall(path.read_text("utf-8"))
        }
        | {"d_reason", "d_stage", "d_project", "d_class_year", "d_school", "d_major", "d_passed", "d_until", "f_x"}
        | {"document_number", "document_date", "document_issuer", "document_file", "_purpose"}
    )
)
"""Every name that some page asks a form or an address for."""
ROUNDS = 1


@pytest.fixture
def world(engine: str, fresh: Fresh) -> Iterator[Mapping[str, str]]:
    """A school with a pupil, and what of it stands in addresses."""
    with using(fresh(engine)):
        organisations_of_the_desk([SCHOOL, "dianke", OTHER_SCHOOL, "city", "district:changping"])
        pupil, _ = admit(row(1), row(2))
        yield {
            "pupil": pupil,
            "event": models.Event.objects.filter(pupil_id=pupil).values_list("pk", flat=True)[0],
            "user": account_of(person_of(Role.REGISTRAR, SCHOOL), "someone").id,
            "name": SCHOOL,
            "number": "0",
            "project": PROJECT,
            "kind": "suspended",
            "form": "docx",
        }


def good(name: str, pupil: str) -> dict[str, Any]:
    """What a form sends when it is filled in."""
    base: dict[str, Any] = {"seen": "1", "on": "2024-03-01", "pupils": [pupil], "class_name": CLASS}
    group = f"{PROJECT}~2023~{SCHOOL}~"
    return {**base, "group": group, "kind": "suspended", "do": "weigh", **FORMS.get(name, {})}


def address_of(name: str, names: Sequence[str], given: Mapping[str, str]) -> str:
    """The address of something that is there, as far as it is."""
    return reverse(name, kwargs={part: given.get(part, "0") for part in names})


def spoilt(name: str, names: Sequence[str], given: Mapping[str, str]) -> Iterator[str]:
    """Addresses whose variable parts are none."""
    marks = {part: f"{number}7{number}" for number, part in enumerate(names)}
    try:
        plain = reverse(name, kwargs={part: marks[part] for part in names})
    except NoReverseMatch:
        return
    for part in names:
        there = plain
        for other in set(names) - {part}:
            there = there.replace(marks[other], given.get(other, "0"))
        yield from (there.replace(marks[part], junk) for junk in PATHS)


def sound(response: Any) -> bool:
    """Whether an answer is one: in words, and kept nowhere on the way."""
    return bool(response.status_code < 500) and response.headers.get("Cache-Control") == "no-store"


@pytest.mark.parametrize(("engine", "column"), [*(("sqlite", role) for role in ROLES), ("postgresql", "registrar")])
def test_no_query_and_no_form_ends_in_a_crash(column: str, world: Mapping[str, str]) -> None:
    dice, client, wrong = random.Random(column), signed_in(who(column), Client(raise_request_exception=False)), []
    for method, name, names in routes():
        if name == "desk-sign-out":
            continue
        address = address_of(name, names, world)
        for _ in range(ROUNDS):
            fields = dice.sample(FIELDS, 12)
            if method == "GET":
                pairs = (f"{one}={quote(_sendable(dice.choice(JUNK)))}" for one in fields[:4])
                response = client.get(f"{address}?{'&'.join(pairs)}")
            else:
                sent = {**good(name, world["pupil"]), **{one: dice.choice(JUNK) for one in fields}}
                if dice.random() < 0.5:
                    sent |= {one: SimpleUploadedFile("a.csv\0.xlsx", dice.choice(FILES)) for one in ("file", "head")}
                response = client.post(address, {one: _sendable(value) for one, value in sent.items()})
            if not sound(response):
                wrong.append((method, name, response.status_code))
    assert wrong == []


def _sendable(value: Any) -> Any:
    """What a test client can send of a value: half a character goes as its bytes do."""
    return value.encode(errors="surrogatepass") if isinstance(value, str) else value


@pytest.mark.parametrize(
    ("engine", "column"),
    [("sqlite", "quality_officer"), ("postgresql", "registrar")],
)
def test_no_address_ends_in_a_crash(column: str, world: Mapping[str, str]) -> None:
    client, wrong = signed_in(who(column), Client(raise_request_exception=False)), []
    for method, name, names in routes():
        for address in spoilt(name, names, world) if names else ():
            response = client.get(address) if method == "GET" else client.post(address, good(name, world["pupil"]))
            if response.status_code >= 500:
                wrong.append((method, address[:200], response.status_code))
    assert wrong == []

"""Somebody at the command line of the work desk: a token in a file, and a desk whose settings the commands see."""

from datetime import timedelta
from pathlib import Path
from uuid import uuid4

from tests.cli import Ran, guantong

from guantong.actions.clock import real_now
from guantong.cli import person as door
from guantong.people import Person
from guantong.settings import Settings
from guantong.store import accounts as kept
from guantong.store.records import Account


def token_for(person: Person, folder: Path, *, hours: float = 8, account: str = "") -> Path:
    """Give an invented person (tests/desk.py) an account and a token, and return the token's file."""
    made = Account(id=uuid4().hex, login=uuid4().hex[:12], name=person.name, organisation="", active=True, grants=())
    kept.create(made, "never used to sign in", b"\0" * 20, by="tests", at=real_now())
    kept.give(made.id, person.grants, by="tests", at=real_now())
    token, at = uuid4().hex, real_now()
    until = at + timedelta(hours=hours)
    kept.put_token(token, made.id, purpose=person.purpose, account=account or door.account(), at=at, until=until)
    path = folder / f"token-{made.login}"
    door.write_token(path, token)
    return path


def at_the_desk(settings: Settings, *arguments: str) -> Ran:
    """Run a command in this process, on the database of these settings."""
    environment = {"GUANTONG_DATA": str(settings.data), "GUANTONG_KEYS": str(settings.keys_folder)}
    return guantong(*arguments, **environment)

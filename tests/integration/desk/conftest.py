"""The work desk behind Django's test client, on a fresh SQLite database of the demonstration's world."""

from collections.abc import Iterator

import pytest
from tests.desk import OPERATOR, SCHOOL, grant_of, organisations_of_the_desk
from tests.integration.conftest import Fresh, using

from guantong.actions import accounts
from guantong.actions.accounts import Credentials, NewAccount
from guantong.people import Role
from guantong.settings import Settings


@pytest.fixture
def desk(fresh: Fresh) -> Iterator[Settings]:
    """A database that nobody has used, in use."""
    with using(fresh("sqlite")) as settings:
        yield settings


@pytest.fixture
def made(desk: Settings) -> Credentials:
    """A registrar's account, made by an operator."""
    organisations_of_the_desk()
    grants = (grant_of(Role.REGISTRAR, SCHOOL),)
    new = NewAccount(login="li", name="演示学籍员", organisation=SCHOOL, grants=grants)
    return accounts.create_account(new, by=OPERATOR)

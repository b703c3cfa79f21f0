"""Diagnosis at the command line: findings as the JSON contract promises."""

from pathlib import Path

import pytest
from tests.collection import OFFICER, YEAR, confirm, fill, hand_in, opened
from tests.desk import AUDITOR, SCHOOL
from tests.desk_cli import at_the_desk, token_for
from tests.integration.cli.test_schemas import check
from tests.integration.conftest import Fresh, using

from guantong.people import Person


def token(person: Person, folder: Path) -> str:
    """A token file."""
    return str(token_for(person, folder))


@pytest.mark.parametrize("org", [("--org", SCHOOL), ()])
def test_a_school_is_diagnosed_with_evidence(fresh: Fresh, tmp_path: Path, org: tuple[str, ...]) -> None:
    with using(fresh("sqlite")) as settings:
        opened(kind="中职")
        fill(land_per_pupil="10")
        asked = ("diagnose", "--year", str(YEAR), *org, "--as", token(OFFICER, tmp_path))
        refused = at_the_desk(settings, "diagnose", "--year", str(YEAR), "--org", SCHOOL, *asked[-2:], "--json")
        assert refused.code == 7
        hand_in()
        confirm()
        said = at_the_desk(settings, *asked, "--json").json
        check("diagnose", said)
        found = next(one for one in said["findings"] if one["indicator"] == "land-per-pupil")
        assert (found["kind"], found["severity"], found["evidence"]) == (
            "threshold",
            "watch",
            [f"{SCHOOL}-{YEAR}-land-per-pupil"],
        )
        assert "须关注" in at_the_desk(settings, *asked).said
        assert at_the_desk(settings, *asked[:-1], token(AUDITOR, tmp_path)).code != 0

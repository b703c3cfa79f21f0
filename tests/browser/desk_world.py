"""A small work desk for the browser's tests: a fresh SQLite database of the demonstration's world, run on its own.

`python -m tests.browser.desk_world` makes it (GUANTONG_DATA says where) and prints, as JSON, a session key and
the credentials of every account by name; with `demo` it loads the demonstration instead. With `module:function`
it calls a function on what is there and prints what it returns, as JSON: other tests add what they need so.
"""

import importlib
import json
import sys
from collections.abc import Mapping
from dataclasses import asdict

import django

WHO = {
    "registrar": ("registrar", "changping-zhiye"),
    "head": ("school_head", "changping-zhiye"),
    "teacher": ("class_teacher", "changping-zhiye"),
    "quality": ("quality_officer", "changping-zhiye"),
    "other_registrar": ("registrar", "shangye"),
    "university_registrar": ("university_registrar", "dianke"),
    "university_head": ("university_head", "dianke"),
    "district": ("district", "district:changping"),
    "city": ("city", "city"),
    "auditor": ("auditor", "*"),
    "operator": ("operator", "*"),
}


def make() -> Mapping[str, object]:
    """Make organisations, one account per kind of person, and three pupils in one class."""
    from tests.desk import OPERATOR, admit, grant_of, organisations_of_the_desk, row
    from tests.staff import signed_in

    from guantong.actions import accounts
    from guantong.actions.accounts import NewAccount
    from guantong.actions.identity import person_of_session
    from guantong.actions.opening import open_store
    from guantong.people import Role

    open_store(demo=True)
    organisations_of_the_desk(["changping-zhiye", "dianke", "shangye", "city", "district:changping"])
    made: dict[str, object] = {}
    for login, (role, place) in WHO.items():
        new = NewAccount(
            login=login,
            name=f"演示{Role(role).label}",
            organisation="" if place == "*" else place,
            grants=(grant_of(Role(role), place),),
        )
        credentials = accounts.create_account(new, by=OPERATOR)
        person = person_of_session(credentials.id, purpose="status-change")
        made[login] = {**asdict(credentials), "session": signed_in(person).cookies["guantong_desk"].value}
    pupils = admit(row(1), row(2), row(3))
    return {"accounts": made, "pupils": pupils}


def main(arguments: list[str]) -> None:
    """Run what is asked for and print its answer."""
    django.setup()
    from guantong.actions.opening import open_as_it_is

    if not arguments:
        answer: object = make()
    elif arguments == ["demo"]:
        from tests.browser import staff_quality_world

        answer = staff_quality_world.load()
    else:
        open_as_it_is()
        module, _, name = arguments[0].partition(":")
        answer = getattr(importlib.import_module(module), name)()
    print(json.dumps(answer))


if __name__ == "__main__":
    main(sys.argv[1:])

"""Settings: read once from the environment that a door hands over."""

from dataclasses import fields
from datetime import date
from pathlib import Path

import pytest

from guantong.errors import SettingRefused
from guantong.settings import Settings, variable_names


def test_an_empty_environment_gives_the_defaults() -> None:
    assert Settings.from_environment({}) == Settings()
    assert (Settings().contents, Settings().today, Settings().debug) == ("guantong_beijing", None, False)


def test_every_setting_is_read_from_its_variable() -> None:
    environment = {
        "GUANTONG_CONTENTS": " guantong_demo ",
        "GUANTONG_TODAY": "2026-11-21",
        "GUANTONG_HOSTS": "a.example, b.example,",
        "GUANTONG_DEBUG": "Yes",
        "GUANTONG_DATA": "data",
        "GUANTONG_KEYS": "elsewhere/keys",
        "DATABASE_URL": "postgresql://desk@db.example/guantong",
        "GUANTONG_SQLITE_INIT": "PRAGMA max_page_count=100",
        "OTHER": "x",
    }
    assert Settings.from_environment(environment) == Settings(
        contents="guantong_demo",
        today=date(2026, 11, 21),
        hosts=("a.example", "b.example"),
        debug=True,
        data=Path("data"),
        keys=Path("elsewhere/keys"),
        database="postgresql://desk@db.example/guantong",
        sqlite_init="PRAGMA max_page_count=100",
    )


@pytest.mark.parametrize("text", ["", "   "])
def test_an_empty_variable_is_as_if_it_were_not_set(text: str) -> None:
    assert Settings.from_environment({"GUANTONG_TODAY": text, "GUANTONG_DEBUG": text}) == Settings()


@pytest.mark.parametrize(
    ("name", "value", "rule"),
    [
        ("GUANTONG_TODAY", "tomorrow", "日期应写成 2026-11-20 的形式"),
        ("GUANTONG_TODAY", "2026-02-30", "日期应写成 2026-11-20 的形式"),
        ("GUANTONG_HOSTS", " , ", "至少写一个域名"),
        ("GUANTONG_DEBUG", "1", "只能是 yes 或 no"),
    ],
)
def test_a_value_that_cannot_be_used_is_refused_with_what_it_is_for(name: str, value: str, rule: str) -> None:
    with pytest.raises(SettingRefused) as refused:
        Settings.from_environment({name: value})
    assert refused.value.message == f"设置 {name} 的值“{value.strip()}”不能使用：{rule}。"
    assert refused.value.next.startswith("用途：")


def test_every_setting_has_a_variable_and_its_help() -> None:
    names = variable_names()
    given = {
        setting.name: setting.metadata.get("variable", f"GUANTONG_{setting.name.upper()}")
        for setting in fields(Settings)
    }
    assert [name for name, _ in names] == list(given.values())
    assert given["database"] == "DATABASE_URL"
    assert all(text.endswith("。") for _, text in names)


@pytest.mark.parametrize(
    ("environment", "folder"),
    [
        ({"HOME": "someone"}, Path("someone/.local/share/guantong")),
        ({"HOME": "someone", "XDG_DATA_HOME": "shared"}, Path("shared/guantong")),
        ({"HOME": "someone", "GUANTONG_DATA": "mine"}, Path("mine")),
    ],
)
def test_the_data_lie_in_the_users_data_folder_unless_a_setting_says_otherwise(
    environment: dict[str, str], folder: Path
) -> None:
    settings = Settings.from_environment(environment)
    assert (settings.data_folder, settings.keys_folder) == (folder, folder / "keys")
    assert settings.database_url == f"sqlite:///{folder / 'guantong.sqlite3'}"


def test_without_a_home_the_data_folder_is_missed_only_when_it_is_asked_for() -> None:
    settings = Settings.from_environment({})
    with pytest.raises(SettingRefused, match="GUANTONG_DATA"):
        _ = settings.data_folder


def test_a_refused_database_address_is_not_repeated() -> None:
    with pytest.raises(SettingRefused) as refused:
        Settings.from_environment({"DATABASE_URL": "mysql://desk:secret@db.example/guantong"})
    assert "secret" not in str(refused.value)

"""Keys: replaced without losing a value, carried away and back, never made anew where one is missing."""

import os
import shutil
import stat
from pathlib import Path

import pytest
from tests.desk import AUDITOR, OPERATOR, REGISTRAR, admit, row

from guantong.actions import journal, keys, opening, pupils
from guantong.errors import InputRefused, KeyMissing, KeysChanged, StepRefused
from guantong.settings import Settings
from guantong.store import admitting, models
from guantong.store import keys as kept
from guantong.store.keys import KeyKind
from guantong.store.sealing import key_of, lookup, seal, unseal

PASSPHRASE = "演示口令 correct horse"


def files(settings: Settings) -> list[Path]:
    """The key files."""
    return sorted(settings.keys_folder.glob("*.key"))


def test_four_keys_lie_beside_the_data_for_their_owner_only(database: Settings) -> None:
    assert [path.name.rpartition("-")[0] for path in files(database)] == ["check-code", "field", "journal", "lookup"]
    assert {stat.S_IMODE(path.stat().st_mode) for path in files(database)} == {0o600}


def test_the_database_holds_ids_and_fingerprints_and_no_key(database: Settings) -> None:
    rows = repr(list(models.KeyName.objects.values_list()))
    assert all(path.stem.rpartition("-")[2] in rows for path in files(database))
    assert all(path.read_text(encoding="ascii").strip() not in rows for path in files(database))


@pytest.mark.parametrize("kind", KeyKind)
def test_a_database_that_names_a_key_never_gets_a_new_one(database: Settings, kind: KeyKind) -> None:
    (lost,) = database.keys_folder.glob(f"{kind.value}-*.key")
    lost.unlink()
    kept.forget()
    with pytest.raises(KeyMissing, match=lost.name):
        opening.open_store(demo=True)
    assert len(files(database)) == 3


def test_a_foreign_or_damaged_key_is_named(database: Settings) -> None:
    path = files(database)[0]
    for text, fault in (("00" * 32, "不是这个数据库的那一把"), ("zz", "无法读取")):
        path.write_text(text, encoding="ascii")
        kept.forget()
        with pytest.raises(KeyMissing, match=fault):
            opening.open_store(demo=True)


def test_a_key_that_others_may_read_stops_the_start(database: Settings) -> None:
    files(database)[0].chmod(0o640)
    kept.forget()
    with pytest.raises(KeyMissing, match="chmod 600"):
        opening.open_store(demo=True)


def test_keys_travel_sealed_and_come_back(database: Settings) -> None:
    (pupil,) = admit()
    bundle = keys.export_keys(PASSPHRASE, by=OPERATOR)
    before = {path.name: path.read_bytes() for path in files(database)}
    shutil.rmtree(database.keys_folder)
    with pytest.raises(StepRefused, match="口令不对"):
        opening.import_keys(bundle, "wrong passphrase")
    assert opening.import_keys(bundle, PASSPHRASE) == tuple(sorted(before))
    assert {path.name: path.read_bytes() for path in files(database)} == before
    assert pupils.view_contact(pupil, by=REGISTRAR).personal
    assert opening.import_keys(bundle, PASSPHRASE) == ()


def test_a_short_passphrase_is_refused(database: Settings) -> None:
    with pytest.raises(StepRefused, match="至少 12 个字符"):
        keys.export_keys("short", by=OPERATOR)


def test_after_a_new_field_key_every_value_is_sealed_with_it_and_still_read(database: Settings) -> None:
    (pupil,) = admit(row(1, exam_score="400"))
    assert keys.rotate_key("field", by=OPERATOR) == 6
    current = kept.ring().current[KeyKind.FIELD]
    stored = models.Personal.objects.get(pk=pupil)
    assert {key_of(stored.identity), key_of(stored.digest_key), key_of(models.Event.objects.get().details)} == {current}
    record = pupils.view_contact(pupil, by=REGISTRAR)
    assert record.personal is not None
    assert (record.personal.identity, record.events[0].event.text("exam_score")) == (row().identity, "400")


def test_after_a_new_lookup_key_a_person_is_still_found_and_admitted_once(database: Settings) -> None:
    admit(row(1))
    assert keys.rotate_key("lookup", by=OPERATOR) == 1
    assert len(pupils.find_pupils(identity=row(1).identity, by=REGISTRAR)) == 1
    with pytest.raises(InputRefused, match="已有在籍记录"):
        admit(row(1))


def test_the_chain_goes_on_under_a_new_journal_key(database: Settings) -> None:
    admit()
    keys.rotate_key("journal", by=OPERATOR)
    admit(row(2))
    assert journal.verify_journal(by=AUDITOR).ok
    assert models.JournalEntry.objects.values_list("key").distinct().count() == 2


def test_what_was_sealed_before_the_keys_changed_is_not_written_after(
    database: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    prepare = admitting.prepare

    def prepare_and_rotate(*args: object, **kwargs: object) -> object:
        ready = prepare(*args, **kwargs)  # type: ignore[arg-type]
        keys.rotate_key("lookup", by=OPERATOR)
        return ready

    monkeypatch.setattr(admitting, "prepare", prepare_and_rotate)
    with pytest.raises(KeysChanged):
        admit()
    monkeypatch.undo()
    assert models.Pupil.objects.count() == 0
    assert len(admit()) == 1


def test_a_process_with_old_keys_notices_and_reads_the_new_ones(database: Settings) -> None:
    old = kept.ring()
    keys.rotate_key("journal", by=OPERATOR)
    new = kept.ring()
    with pytest.raises(KeysChanged):
        kept.unchanged(old.version)
    assert kept.unchanged(new.version).version == new.version == old.version + 1


def test_a_sealed_value_is_bound_to_its_row_and_field(database: Settings) -> None:
    ring = kept.ring()
    sealed = seal("000-12345678", "a/phone", ring)
    assert unseal(sealed, "a/phone", ring) == "000-12345678"
    with pytest.raises(RuntimeError, match="altered or moved"):
        unseal(sealed, "b/phone", ring)
    with pytest.raises(RuntimeError, match="altered or moved"):
        unseal(sealed[:-1] + bytes([sealed[-1] ^ 1]), "a/phone", ring)
    assert seal("same", "a/x", ring) != seal("same", "a/x", ring)


def test_a_value_of_an_unknown_key_names_the_file(database: Settings) -> None:
    sealed = seal("x", "a/x", kept.ring())
    with pytest.raises(KeyMissing, match=r"field-00000000\.key"):
        unseal(bytes(4) + sealed[4:], "a/x", kept.ring())


def test_an_existing_key_file_is_never_written_over(database: Settings) -> None:
    path = files(database)[0]
    with pytest.raises(FileExistsError):
        kept.write_file(database.keys_folder, path.name, os.urandom(32))


def test_a_rotation_that_fails_leaves_the_old_keys_in_use(database: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    old = kept.ring()
    monkeypatch.setattr("guantong.store.journal.sealed", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        keys.rotate_key("lookup", by=OPERATOR)
    monkeypatch.undo()
    assert kept.ring() == old
    assert len(admit()) == 1


def test_a_bundle_that_names_a_file_elsewhere_is_refused(database: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("guantong.store.keys.file_name", lambda kind, name: f"../keys/{kind.value}-{name}.key")
    bundle = keys.export_keys(PASSPHRASE, by=OPERATOR)
    shutil.rmtree(database.keys_folder)
    with pytest.raises(StepRefused, match="内容不对"):
        opening.import_keys(bundle, PASSPHRASE)


@pytest.mark.usefixtures("database")
def test_two_empty_numbers_are_never_found_as_one() -> None:
    assert lookup("", kept.ring()) is None
    assert lookup("x", kept.ring()) == lookup("x", kept.ring()) != lookup("y", kept.ring())

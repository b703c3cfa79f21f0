"""The roster at the desk: the template, every fault of a file at once, a look, and everybody or nobody."""

import io
from datetime import date
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.desk import CLASS, PROJECT, REGISTRAR, SCHOOL, UNIVERSITY, admit, identity, row
from tests.staff import account_of, signed_in

from guantong.actions import roster_file
from guantong.actions.roster_file import COLUMNS, FORM
from guantong.settings import Settings
from guantong.sheets.writing import write_csv
from guantong.sheets.writing_xlsx import write_workbook
from guantong.store import models, put_aside

FORM_FIELDS = {"project": "", "lead": SCHOOL, "partner": UNIVERSITY, "kind": "zhongben", "major": "710103",
               "cohort": "2025", "on": "2025-08-20"}  # fmt: skip


@pytest.fixture
def registrar(desk: Settings) -> Client:
    return signed_in(REGISTRAR)


def cells(number: int = 1, **fields: str) -> dict[str, str]:
    """A row of the file, by the headings that people see."""
    person = {
        "name": f"演示学生{number}",
        "class_name": CLASS,
        "student_number": f"D{number:08d}",
        "identity": identity(number),
        "phone": "000-00000000",
        "special_entrant": "否",
    }
    return {COLUMNS[name]: value for name, value in {**person, **fields}.items()}


def upload(client: Client, content: bytes, name: str = "名册.xlsx", **fields: str) -> Any:
    """Send a file with the form's fields."""
    file = SimpleUploadedFile(name, content)
    return client.post("/desk/roster", {**FORM_FIELDS, **fields, "file": file})


def test_the_template_has_the_columns_and_drop_downs(registrar: Client) -> None:
    given = registrar.get("/desk/roster/template.xlsx")
    assert given["Content-Disposition"].startswith("attachment")
    book = openpyxl.load_workbook(io.BytesIO(given.content))
    sheet = book.worksheets[0]
    assert [cell.value for cell in sheet[1]] == list(COLUMNS.values())
    assert sheet.data_validations.dataValidation


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_a_sound_roster_is_looked_at_first_and_applied_once(registrar: Client, kind: str) -> None:
    rows = [cells(1), cells(2, identity="", birth_month="2008-05"), cells(3, name="演示学生1")]
    content = write_workbook(FORM, rows) if kind == "xlsx" else write_csv(FORM, rows).encode()
    looked = upload(registrar, content, f"名册.{kind}")
    address = looked["Location"]
    assert models.Pupil.objects.count() == 0
    page = registrar.get(address).content.decode()
    assert "核对名册：3 人" in page
    assert "有 2 行同名" in page
    assert "1 人。可以先导入" in page
    done = registrar.post(address)
    assert done["Location"].startswith("/desk/pupils")
    assert models.Pupil.objects.count() == 3
    again = registrar.post(address)
    assert again.status_code == 404
    assert "已经办完" in again.content.decode()
    assert models.Pupil.objects.count() == 3


def test_every_fault_of_a_file_is_told_at_once_with_its_row_and_nothing_is_kept(registrar: Client) -> None:
    bad = [cells(1, identity="000000200801010000"), cells(2, special_entrant="也许"), cells(3, class_name=""), cells(4)]
    answer = upload(registrar, write_workbook(FORM, bad))
    page = answer.content.decode()
    assert answer.status_code == 422
    for words in ("有 3 处要修改", "第 2 行，身份证号", "校验位不对", "第 3 行，特殊招生录取", "第 4 行，班级"):
        assert words in page
    assert (models.PutAside.objects.count(), models.Pupil.objects.count()) == (0, 0)
    mended = upload(registrar, write_workbook(FORM, [cells(number) for number in range(1, 5)]))
    assert registrar.post(mended["Location"]).status_code == 302
    assert models.Pupil.objects.count() == 4


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_a_row_with_a_faulty_cell_is_told_all_its_other_faults_at_once(registrar: Client, kind: str) -> None:
    bad = [cells(1), cells(2, class_name="", special_entrant="也许", phone="电话", identity="000000200801010000")]
    content = write_workbook(FORM, bad) if kind == "xlsx" else write_csv(FORM, bad).encode()
    page = upload(registrar, content, f"名册.{kind}").content.decode()
    for words in ("有 4 处要修改", "第 3 行，班级", "第 3 行，特殊招生录取", "第 3 行，电话", "第 3 行，身份证号"):
        assert words in page
    assert page.count("第 3 行，班级") == 1


def test_a_row_of_unknown_age_is_told_with_its_way_out_and_a_date_of_the_sheet_is_read(registrar: Client) -> None:
    answer = upload(registrar, write_workbook(FORM, [cells(1), cells(2, identity="")]))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "第 3 行，出生年月" in page
    assert "请填写出生年月（如 2010-05）" in page
    book = openpyxl.load_workbook(io.BytesIO(write_workbook(FORM, [cells(2, identity="")])))
    sheet = book.worksheets[0]
    sheet.cell(2, list(COLUMNS).index("birth_month") + 1).value = date(2008, 5, 1)
    book.save(changed := io.BytesIO())
    assert registrar.post(upload(registrar, changed.getvalue())["Location"]).status_code == 302
    assert models.Personal.objects.get().birth_month == "2008-05"


def test_somebody_who_is_a_pupil_already_is_told_by_row(registrar: Client) -> None:
    admit(row(1, identity=identity(7)))
    answer = upload(registrar, write_workbook(FORM, [cells(6), cells(7)]))
    page = answer.content.decode()
    assert "第 3 行，身份证号" in page
    assert "已有在籍记录" in page


def test_somebody_admitted_between_look_and_step_stops_the_whole_roster(registrar: Client) -> None:
    address = upload(registrar, write_workbook(FORM, [cells(6), cells(7)]))["Location"]
    admit(row(1, identity=identity(7)))
    late = registrar.post(address)
    assert late.status_code == 422
    assert "已有在籍记录" in late.content.decode()
    assert models.Pupil.objects.count() == 1


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"kind": ""}, "还没有选定项目"),
        ({"cohort": "25"}, "四位入学年份"),
        ({"on": "2025-02-30"}, "日期不存在"),
    ],
)
def test_the_form_itself_may_be_wrong(registrar: Client, fields: dict[str, str], words: str) -> None:
    answer = upload(registrar, write_workbook(FORM, [cells(1)]), **fields)
    assert words in answer.content.decode()


@pytest.mark.parametrize(
    "content",
    [b"PK\x03\x04broken", b"\xff\xfe\x00", b"name,class\n1,2\n", b"\n"],
    ids=["zip", "bytes", "head", "empty"],
)
def test_another_file_is_refused_in_words(registrar: Client, content: bytes) -> None:
    answer = upload(registrar, content)
    assert answer.status_code == 422
    assert "怎样改" in answer.content.decode()


def test_a_school_of_somebody_else_is_not_to_be_chosen(registrar: Client) -> None:
    answer = upload(registrar, write_workbook(FORM, [cells(1)]), lead="shangye")
    assert answer.status_code == 403


def test_a_roster_put_aside_lies_sealed_and_serves_its_maker_for_an_hour(registrar: Client) -> None:
    address = upload(registrar, write_workbook(FORM, [cells(1)]))["Location"]
    kept = models.PutAside.objects.get()
    assert "演示学生1".encode() not in bytes(kept.body)
    assert signed_in(account_of(REGISTRAR)).get(address).status_code == 404
    kept.until = kept.until - put_aside.HOUR
    kept.save()
    assert registrar.get(address).status_code == 404


def test_a_project_already_there_can_be_chosen(registrar: Client) -> None:
    admit(row(9))
    assert PROJECT in registrar.get("/desk/roster").content.decode()
    address = upload(registrar, write_workbook(FORM, [cells(1)]), project=PROJECT, kind="")["Location"]
    registrar.post(address)
    assert models.Pupil.objects.filter(project=PROJECT).count() == 2


def test_a_file_without_rows_says_so() -> None:
    read = roster_file.read_roster(write_csv(FORM, []).encode(), "空.csv")
    assert [problem.rule for problem in read.problems] == ["名册没有学生"]

"""The two forms that send a table: a class on paper, a score in a table; nothing is kept, everything wrong is told."""

import re
from typing import Any

import pytest
import segno
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

HEAD = "座号,中考年份,分数,户籍,升学资格,区,兴趣\n"
CLASS = HEAD + "7,2025,400,本市正式户籍,是,丰台区,信息技术\nA08,2025,379.5,本市正式户籍,是,,\n9,2027,,,,,\n"
TABLE = "score,count,cumulative\n505+,12,12\n504,9,21\n503.5,3,24\n"
STATED = {"year": "2025", "out_of": "510", "population": "丰台区", "source": "区考试中心", "score": "504"}
PERCENTILE = re.compile(r"百分位|分在前|前至多|\d% 至 \d")


def send(client: Client, table: str, address: str = "/class", **fields: object) -> Any:
    return client.post(address, {"table": table, **fields})


def sheets(response: Any) -> list[str]:
    text: str = response.content.decode()
    return text.split('<section class="sheet"')[1:]


def test_each_pupil_gets_one_sheet_in_the_order_of_the_list(client: Client) -> None:
    found = sheets(send(client, CLASS))
    assert [re.findall(r"座号 (\w+) <small>", sheet)[0] for sheet in found] == ["7", "A08", "9"]
    assert "符合报名条件" in found[0]
    assert "达到最低录取分数线" in found[1]
    assert "2027 年中考的招生计划和规则没有收录" in found[2]
    assert "往年参考：2025 年的专业，不作判断" in found[2]


def test_a_sheet_says_what_the_plan_of_the_same_child_says(client: Client) -> None:
    data = client.get("/plan.json?cohort=2025&score=400&household=beijing&exam_eligible=yes").json()
    sheet = sheets(send(client, CLASS))[0]
    rows = re.findall(r'<th scope="row"><a href="/routes/([\w-]+)">.*?</svg>(\S+?)</span>', sheet)
    assert rows == [(route["id"], route["words"].split("（")[0]) for route in data["routes"]]


def test_no_answer_to_what_is_sent_may_be_kept_anywhere(client: Client) -> None:
    for response in (send(client, CLASS), send(client, "座号\n张三\n"), send(client, TABLE, "/scores", **STATED)):
        assert (response["Cache-Control"], response["Referrer-Policy"]) == ("no-store", "no-referrer")
        assert response.cookies == {}
        assert "ETag" not in response


def test_the_code_on_a_sheet_leads_to_that_childs_plan(client: Client) -> None:
    drawn = re.findall(r'<svg class="qr".*?<path d="([^"]+)"', sheets(send(client, CLASS))[1])
    address = "http://testserver/plan?cohort=2025&score=379.5&household=beijing&exam_eligible=yes"
    modules = segno.make_qr(address, error="l", mask=0, boost_error=False).matrix
    dark = {(x, y) for y, row in enumerate(modules) for x, module in enumerate(row) if module}
    runs = re.findall(r"M(\d+) (\d+)h(\d+)", drawn[0])
    assert {(int(x) + step, int(y)) for x, y, length in runs for step in range(int(length))} == dark


def test_a_plan_carries_the_code_of_its_own_address_and_only_where_the_host_is_known(client: Client) -> None:
    address = "/plan?cohort=2025&score=400"
    assert client.get(address).content.decode().count('<svg class="qr"') == 1
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("django.conf.settings.ALLOWED_HOSTS", ["example.cn"])
        assert '<svg class="qr"' not in client.get(address).content.decode()


def test_every_fault_of_a_list_is_told_at_once_with_row_and_column(client: Client) -> None:
    response = send(client, HEAD + "1,2025,很高,本市正式户籍,是,,\n1,1999,,,,火星区,\n张三,2025,,,,,\n")
    text = response.content.decode()
    assert response.status_code == 422
    for where in (
        "第 2 行，中考总分",
        "第 3 行，中考年份",
        "第 3 行，所在区",
        "第 2 行，座号",
        "第 3 行，座号",
        "第 4 行，座号",
    ):
        assert f"<b>{where}</b>" in text
    assert "1,2025,很高,本市正式户籍" in text


@pytest.mark.parametrize("table", ["姓名,分数\n王小明,400\n", "座号,区\n1,13800138000\n"])
def test_what_looks_personal_is_refused_and_never_repeated(client: Client, table: str) -> None:
    text = send(client, table).content.decode()
    assert "名单只用座号" in text
    assert "王小明" not in text
    assert "13800138000" not in text


def test_sixty_pupils_are_answered_and_sixty_one_are_not(client: Client) -> None:
    rows = [f"{number},2025,400,,,,\n" for number in range(1, 62)]
    assert len(sheets(send(client, HEAD + "".join(rows[:60])))) == 60
    assert "一次最多 60 名" in send(client, HEAD + "".join(rows)).content.decode()


@pytest.mark.parametrize("coding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_file_of_any_chinese_spreadsheet_is_read(client: Client, coding: str) -> None:
    file = SimpleUploadedFile("班.csv", CLASS.encode(coding), "text/csv")
    assert len(sheets(client.post("/class", {"table": "", "file": file}))) == 3


@pytest.mark.parametrize(
    ("held", "words"),
    [
        (b"PK\x03\x04rest", "另存为"),
        (b"", "没有收到名单"),
        (b"\xff\xfe\x00", "读不出来"),
        (b"1" * 210_000, "超过 200 KB"),
    ],
    ids=["a spreadsheet", "nothing", "no text", "too much"],
)
def test_a_file_that_is_no_table_is_refused_with_words(client: Client, held: bytes, words: str) -> None:
    response = client.post("/class", {"file": SimpleUploadedFile("班.csv", held, "text/csv")})
    assert response.status_code == 422
    assert words in response.content.decode()


@pytest.mark.parametrize("address", ["/class", "/scores"])
@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"", "multipart/form-data; boundary=x"),
        (b"broken", "multipart/form-data"),
        (b"--x\r\nbroken", "multipart/form-data; boundary=x"),
        (b"table=%ff%fe", "application/x-www-form-urlencoded"),
        (b"table=1", "application/x-www-form-urlencoded; charset=gbk"),
        (b"{}", "application/json"),
        (b"a=1&" * 100, "application/x-www-form-urlencoded"),
        (b"table=" + b"1" * 300_000, "application/x-www-form-urlencoded"),
        (b"table=" + b"\x00", "application/x-www-form-urlencoded"),
    ],
    ids=["empty", "no boundary", "broken", "bytes", "gbk", "json", "many fields", "too much", "nul"],
)
def test_no_body_is_a_fault_of_ours(client: Client, address: str, body: bytes, kind: str) -> None:
    assert client.generic("POST", address, body, content_type=kind).status_code == 422


def test_a_sent_list_is_never_written_to_a_disk(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*args: object, **kwargs: object) -> None:
        raise AssertionError("something was written")

    monkeypatch.setattr("tempfile.NamedTemporaryFile", refuse)
    monkeypatch.setattr("django.core.files.uploadedfile.TemporaryUploadedFile.__init__", refuse)
    file = SimpleUploadedFile("班.csv", CLASS.encode() + b"\n" * 190_000, "text/csv")
    assert len(sheets(client.post("/class", {"file": file}))) == 3


def test_a_score_stands_as_a_range_with_year_and_source(client: Client) -> None:
    text = send(client, TABLE, "/scores", **STATED).content.decode()
    assert "504 分在前至多 54.2% 至 87.5%" in text
    assert "丰台区 2025 年，总分 510 分" in text
    assert "来源：区考试中心" in text


def test_a_score_that_the_table_does_not_tell_gets_no_place(client: Client) -> None:
    text = send(client, TABLE, "/scores", **{**STATED, "score": "506"}).content.decode()
    assert "这张表说明不了 506 分的位置" in text
    assert "分在前" not in text


def test_a_table_of_another_total_or_without_source_is_refused_with_everything_wrong(client: Client) -> None:
    given = {**STATED, "out_of": "660", "source": "", "score": "五百"}
    text = send(client, TABLE.replace("24\n", "25\n"), "/scores", **given).content.decode()
    for where in ("试卷总分", "来源", "中考总分", "表的第 4 行，累计"):
        assert f"<b>{where}</b>" in text
    assert 'value="五百"' in text


def test_a_place_among_all_pupils_stands_nowhere_else(client: Client) -> None:
    answers = [client.get(f"/plan?cohort=2025&score={score}").content.decode() for score in (380, 400, 500)]
    answers += [send(client, CLASS).content.decode(), client.get("/scores").content.decode()]
    assert [found for text in answers for found in PERCENTILE.findall(text)] == []


def test_cells_copied_from_a_spreadsheet_are_read_like_a_file(client: Client) -> None:
    tabs = "\r\n".join(line.replace(",", "\t") for line in CLASS.splitlines())
    assert sheets(send(client, tabs)) == sheets(send(client, CLASS))
    assert "排在" in send(client, TABLE.replace(",", "\t"), "/scores", **STATED).content.decode()


def test_the_problems_of_a_list_are_told_from_top_to_bottom(client: Client) -> None:
    text = send(client, "座号,中考年份,分数\n1,2025,abc\n2,1999,400\n,2025,300\n1,2025,400\n").content.decode()
    told = re.findall(r"<b>第 (\d+) 行", text)
    assert told == sorted(told)
    assert len(told) == 5


def test_a_score_table_to_mend_is_named_once_and_counted_once(client: Client) -> None:
    text = send(client, "abc", "/scores").content.decode()
    assert "<h1>一分一段表要修改</h1>" in text
    assert text.split("<main", 1)[1].count("处要修改") == 1


@pytest.mark.parametrize("address", ["/class", "/scores"])
def test_a_file_that_is_too_large_leads_back_to_its_form(client: Client, address: str) -> None:
    refused = client.post(address, {"file": SimpleUploadedFile("表.csv", b"1" * 300_000)})
    assert refused.status_code == 422
    assert f'<a href="{address}">重新打开这一页</a>' in refused.content.decode()

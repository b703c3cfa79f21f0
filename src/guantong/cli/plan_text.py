"""The planner's answer as plain text, from the same data that `--json` prints."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from guantong.cli.output import VERDICT_MARKS, place_text
from guantong.evidence import Grade
from guantong.pathways.ladder import span_words
from guantong.pathways.routes import Seat
from guantong.pathways.wording import missing_text
from guantong.policies.rulebook import Rulebook
from guantong.registry import Readiness, Stage

Data = Mapping[str, Any]
_MOST_PROGRAMMES = 12


def plan_lines(answer: Data, book: Rulebook) -> Iterator[str]:
    """Yield the lines of an answer: notices first, then route by route, then what to do next."""
    for notice in answer["notices"]:
        yield f"{'！' if notice['level'] == 'warning' else '·'} {notice['text']}{_source(notice)}"
    for route in answer["routes"]:
        yield from _route_lines(route, book)
    yield from _programme_lines(answer["programmes"], answer["order"]["text"], "招生专业")
    if reference := answer["reference"]:
        title = f"往年参考：{reference['year']} 年的招生专业（不是您这一年的）"
        yield from _programme_lines(reference["programmes"], answer["order"]["text"], title)
    yield ""
    yield "下一步"
    for step in answer["next_steps"]:
        yield f"  · {step['text']}"
    yield ""
    grade = Grade(answer["weakest_grade"]).label if answer["weakest_grade"] else "没有可用的依据"
    yield f"所用依据里最弱的一级：{grade}。{Readiness(answer['readiness']).label}。"


def _route_lines(route: Data, book: Rulebook) -> Iterator[str]:
    yield ""
    years = f"{route['years']} 年" if route["years"] else route["years_text"] or "年数不定"
    yield f"{VERDICT_MARKS[route['verdict']]} {route['name']}，{years.rstrip('。')}：{route['words']}"
    for clause in route["clauses"]:
        mark = VERDICT_MARKS[clause["verdict"]]
        yield f"    {mark} {clause['title']}{_threshold(clause)}｜{clause['number']}，{_marks(clause)}"
    if route["missing"]:
        yield f"    还缺：{'；'.join(missing_text(name, book) for name in route['missing'])}。"
    if route["entry_unknown"]:
        yield f"    {route['entry_unknown']}"
    if change := route["change_one"]:
        yield f"    若中考总分不是 {change['from']} 而是 {change['to']}，这一条的结论会改变。"
    for rung in route["stages"]:
        yield f"    {_rung(rung)}"
    yield f"    最坏情况：{route['worst_case']['text']}"
    for door in route["one_way"]:
        yield f"    过了就不能回头：{door['text']}"
    names = "、".join(school["name"] for school in route["schools"])
    if names:
        yield f"    来源点名的学校：{names}"


def _rung(rung: Data) -> str:
    when = span_words(rung["first_year"], rung["last_year"])
    seat = Seat(rung["studies_at"]).label
    parts = [f"{when} {Stage(rung['stage']).label}，在{seat if seat != '未收录' else '哪里未收录'}"]
    if rung["registered_at"]:
        parts.append(f"学籍：{Seat(rung['registered_at']).label}")
    if rung["certificate"]:
        certificate = "未写明" if rung["certificate"] == "unknown" else rung["certificate"]
        issuer = f"，由{Seat(rung['issued_by']).label}颁发" if rung["issued_by"] not in (None, "unknown") else ""
        parts.append(f"证书：{certificate}{issuer}")
    return "；".join(parts) + (f"（{rung['note']}）" if rung["note"] else "")


def _threshold(clause: Data) -> str:
    limit = clause["threshold"]
    if not limit:
        return ""
    totals = "或".join(map(str, limit["out_of"]))
    return f"：{limit['value']} {limit['unit']}（总分 {totals}）" if totals else f"：{limit['value']} {limit['unit']}"


def _marks(clause: Data) -> str:
    words = [Grade(clause["grade"]).label]
    if clause["notice"]:
        words.append(clause["notice"])
    return "，".join(words)


def _programme_lines(programmes: list[Data], order: str, title: str) -> Iterator[str]:
    if not programmes:
        return
    yield ""
    yield f"{title}（{order}，共 {len(programmes)} 行）"
    for row in programmes[:_MOST_PROGRAMMES]:
        quota = f"{row['quota']} 人" if row["quota"] is not None else "计划数缺失"
        reasons = f"  ← {'；'.join(row['reasons'])}" if row["reasons"] else ""
        yield f"  {row['school']} {row['major']} {quota} → {row['partner'] or '合作高校缺失'}{reasons}"
    if len(programmes) > _MOST_PROGRAMMES:
        yield f"  还有 {len(programmes) - _MOST_PROGRAMMES} 行，用 guantong programmes 查看。"


def _source(notice: Data) -> str:
    place = place_text(notice)
    return f"（{place}）" if place else ""

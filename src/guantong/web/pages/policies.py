"""The rules in public: decisions, clauses, values by cohort, and the cases that touch them."""

from __future__ import annotations

from guantong.policies.canonical import book_digest
from guantong.policies.cases import Case, CaseResult, run_cases
from guantong.policies.catalogue import book_json, clause_json, node_words, values_of_clause
from guantong.policies.law import Clause
from guantong.policies.rulebook import Rulebook
from guantong.web.page import Asked, Page


def policies_page(asked: Asked) -> Page:
    """Return the rulebooks with their decisions and clauses."""
    asked.only()
    contents = asked.desk.contents
    books = tuple(asked.desk.books.values())
    return Page(
        title="规则与条款",
        template="guantong/policies.html",
        context={
            "books": [
                {
                    "book": book,
                    "digest": book_digest(book),
                    "sources": [contents.source(name) for name in book.documents],
                    "rules": {name: sum(rule.decision == name for rule in book.rules) for name in book.decisions},
                    "cases": len(asked.desk.cases[book.id]),
                }
                for book in books
            ]
        },
        data=lambda: [book_json(book, contents.sources) for book in books],
    )


def clause_page(asked: Asked, book: str, clause: str) -> Page:
    """Return one clause: our paraphrase, whom it governs, its values and rules, and the cases that touch it."""
    asked.only()
    rulebook = asked.desk.book(book)
    found = rulebook.clause(clause)
    cases = touching(found, rulebook, asked.desk.cases[rulebook.id])
    rules = tuple(rule for rule in rulebook.rules if rule.clause == found.id)
    ids = list(rulebook.clauses)
    at = ids.index(found.id)
    return Page(
        title=f"{found.number} {found.title}",
        template="guantong/clause.html",
        context={
            "book": rulebook,
            "clause": found,
            "source": asked.desk.contents.source(found.place.document),
            "values": values_of_clause(found, rulebook),
            "rules": tuple(
                (rule, rulebook.decisions[rule.decision], node_words(rule.node, rulebook)) for rule in rules
            ),
            "meets": tuple(pair for pair in rulebook.precedences if found.id in (pair.first, pair.second)),
            "cases": cases,
            "before": rulebook.clauses[ids[at - 1]] if at else None,
            "after": rulebook.clauses[ids[at + 1]] if at + 1 < len(ids) else None,
        },
        data=lambda: {
            **clause_json(found, rulebook, asked.desk.contents.sources),
            "cases": [_case_json(result) for result in cases],
        },
    )


def cases_page(asked: Asked, book: str) -> Page:
    """Return every case of a rulebook with what it is answered."""
    asked.only()
    rulebook = asked.desk.book(book)
    results = run_cases(rulebook, asked.desk.cases[rulebook.id])
    groups = [
        (spec, [result for result in results if result.case.decision == spec.id])
        for spec in rulebook.decisions.values()
    ]
    return Page(
        title=f"{rulebook.title}的案例",
        template="guantong/cases.html",
        context={"book": rulebook, "groups": [(spec, found) for spec, found in groups if found]},
        data=lambda: [_case_json(result) for result in results],
    )


def touching(clause: Clause, book: Rulebook, cases: tuple[Case, ...]) -> tuple[CaseResult, ...]:
    """Return the cases in whose answer a rule of the clause is in force."""
    decisions = {rule.decision for rule in book.rules if rule.clause == clause.id}
    results = run_cases(book, (case for case in cases if case.decision in decisions))
    return tuple(
        result
        for result in results
        if any(finding.planned.clause.id == clause.id for finding in result.decision.findings)
    )


def _case_json(result: CaseResult) -> dict[str, object]:
    case = result.case
    return {
        "name": case.name,
        "cohort": case.cohort,
        "decision": case.decision,
        "input": dict(case.given),
        "expect": case.expect,
        "answer": result.answered,
        "words": result.decision.words,
    }

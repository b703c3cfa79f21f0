"""Rulebooks, one folder each: book.yaml, clauses.yaml, values.yaml, rules.py, cases.yaml."""

"""The heavy half of policies (成批): what needs numpy, under one name.

`guantong.policies` itself never imports numpy, so that a family's answer starts at once; doors that judge
whole tables import this module where they need it.
"""

from guantong.policies.bulk import TableReplay, replay_table, run_receipt
from guantong.policies.columns import People, TableFrame, columns_of, read_people
from guantong.policies.compare import ChangeRow, Comparison, ValueChange, compare, what_if
from guantong.policies.explain import Explanation, explain_table
from guantong.policies.table import TableAnswer, TableRun, decide_table
from guantong.policies.table_files import TableSummary, table_csv
from guantong.policies.verify import Verification, verify

__all__ = [
    "ChangeRow",
    "Comparison",
    "Explanation",
    "People",
    "TableAnswer",
    "TableFrame",
    "TableReplay",
    "TableRun",
    "TableSummary",
    "ValueChange",
    "Verification",
    "columns_of",
    "compare",
    "decide_table",
    "explain_table",
    "read_people",
    "replay_table",
    "run_receipt",
    "table_csv",
    "verify",
    "what_if",
]

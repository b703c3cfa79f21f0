"""The words and numbers of the synthetic rule set, for every contestant; no engine is imported here."""

from __future__ import annotations

COHORTS = tuple(range(2019, 2026))
SCORE_LINE = {2019: 500, 2020: 500, 2021: 500, 2022: 490, 2023: 490, 2024: 490, 2025: 380}
AGE_LIMIT = {2019: 18, 2020: 18, 2021: 18, 2022: 17, 2023: 17, 2024: 17, 2025: 17}
REPEAT_LIMIT = {2019: 2, 2020: 2, 2021: 2, 2022: 2, 2023: 1, 2024: 1, 2025: 1}
TRANSFER_LIMIT = {2019: 0, 2020: 0, 2021: 0, 2022: 0, 2023: 1, 2024: 1, 2025: 1}
VALUES = {
    "score_line": SCORE_LINE,
    "age_limit": AGE_LIMIT,
    "repeat_limit": REPEAT_LIMIT,
    "transfer_limit": TRANSFER_LIMIT,
}
CHOICES = {
    "household": ("beijing", "as_beijing", "migrant", "other"),
    "stage": ("secondary", "college", "undergraduate"),
    "status": ("active", "suspended", "withdrawn", "graduated"),
}
COUNTS = ("score", "age", "years_in_stage", "repeats", "transfers")
FLAGS = ("qualified", "passed")
VERDICTS = (
    "may_apply", "may_move_on", "may_repeat", "must_leave", "may_transfer", "may_suspend", "may_resume", "may_leave",
)  # fmt: skip
OUTCOMES = {
    "registered_at": ("school", "college", "university"),
    "certificate": ("secondary", "college", "undergraduate", "nothing"),
    "next_step": ("move_on", "repeat", "leave", "graduate"),
}
DECISIONS = (*VERDICTS, *OUTCOMES)
ONE_CASE = {
    "score": 500, "household": "beijing", "qualified": True, "age": 15, "stage": "secondary", "years_in_stage": 2,
    "passed": True, "repeats": 0, "transfers": 0, "status": "active",
}  # fmt: skip

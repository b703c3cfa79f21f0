"""A plan's own address: what a family said, written the same way wherever it is printed or sent."""

from __future__ import annotations

from urllib.parse import urlencode

from guantong.pathways.applicant import Applicant
from guantong.web.labels import plain


def plan_address(applicant: Applicant, site: str = "") -> str:
    """Return the address of an applicant's plan: nothing that was not said, and the cohort instead of today's grade."""
    eligible = {None: "", True: "yes", False: "no"}[applicant.exam_eligible]
    pairs = [
        ("cohort", str(applicant.cohort or "")),
        ("score", plain(applicant.score) if applicant.score is not None else ""),
        ("out_of", plain(applicant.out_of) if applicant.out_of is not None else ""),
        ("household", applicant.household or ""),
        ("exam_eligible", eligible),
        ("district", applicant.district),
        *(("interest", wish) for wish in applicant.interests),
        ("max_years", str(applicant.max_years or "")),
        ("target", applicant.target.value if applicant.target else ""),
        ("sort", applicant.sort.value if applicant.sort else ""),
    ]
    query = urlencode([pair for pair in pairs if pair[1]])
    return f"{site}/plan?{query}" if query else f"{site}/plan"

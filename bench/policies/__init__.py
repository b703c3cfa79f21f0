"""The table evaluator against its peers; run by `python -m bench policies`."""


def main(*, quick: bool = False) -> None:
    """Print the whole comparison."""
    from bench.policies.report import main as report

    report(quick=quick)

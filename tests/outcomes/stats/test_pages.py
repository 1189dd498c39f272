"""The worked examples of `docs/methods/` come out, and each statistic has its page."""

import doctest

import pytest

from outcomes import stats
from tests.architecture.project import PROJECT

_FOLDER = PROJECT / "docs" / "methods"
# The names that are the field's own; the others are explained on the page of progress.
_STATISTICS = (
    "proportion_wilson",
    "rate_byar",
    "directly_standardised_rate",
    "indirectly_standardised_ratio",
    "mean_t",
    "quantile_rank",
    "funnel_significance_proportion",
    "funnel_significance_ratio",
    "compare_with_benchmark",
    "recent_trend",
    "slope_index_of_inequality",
    "life_expectancy",
    "healthy_life_expectancy_sullivan",
    "change_between_periods",
    "non_overlapping_chain",
    "xmr_chart",
)


def tried_examples(page: str, name: str) -> int:
    """Run what a page says, and return how many lines that were."""
    parsed = doctest.DocTestParser().get_doctest(page, {}, name, name, 0)
    said: list[str] = []
    failed, tried = doctest.DocTestRunner(verbose=False).run(parsed, out=said.append)
    assert (failed, "".join(said)) == (0, "")
    return tried


@pytest.mark.parametrize("name", _STATISTICS)
def test_the_worked_example_of_a_statistic_comes_out(name):
    page = (_FOLDER / f"{name.replace('_', '-')}.md").read_text()

    assert tried_examples(page, name) > 1
    assert f"{getattr(stats, name).__name__}(" in page


def test_the_worked_example_of_progress_comes_out():
    page = (_FOLDER / "progress.md").read_text()
    parsed = doctest.DocTestParser().get_doctest(page, {}, "progress", "progress", 0)
    said: list[str] = []

    failed, tried = doctest.DocTestRunner(verbose=False).run(parsed, out=said.append)

    assert (failed, "".join(said)) == (0, "")
    assert tried > 10


def test_the_list_of_pages_names_them_all():
    page = (_FOLDER / "README.md").read_text()

    for name in _STATISTICS:
        assert f"[{name}]({name.replace('_', '-')}.md)" in page


def test_the_worked_example_of_the_mission_comes_out():
    page = (_FOLDER / "halving-the-gap.md").read_text()

    assert tried_examples(page, "mission") > 8

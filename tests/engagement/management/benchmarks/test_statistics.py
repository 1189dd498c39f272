"""The benchmark of statistics holds ours against expressions that give the same."""

from engagement.management.benchmarks import statistics


def test_each_statistic_is_measured_against_its_bare_expression():
    found = statistics.statistics(rows=200, times=1)

    assert [one.name for one in found] == ["200_wilson", "200_byar", "200_standardised_rates"]
    assert all(one.value > 0 and one.limit > 0 for one in found)

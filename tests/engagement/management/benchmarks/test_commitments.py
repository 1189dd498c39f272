"""What is measured of thousands of commitments is what happens among a few."""

from engagement.management.benchmarks import commitments
from engagement.models import Commitment


def test_the_lists_of_an_icb_are_measured_and_gone_afterwards(world):
    before = Commitment.objects.count()

    found = {one.name: one for one in commitments.commitment_lists(number=60, times=1)}

    assert list(found) == [
        "list_time_of_60_commitments",
        "list_queries_of_60_commitments",
        "updates_time_of_60_commitments",
        "updates_queries_of_60_commitments",
        "filtered_list_time_of_60_commitments",
        "list_for_programs_time_of_60_commitments",
    ]
    assert found["list_queries_of_60_commitments"].held
    assert found["updates_queries_of_60_commitments"].held
    assert Commitment.objects.count() == before

"""What is measured of many pairs is what happens among few."""

from engagement.management.benchmarks import engaged
from engagement.models import NationalPicture, Pick, PublishedPlacement


def test_a_small_country_is_measured_and_gone_afterwards(world):
    before = (NationalPicture.objects.count(), Pick.objects.count())

    found = {one.name: one for one in engaged.many_pairs(pairs=20)}

    assert list(found) == [
        "placements_recompute_of_20_pairs",
        "one_level_to_the_national_page_of_20_pairs",
        "one_placement_of_20_pairs",
        "national_page_time_of_20_pairs",
        "national_page_queries_of_20_pairs",
    ]
    assert found["national_page_queries_of_20_pairs"].held
    assert not PublishedPlacement.objects.filter(pair__board__slug__startswith="measured").exists()
    assert (NationalPicture.objects.count(), Pick.objects.count()) == before

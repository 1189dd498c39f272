"""What is unusual about a value, by worked examples."""

from datetime import date

import pytest

from outcomes.soft_checks import SeriesValue, SoftCheck, modified_z_score, warning_of


def of(year, value, **more):
    return SeriesValue(
        label=str(year),
        start_date=date(year, 1, 1),
        end_date=date(year + 1, 1, 1),
        value=value,
        **more,
    )


def years(*values, first=2010):
    return [of(first + number, value) for number, value in enumerate(values)]


def kind(arriving, known, beside=()):
    found = warning_of(arriving=arriving, known=known, beside=beside)
    return found and found.kind


def test_the_score_is_that_of_the_handbook():
    # Changes with median 1 and median absolute deviation 0.5: 0.6745 x (4.5 - 1) / 0.5.
    others = [0.5, 1.0, 1.5, 0.0, 1.0, 2.0, 1.5]

    assert modified_z_score(value=4.5, others=others) == pytest.approx(0.6745 * 3.5 / 0.5)


def test_where_most_changes_are_the_same_the_mean_deviation_stands_in():
    others = [1.0, 1.0, 1.0, 1.0, 2.0]

    assert modified_z_score(value=3.0, others=others) == pytest.approx(2 / (1.253314 * 0.2))


def test_from_changes_that_are_all_the_same_any_other_is_far():
    assert modified_z_score(value=0.1 + 0.2, others=[0.3] * 5) == 0
    assert modified_z_score(value=0.4, others=[0.3] * 5) == float("inf")


def test_without_others_there_is_no_score():
    with pytest.raises(ValueError, match="nothing to compare"):
        modified_z_score(value=1.0, others=[])


def test_a_change_as_large_as_those_before_is_usual():
    known = years(10, 14, 9, 15, 10, 16, 11)

    assert kind(of(2017, 16), known) is None


def test_a_change_beyond_those_before_is_outside_the_history():
    known = years(60.0, 60.4, 60.1, 60.6, 60.2, 60.5, 60.3)

    found = warning_of(arriving=of(2017, 66.0), known=known)

    assert found.kind == SoftCheck.OUTSIDE_HISTORY
    assert found.message == (
        "66 now, 60.3 in 2016: a change of +5.7, where it was -0.4 to +0.5 from period to period."
    )


@pytest.mark.parametrize(("value", "expected"), [(12.6, SoftCheck.JUMP), (12.5, None)])
def test_with_a_short_history_a_quarter_is_a_jump(value, expected):
    assert kind(of(2012, value), years(9, 10)) == expected


def test_a_new_series_has_no_history_to_differ_from():
    assert kind(of(2012, 99), [], beside=years(1, 2)) is None


def test_what_the_file_brings_beside_it_is_the_last_value():
    known, beside = years(10, 10), [of(2012, 20)]

    assert kind(of(2013, 20.5), known, beside) is None
    assert kind(of(2013, 20.5), known) == SoftCheck.JUMP


def test_periods_of_another_length_are_another_history():
    three_years = SeriesValue("2010 - 12", date(2010, 1, 1), date(2013, 1, 1), 100.0)

    assert kind(of(2013, 10), [three_years]) is None


def test_a_year_of_a_leap_day_is_a_year():
    assert kind(of(2013, 20), [of(2012, 10)]) == SoftCheck.JUMP


@pytest.mark.parametrize(
    ("arriving", "known", "expected"),
    [
        (of(2011, 0.0), [of(2010, 5.0)], SoftCheck.COUNT_TO_NOUGHT),
        (of(2011, 4.9, count=0), [of(2010, 5.0, count=12)], SoftCheck.COUNT_TO_NOUGHT),
        (of(2011, 0.0, count=0), [of(2010, 0.0, count=0)], None),
        (of(2011, 0.0), [of(2010, 0.0)], None),
    ],
)
def test_falling_to_nought_is_unusual(arriving, known, expected):
    assert kind(arriving, known) == expected


def test_a_provisional_value_in_place_of_a_final_one_is_unusual():
    final = of(2010, 5.0)

    assert kind(of(2010, 5.1, provisional=True), [final]) == SoftCheck.FINAL_BY_PROVISIONAL
    assert kind(of(2010, 5.0, provisional=True), [final]) == SoftCheck.FINAL_BY_PROVISIONAL
    assert kind(of(2010, 5.1, provisional=True), [of(2010, 5.0, provisional=True)]) is None


def test_a_value_that_is_there_already_is_usual_unless_it_is_less_final_now():
    provisional = of(2010, 5.0, provisional=True)

    assert kind(of(2010, 5.0), [provisional]) is None
    assert kind(provisional, [provisional]) is None
    assert kind(provisional, [of(2010, 5.0), provisional]) is None


def test_a_value_that_differs_from_a_published_one_is_unusual():
    published = of(2010, 5.0, published=True)

    found = warning_of(arriving=of(2010, 5.1), known=[published])

    assert found.kind == SoftCheck.PUBLISHED_CHANGED
    assert found.message == "5.1 now; 5 is published or approved."
    assert kind(of(2010, 5.0), [published]) is None
    assert kind(of(2010, 5.1), [of(2010, 5.0)]) is None


def test_a_value_that_is_withheld_now_and_published_there_is_unusual():
    published = of(2010, 5.0, published=True)

    found = warning_of(arriving=of(2010, None, note="suppressed"), known=[published])

    assert found.message == "no value (suppressed) now; 5 is published or approved."


def test_no_value_is_no_change():
    assert kind(of(2012, None, note="missing"), years(9, 10)) is None

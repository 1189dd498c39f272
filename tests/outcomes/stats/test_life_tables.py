"""Life expectancy and healthy life expectancy."""

import numpy as np
import pytest

from outcomes.stats import healthy_life_expectancy_sullivan, life_expectancy
from outcomes.stats.life_tables import BandsError
from tests.outcomes.stats import plain

PEOPLE = np.array(
    [3000, 12500, 16000, 16200, 15000, 15500, 17000, 18000, 17800, 16500,
     16000, 17500, 18200, 16000, 13500, 12000, 9500, 6500, 3800, 2000],
    dtype=float,
)  # fmt: skip
DEATHS = np.array(
    [12, 2, 1, 2, 4, 6, 9, 13, 18, 25, 37, 58, 92, 128, 175, 270, 360, 430, 440, 420], dtype=float
)


def test_both_implementations_agree_in_every_band():
    found = life_expectancy(deaths=DEATHS, population=PEOPLE)

    expected = plain.life_table(list(DEATHS), list(PEOPLE))
    np.testing.assert_allclose(found.value, [value for value, _ in expected])
    np.testing.assert_allclose(found.standard_error, [variance**0.5 for _, variance in expected])
    np.testing.assert_allclose(found.upper - found.value, 1.959963984540054 * found.standard_error)


# Where one person in fifty dies a year at every age, fifty years are left at every age.
def test_a_constant_risk_leaves_the_same_years_at_every_age():
    people = np.full(20, 100_000.0)

    found = life_expectancy(deaths=people / 50, population=people)

    np.testing.assert_allclose(found.value, 50, rtol=0.005)
    assert found.value[-1] == pytest.approx(50)


def test_many_populations_at_once_are_each_their_own():
    both = life_expectancy(
        deaths=np.stack([DEATHS, DEATHS * 2]), population=np.stack([PEOPLE, PEOPLE])
    )

    alone = life_expectancy(deaths=DEATHS * 2, population=PEOPLE)
    np.testing.assert_array_equal(both.value[1], alone.value)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (lambda d, p: p.__setitem__(3, 0), "no people"),
        (lambda d, p: d.__setitem__(3, -1), "fewer than nought deaths"),
        (lambda d, p: d.__setitem__(3, p[3] + 1), "more deaths than people"),
        (lambda d, p: d.__setitem__(19, 0), "no deaths at 90 and over"),
        (lambda d, p: d.__setitem__(0, np.nan), "missing"),
        (lambda d, p: (d.__imul__(0.01), p.__imul__(0.01)), "5,000 person-years or fewer"),
    ],
)
def test_what_is_not_calculated_says_why_and_breaks_no_other(change, reason):
    deaths, people = DEATHS.copy(), PEOPLE.copy()
    change(deaths, people)

    found = life_expectancy(
        deaths=np.stack([deaths, DEATHS]), population=np.stack([people, PEOPLE])
    )

    assert reason in found.reason[0]
    assert np.isnan(found.value[0]).all()
    assert found.reason[1] == ""
    assert np.isfinite(found.value[1]).all()


def test_limits_further_apart_than_twenty_years_leave_the_value_out():
    deaths, people = DEATHS / 60, PEOPLE / 60
    deaths[-1] = 0.02

    found = life_expectancy(deaths=deaths * 2, population=people * 2)

    wide = found.upper - found.lower > 20
    assert wide.any()
    assert np.isnan(found.value[wide]).all()
    assert np.isfinite(found.lower[wide]).all()


def test_a_band_in_which_nobody_died_adds_no_variance():
    deaths = DEATHS.copy()
    deaths[2] = 0

    found = life_expectancy(deaths=deaths, population=PEOPLE)

    assert found.value[0] == pytest.approx(plain.life_table(list(deaths), list(PEOPLE))[0][0])


def test_a_life_table_has_twenty_bands():
    with pytest.raises(BandsError, match="20 bands"):
        life_expectancy(deaths=[1] * 19, population=[10] * 19)


def test_everybody_healthy_makes_it_life_expectancy_and_nobody_makes_it_nought():
    years = life_expectancy(deaths=DEATHS, population=PEOPLE).value

    whole = healthy_life_expectancy_sullivan(
        deaths=DEATHS, population=PEOPLE, prevalence=np.ones(20)
    )
    none = healthy_life_expectancy_sullivan(
        deaths=DEATHS, population=PEOPLE, prevalence=np.zeros(20)
    )

    np.testing.assert_allclose(whole.value, years)
    np.testing.assert_array_equal(none.value, 0)
    assert np.isnan(whole.lower).all()


def test_healthy_years_are_lived_years_times_prevalence_and_limits_come_from_the_survey():
    healthy = np.linspace(0.98, 0.4, 20)
    asked = np.full(20, 400.0)

    found = healthy_life_expectancy_sullivan(
        deaths=DEATHS, population=PEOPLE, prevalence=healthy, sample=asked
    )

    years = [value for value, _ in plain.life_table(list(DEATHS), list(PEOPLE))]
    alive = [1.0]
    ages = [0, 1, *range(5, 95, 5)]
    for i in range(19):
        rate, width = DEATHS[i] / PEOPLE[i], ages[i + 1] - ages[i]
        part = 0.1 if i == 0 else 0.5
        alive.append(alive[-1] * (1 - width * rate / (1 + width * rate * (1 - part))))
    lived = [
        years[i] * alive[i] - (years[i + 1] * alive[i + 1] if i < 19 else 0) for i in range(20)
    ]
    assert found.value[0] == pytest.approx(sum(a * b for a, b in zip(lived, healthy, strict=True)))
    variance = sum(a * a * p * (1 - p) / 400 for a, p in zip(lived, healthy, strict=True))
    assert found.standard_error[0] == pytest.approx(variance**0.5)


def test_a_missing_prevalence_says_so():
    healthy = np.full(20, 0.8)
    healthy[4] = np.nan

    found = healthy_life_expectancy_sullivan(deaths=DEATHS, population=PEOPLE, prevalence=healthy)

    assert "prevalence" in found.reason
    assert np.isnan(found.value).all()

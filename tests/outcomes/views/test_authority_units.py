"""The page of an authority shows values in the unit by which they are read."""

import csv
import io
from dataclasses import replace

import pytest
from django.urls import reverse

from outcomes.actions import indicators
from outcomes.models import PeriodRow, ReleaseIndicator
from outcomes.queries.definitions import current_definition
from tests.factories.authorities import NationalMembershipFactory
from tests.factories.outcomes import NOW, IndicatorFactory, PeriodFactory, ReleaseFactory
from tests.outcomes.views.test_authority import get, publish, refresh, text_of

FIRST = "Years in good health."


def describe(indicator, *, text=FIRST, **facts):
    """Store a definition as an analyst does: the first version, or the next with a reason."""
    return indicators.change(
        indicator=indicator,
        definition=replace(
            current_definition(indicator=indicator),
            definition=text,
            source="ONS",
            licence="Open Government Licence v3.0",
            trend_eligible=False,
            trend_text="Its periods overlap",
            **facts,
        ),
        expected_version=indicator.version,
        reason="The publisher says so",
        by=NationalMembershipFactory().user,
        at=NOW,
    )


def of_year(year) -> PeriodRow:
    made: PeriodRow = PeriodFactory(
        label=f"{year}",
        kind="calendar years",
        start_date=f"{year}-01-01",
        end_date=f"{year + 1}-01-01",
    )
    return made


def under(indicator, version):
    release = ReleaseFactory(published_on="2026-05-01")
    ReleaseIndicator.objects.create(
        release=release, indicator=indicator, indicator_version=version, rows=1
    )
    return release


@pytest.fixture
def redefined(authority):
    """Ashby was published in years; then somebody made months of them."""
    first = describe(IndicatorFactory(code="hle", name="Healthy life", unit="years"))
    publish(first, "ashby", 60.4, period=of_year(2021), release=under(first, 1))
    publish(first, "england", 61.4, period=of_year(2021), release=under(first, 1))
    refresh(authority)
    second = describe(first, text="Months in good health.", unit="months")
    return second


def csv_rows(client, authority):
    answer = client.get(reverse("outcomes:indicator-csv", args=[authority.slug, "hle"]))
    return list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))


@pytest.mark.parametrize("recomputed", [False, True])
def test_values_keep_the_unit_by_which_they_came(client, authority, redefined, recomputed):
    if recomputed:
        refresh(authority)

    text = text_of(get(client, authority))

    assert "<strong>60.4 years, 2021</strong>" in text
    assert "Ashby, men, years: 60.4 in 2021" in text
    assert "months" not in text.casefold()
    assert FIRST in text
    assert (
        "These values came under version 1 of the definition and are read by it. Version 2 holds "
        "now; it counts for values that come later."
    ) in text
    assert {row["unit"] for row in csv_rows(client, authority)} == {"years"}


def test_a_value_that_came_under_the_new_definition_is_read_by_it(client, authority, redefined):
    publish(redefined, "ashby", 724.8, period=of_year(2022), release=under(redefined, 2))
    publish(redefined, "barrow", 60.9, period=of_year(2021), release=under(redefined, 1))
    refresh(authority)

    text = text_of(get(client, authority))

    assert "<strong>724.8 months, 2022</strong>" in text
    assert "<strong>60.9 years, 2021</strong>" in text
    assert "Ashby, men, months: 60.4 years in 2021, 724.8 in 2022." in text
    assert "read by version 1 of the definition, in years" in text.casefold()
    assert "These values came under version" not in text
    units = {(row["area"], row["period"]): row["unit"] for row in csv_rows(client, authority)}
    assert units["Ashby", "2021"] == "years"
    assert units["Ashby", "2022"] == "months"
    assert '"customdata": [" years", " months"]' in text


def test_a_change_that_reads_no_value_otherwise_is_not_said(client, authority):
    first = describe(IndicatorFactory(code="hle", unit="years"))
    publish(first, "ashby", 60.4, release=under(first, 1))
    describe(first, publication_lag_months=17)
    refresh(authority)

    assert "These values came under version" not in text_of(get(client, authority))

"""What is suppressed is nowhere: no page, drawing, hover text, file, API answer or audit row."""

import json
import re
from datetime import timedelta

import pytest
from django.db import connection
from django.urls import reverse

from authorities.models import AuditEvent, Body, Council
from outcomes.actions import approvals, indicator_pages, observations
from outcomes.models import Note
from tests.factories.authorities import UserFactory
from tests.factories.outcomes import (
    NOW,
    BreakdownFactory,
    IndicatorFactory,
    ObservationFactory,
    PeriodFactory,
    ReleaseFactory,
)
from tests.outcomes.rows import row

# Numbers that stand nowhere else, whole and as a page would round them. The population may be
# shown: it tells of nobody, and small ones are suppressed by a rule of their own.
VALUE, LOWER, UPPER, COUNT, PEOPLE = 73.21987, 61.35791, 84.46802, 3, 9157
TRACES = ("73.2", "61.3", "61.4", "84.4", "84.5", '"count":3', ",3.0,")


@pytest.fixture
def hidden(authority):
    """A small count was sent in and approved: the public copy holds nothing of it."""
    indicator = IndicatorFactory(code="small", fingertips_id=90362, suppress_counts_to=4)
    release = ReleaseFactory(body=authority, created_by=UserFactory(), created_at=NOW)
    observations.store(
        rows=[
            row(
                area=Council.objects.get(slug="ashby"),
                value=VALUE,
                lower_95=LOWER,
                upper_95=UPPER,
                count=COUNT,
                denominator=PEOPLE,
            )
        ],
        release=release,
        owner=authority,
        at=NOW,
    )
    approvals.approve(release_id=release.pk, by=UserFactory(), at=NOW + timedelta(days=1))
    indicator_pages.refresh(authority=authority, at=NOW)
    return indicator


def addresses(authority, day=""):
    area = [
        reverse(f"outcomes:{name}", args=["small", code])
        for name in ("indicator-area", "indicator-area-csv", "indicator-area-groups-csv")
        for code in ("E06000001", authority.codes.get().value)
    ]
    return [
        *area,
        reverse("outcomes:indicator-areas", args=["small"]) + "?kind=council",
        reverse("outcomes:indicator-areas-csv", args=["small"]) + "?kind=council",
        reverse("outcomes:authority", args=[authority.slug]),
        reverse("outcomes:indicator-csv", args=[authority.slug, "small"]),
        reverse("catalogue:indicator", args=["small"]),
        reverse("catalogue:releases"),
        reverse("catalogue:missing"),
        "/api/v1/observations/?indicator=small",
        "/api/v1/observations/?indicator=small&as_published=2026-11-28",
        "/api/v1/indicators/small/areas/E06000001/",
        "/api/v1/indicators/small/areas/E06000001/?as_published=2026-11-28",
    ]


def test_a_hidden_value_is_on_no_public_address(client, authority, hidden):
    suppressed = 0
    for address in addresses(authority):
        answer = client.get(address)
        text = answer.content.decode()
        assert answer.status_code == 200, address
        assert not [one for one in TRACES if one in text], address
        suppressed += "uppressed" in text

    assert suppressed > 5


def test_a_hidden_value_is_in_no_audit_row(authority, hidden):
    kept = json.dumps(list(AuditEvent.objects.values_list("detail", flat=True)), default=str)
    with connection.cursor() as cursor:
        cursor.execute("SELECT content::text FROM outcomes_authorityindicator WHERE NOT own")
        pages = str(cursor.fetchall())

    assert not [one for one in TRACES if one in kept + pages]


def test_nothing_is_drawn_where_a_value_is_suppressed(client, authority):
    indicator = IndicatorFactory(code="small")
    ashby = Body.objects.get(slug="ashby")
    for first, facts in (
        (2020, {"value": 60.0, "lower_95": 59.0, "upper_95": 61.0}),
        (2021, {"value": None, "note": Note.SUPPRESSED}),
    ):
        ObservationFactory(
            indicator=indicator,
            area=ashby,
            period=PeriodFactory(
                label=str(first), start_date=f"{first}-01-01", end_date=f"{first + 1}-01-01"
            ),
            breakdown=BreakdownFactory(),
            **facts,
        )

    page = client.get(reverse("outcomes:indicator-area", args=["small", "E06000001"]))
    listed = client.get(
        reverse("outcomes:indicator-areas", args=["small"]), {"kind": "council", "period": "2021"}
    )

    text = page.content.decode()
    svg = re.search(r"data-chart-fallback>(.*?)</svg>", text, re.DOTALL)[1]
    figure = json.loads(re.search(r'id="series-data" type="[^"]+">(.*?)</script>', text)[1])
    [line] = figure["data"]
    assert (svg.count('class="ind"'), svg.count('class="limits"')) == (1, 1)
    assert line["y"] == [60.0, None]
    assert line["error_y"]["array"][1] is line["error_y"]["arrayminus"][1] is None
    assert line["text"][1] == ""
    assert 'class="ind"' not in listed.content.decode()


def test_no_line_is_drawn_across_a_period_without_a_value(client, authority):
    """The sum of councils is not there where one is suppressed: the line ends and begins again."""
    indicator = IndicatorFactory(code="small")
    for slug, years in (("england", (2020, 2021, 2022)), ("ashby", (2020, 2022))):
        for first in years:
            ObservationFactory(
                indicator=indicator,
                area=Body.objects.get(slug=slug),
                period=PeriodFactory(
                    label=str(first), start_date=f"{first}-01-01", end_date=f"{first + 1}-01-01"
                ),
                breakdown=BreakdownFactory(),
            )

    text = client.get(
        reverse("outcomes:indicator-area", args=["small", "E06000001"])
    ).content.decode()

    figure = json.loads(re.search(r'id="series-data" type="[^"]+">(.*?)</script>', text)[1])
    own = re.findall(r'class="ser" d="([^"]*)"', text)[-1]
    assert [len(trace["x"]) for trace in figure["data"]] == [3, 3]
    assert figure["data"][0]["y"][1] is None
    assert (own.count("M"), own.count("L")) == (2, 0)

"""The page 'Who serves whom' and its files."""

import csv
import io
import re
from datetime import date
from typing import Any
from xml.etree import ElementTree

import pytest
from django.core.management import call_command
from django.test import Client

from authorities.actions.directory import LoadReport
from tests.authorities.views.test_directories import words
from tests.factories.thresholds import threshold_from

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

TODAY = "/geography/?as_at=2026-11-23"


@pytest.fixture
def areas_loaded(register_loaded: LoadReport) -> None:
    call_command("load_boundaries", verbosity=0, stdout=io.StringIO())


def drawn(html: str, kind: str) -> str:
    return html.split(f'class="app-{kind}"')[1].split("</svg>")[0]


def rows_of(client: Client, day: str) -> list[dict[str, str]]:
    response = client.get(f"/geography/pairs.csv?as_at={day}")
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    return list(csv.DictReader(io.StringIO(response.content.decode())))


@pytest.mark.parametrize(
    ("day", "said", "boards", "pairs"),
    [
        ("2026-03-31", "31 March 2026", 42, "30 pairs of existing authorities on 31 March 2026"),
        ("2026-04-01", "1 April 2026", 36, "29 pairs of existing authorities on 1 April 2026"),
        (
            "2026-11-23",
            "23 November 2026",
            36,
            "30 pairs of existing authorities and 3 of planned authorities",
        ),
    ],
)
def test_the_page_shows_one_geography_of_the_day(
    areas_loaded: None, client: Client, day: str, said: str, boards: int, pairs: str
) -> None:
    html = client.get(f"/geography/?as_at={day}").content.decode()
    seen = words(client, f"/geography/?as_at={day}")

    listed = set(re.findall(r'<a class="govuk-link" href="(/pairs/[^"]+)"', html))
    assert f"as on {said}" in seen
    assert f"How each of {boards} ICBs fits, {said}" in seen
    assert pairs in seen
    assert set(re.findall(r'<a href="(/pairs/[^"]+)"', drawn(html, "map"))) == listed
    assert len(listed) == sum(row["sliver"] == "false" for row in rows_of(client, day))
    assert "approximate boundaries : Approximate areas drawn from postcode locations" in seen


def test_classes_are_counted_with_denominators_and_said_in_words(
    areas_loaded: None, client: Client
) -> None:
    seen = words(client, TODAY)
    html = client.get(TODAY).content.decode()

    assert "Coterminous 3 of 30 existing pairs" in seen
    assert "Authority over several ICBs 12 of 30 existing pairs" in seen
    assert "Planned 3 of 34 overlaps" in seen
    assert "Sliver 1 of 34 overlaps" in seen
    assert "No pair 19 of 36 ICBs" in seen
    assert "Greater Essex with Essex Planned: coterminous 100% 100%" in seen
    assert "York and North Yorkshire with Lancashire and South Cumbria Sliver 0.7%" in seen
    patterns = set(re.findall(r"url\(#([^)]+)\)", html))
    assert {"m-fit-coterminous", "m-fit-planned", "m-fit-sliver", "p-fit-mixed"} <= patterns
    assert patterns <= set(re.findall(r'id="([^"]+)"', html))
    assert not re.search(r"\sstyle=", html)


def test_tiles_come_before_the_map_and_lead_to_pairs_or_rows(
    areas_loaded: None, client: Client
) -> None:
    html = client.get(TODAY).content.decode()

    targets = re.findall(r'<a href="([^"]+)"', drawn(html, "tiles"))
    anchors = [target[1:] for target in targets if target.startswith("#")]
    assert html.index('id="tile-h"') < html.index('id="map-h"')
    assert len(targets) == 23
    assert "authority-greater-london" in anchors
    assert all(html.count(f'id="{anchor}"') == 1 for anchor in anchors)
    assert "/pairs/greater-essex/essex/" in targets


def test_gaps_are_listed_with_people_and_shares(
    register_loaded: LoadReport, client: Client
) -> None:
    seen = words(client, TODAY)

    assert "Kent and Medway 1,877,417 100% None" in seen
    assert "Essex 1,877,531 100% 1,877,531" in seen
    assert "in the areas of 19 of 36 ICBs, of which 13 have no authority at all" in seen


def test_the_rules_stand_on_the_page_with_the_thresholds_of_the_settings(
    register_loaded: LoadReport, client: Client, settings: Any
) -> None:
    threshold_from(day=date(2026, 11, 23), share="0.035")
    settings.COTERMINOSITY_WHOLE_SHARE = 0.98

    seen = words(client, TODAY)

    assert "less than 3.5% of the authority’s people is a sliver" in seen
    assert "each has at least 98% of the other’s people" in seen


@pytest.mark.parametrize(
    ("day", "notice"),
    [
        ("2020-01-01", "The register of integrated care boards begins on 1 July 2022"),
        ("0001-01-01", "The register of integrated care boards begins on 1 July 2022"),
        ("9999-12-31", "This day lies ahead."),
    ],
)
def test_a_day_beyond_the_register_is_said(
    areas_loaded: None, client: Client, day: str, notice: str
) -> None:
    assert notice in words(client, f"/geography/?as_at={day}")


def test_without_boundaries_the_tables_remain(register_loaded: LoadReport, client: Client) -> None:
    seen = words(client, TODAY)

    assert "No boundaries are loaded for 23 November 2026" in seen
    assert "Greater Manchester Coterminous 100% 100%" in seen


@pytest.mark.parametrize("path", ["/geography/pairs.csv", "/geography/map.svg"])
def test_a_file_of_a_day_that_is_none_is_not_there(
    areas_loaded: None, client: Client, path: str
) -> None:
    assert client.get(f"{path}?as_at=yesterday").status_code == 404


def test_the_file_of_pairs_has_codes_flags_and_classes(
    register_loaded: LoadReport, client: Client
) -> None:
    rows = {(r["authority_slug"], r["icb_slug"]): r for r in rows_of(client, "2026-11-23")}

    assert len(rows) == 34
    pair = rows["greater-manchester", "greater-manchester"]
    assert (pair["authority_code"], pair["icb_ons_code"], pair["icb_ods_code"]) == (
        "E47000001",
        "E54000057",
        "QOP",
    )
    assert (pair["fit_code"], pair["fit"]) == ("coterminous", "Coterminous")
    assert (pair["sliver"], pair["planned"], pair["share_of_icb"]) == ("false", "false", "1.000000")
    sliver = rows["york-and-north-yorkshire", "lancashire-and-south-cumbria"]
    assert (sliver["sliver"], sliver["fit_code"], sliver["fit"]) == ("true", "", "Sliver")
    assert rows["greater-essex", "essex"]["planned"] == "true"
    assert "cluster_member" in rows["devon-and-torbay", "devon"]["warning_codes"]


def test_the_map_as_a_file_is_whole_with_its_key(areas_loaded: None, client: Client) -> None:
    response = client.get("/geography/map.svg?as_at=2026-03-31")

    text = response.content.decode()
    assert ElementTree.fromstring(response.content).tag.endswith("svg")  # noqa: S314 - ours
    assert response["Content-Type"] == "image/svg+xml"
    assert "Bodies as on 31 March 2026" in text
    assert "Coterminous: 3 of 30" in text
    assert set(re.findall(r"url\(#([^)]+)\)", text)) <= set(re.findall(r'id="([^"]+)"', text))
    assert "href" not in text

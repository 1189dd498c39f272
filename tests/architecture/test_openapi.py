"""The API keeps to what it documents, and no question in an address breaks the site."""

from typing import Any
from urllib.parse import urlencode

import pytest
from django.core.management import call_command
from django.test import Client
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.validation import validate_schema
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.architecture.addresses import Visitor
from tests.architecture.test_addresses import client_of
from tests.world import World

pytestmark = pytest.mark.slow

LISTS = (
    "/api/v1/strategic-authorities/",
    "/api/v1/icbs/",
    "/api/v1/pairs/",
    "/api/v1/bodies/",
    "/api/v1/codes/",
    "/api/v1/names/",
    "/api/v1/overlaps/",
    "/api/v1/changes/",
    "/api/v1/placements/",
    "/api/v1/rubrics/",
    "/api/v1/matrices/",
    "/api/v1/indicators/",
    "/api/v1/indicator-domains/",
    "/api/v1/indicator-sets/",
    "/api/v1/observations/",
    "/api/v1/frameworks/",
    "/api/v1/framework-targets/",
    "/api/v1/framework-counts/",
    "/api/v1/expert-reviews/",
    "/api/v1/progress/",
    "/api/v1/support-offers/",
    "/api/v1/practice-examples/",
)
# Lists that need a role.
MEMBERS_LISTS = (
    "/api/v1/returns/",
    "/api/v1/submissions/",
    "/api/v1/partner-views/",
    "/api/v1/lever-catalogue/",
    "/api/v1/levers/",
)
_AREAS = "/indicators/healthy-life-expectancy-at-birth/areas/"
# Pages that read the address, with what they read from it.
PAGES = {
    "/national/": ("round", "group", "region", "cluster", "tier", "movement", "level"),
    "/national/placements.csv": ("round", "group", "region"),
    "/national/map.svg": ("round", "group"),
    "/pairs/south-yorkshire/south-yorkshire/": ("round",),
    "/authorities/": ("as_at", "page"),
    "/icbs/": ("as_at", "page"),
    "/icbs/south-yorkshire/": ("as_at",),
    "/councils/": ("as_at", "page"),
    "/councils/sheffield/": ("as_at",),
    "/clusters/": ("as_at",),
    "/clusters/cornwall-devon/": ("as_at",),
    "/nhs-regions/": ("as_at",),
    "/nhs-regions/london/": ("as_at",),
    "/register/": ("as_at",),
    "/register/bodies.csv": ("as_at",),
    "/register/overlaps.csv": ("as_at",),
    "/authorities/south-yorkshire/": ("sex", "as_at"),
    "/authorities/south-yorkshire/commitments/": ("theme", "stage", "state", "flag", "page"),
    "/authorities/south-yorkshire/commitments/all/": (
        *("theme", "stage", "state", "flag", "partner", "page"),
    ),
    "/authorities/south-yorkshire/commitments.csv": ("theme", "stage", "state", "flag", "partner"),
    "/authorities/south-yorkshire/indicators/uploads/": ("page",),
    "/indicators/": ("q", "domain", "set", "polarity", "page"),
    "/progress/authorities/south-yorkshire/": ("status", "show", "sex"),
    "/progress/authorities/south-yorkshire/charts.csv": ("show", "sex"),
    "/progress/pairs/south-yorkshire/south-yorkshire/": ("status", "show", "sex"),
    "/indicators/catalogue.csv": ("q", "domain", "set", "polarity"),
    "/indicators/releases/": ("page",),
    "/mission/hle/": ("definition",),
    "/mission/hle/figures.csv": ("definition",),
    _AREAS: ("kind", "period", "sex", "age", "sort", "page", "as_published"),
    f"{_AREAS[:-1]}.csv": ("kind", "period", "sex", "age", "sort", "as_published"),
    f"{_AREAS}E08000039/": ("sex", "age", "breakdown", "comparator", "as_published"),
    f"{_AREAS}E08000039/values.csv": ("sex", "age", "comparator", "as_published"),
    f"{_AREAS}E08000039/groups.csv": ("breakdown", "breakdown_period", "as_published"),
    "/indicators/missing/": ("set", "authority", "page"),
    "/indicators/missing/missing.csv": ("set", "authority"),
    "/levers/": ("function", "page"),
    "/authorities/south-yorkshire/levers/": ("function", "state", "page"),
    "/pairs/south-yorkshire/south-yorkshire/commitments/new/": ("lever",),
    "/practice/": ("q", "theme", "function", "determinant", "page"),
    "/account/sign-in/": ("next",),
}
# What people and machines put into addresses, and what breaks careless readers of them.
WORDS = st.one_of(
    st.sampled_from(
        [
            *("", "\x00", "a\x00b", "0", "-1", "1e9", "nan", "inf", "²", "null", "None", "true"),
            *("9" * 30, "2026-02-30", "0001-01-01", "9999-12-31", "10000-01-01", "2026-04-01"),
            *("' OR 1=1 --", "%", "_", "\\", "<script>", "../..", "ٱ", "😀" * 20, "a" * 3000),
            *("south-yorkshire", "working", "published", "high", "not_assessed", "Female"),
        ]
    ),
    st.text(max_size=12),
    st.integers().map(str),
    st.dates().map(str),
)
FUZZ = settings(
    max_examples=25,
    deadline=None,
    derandomize=True,
    database=None,
    # The world is the same for every example, since nothing here writes.
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


def schema() -> dict[str, Any]:
    made: dict[str, Any] = SchemaGenerator().get_schema(request=None, public=True)
    return made


def documented_parameters(path: str) -> list[str]:
    operation = schema()["paths"][path]["get"]
    return [item["name"] for item in operation["parameters"] if item["in"] == "query"]


def documented_page(path: str) -> dict[str, Any]:
    whole = schema()
    answer = whole["paths"][path]["get"]["responses"]["200"]["content"]["application/json"]
    return _resolved(whole, answer["schema"])


def documented_fields(path: str) -> set[str]:
    row = _resolved(schema(), documented_page(path)["properties"]["results"]["items"])
    return set(row["properties"])


def _resolved(whole: dict[str, Any], node: dict[str, Any]) -> dict[str, Any]:
    if "$ref" not in node:
        return node
    found: dict[str, Any] = whole["components"]["schemas"][node["$ref"].rpartition("/")[2]]
    return found


def test_the_schema_is_made_without_a_warning(tmp_path: Any) -> None:
    call_command("spectacular", "--validate", "--fail-on-warn", "--file", tmp_path / "schema.yml")


def test_the_schema_is_sound_and_names_every_list() -> None:
    made = schema()

    validate_schema(made)

    assert {*LISTS, *MEMBERS_LISTS} <= set(made["paths"])


def test_only_what_bodies_send_is_written_and_each_write_says_what_it_takes() -> None:
    writes = {
        (method, path): operation
        for path, operations in schema()["paths"].items()
        for method, operation in operations.items()
        if method != "get"
    }

    assert {path.split("/")[3] for _, path in writes} == {
        "commitments",
        "levers",
        "partner-views",
        "pairs",
        "returns",
        "strategic-authorities",
        "uploads",
    }
    assert {method for method, _ in writes} == {"delete", "post", "put"}
    for operation in writes.values():
        assert "Idempotency-Key" in {one["name"] for one in operation["parameters"]}
        assert {"400", "401", "403", "404", "409", "422"} < set(operation["responses"])


def reader_of(path: str) -> Client:
    # To the centre, an authority's levers do not exist.
    if path == "/api/v1/levers/":
        return client_of(Visitor.OWN_EDITOR)
    return client_of(Visitor.ANALYST if path in MEMBERS_LISTS else Visitor.ANYBODY)


@pytest.mark.parametrize("path", [*LISTS, *MEMBERS_LISTS])
def test_a_list_answers_with_what_it_documents(path: str, world: World) -> None:
    body = reader_of(path).get(path, {"page_size": 3}).json()

    assert {"count", "next", "previous", "results"} < set(body)
    assert set(body) == set(documented_page(path)["properties"])
    assert "invented" in body["demonstration"]
    assert body["count"] >= len(body["results"]) > 0
    assert all(set(row) == documented_fields(path) for row in body["results"])


@pytest.mark.parametrize("path", [*LISTS, *MEMBERS_LISTS])
def test_a_list_gives_at_most_a_hundred_rows_and_each_row_once(path: str, world: World) -> None:
    client = reader_of(path)
    whole = client.get(path, {"page_size": 100}).json()
    page, size = [], max(1, min(7, whole["count"] // 2))
    numbers = range(1, min(2, whole["count"]) + 1)

    for number in numbers:
        page += client.get(path, {"page_size": size, "page": number}).json()["results"]

    assert len(whole["results"]) == min(100, whole["count"])
    assert page == whole["results"][: len(numbers) * size]
    assert len(client.get(path, {"page_size": 1000}).json()["results"]) <= 100


@pytest.mark.parametrize("path", [*LISTS, *MEMBERS_LISTS])
def test_no_question_breaks_a_list(path: str, world: World) -> None:
    names = [*documented_parameters(path), "nonsense", "\x00", "format"]
    clients = [client_of(Visitor.ANYBODY), client_of(Visitor.ANALYST)]

    @FUZZ
    @given(asked=st.dictionaries(st.sampled_from(names), WORDS, min_size=1, max_size=3))
    def ask(asked: dict[str, str]) -> None:
        for client in clients:
            response = client.get(f"{path}?{urlencode(asked, errors='replace')}")
            assert response.status_code in (200, 400, 401, 404), asked
            assert response.headers["Content-Type"].startswith("application/json")

    ask()


@pytest.mark.parametrize("path", PAGES)
def test_no_question_breaks_a_page(path: str, world: World) -> None:
    names = [*PAGES[path], "nonsense", "\x00"]
    client = client_of(Visitor.OWN_EDITOR if path != "/account/sign-in/" else Visitor.ANYBODY)

    @FUZZ
    @given(asked=st.dictionaries(st.sampled_from(names), WORDS, min_size=1, max_size=2))
    def ask(asked: dict[str, str]) -> None:
        response = client.get(f"{path}?{urlencode(asked, errors='replace')}")
        assert response.status_code in (200, 302, 400, 404, 422), asked

    ask()


@pytest.mark.parametrize(
    "path",
    [
        "/authorities/%00/",
        "/pairs/a%00/b/",
        "/icbs/%ff/",
        "/councils/%00/",
        "/clusters/nowhere/",
        "/nhs-regions/nowhere/",
        "/register/secrets.csv",
        "/indicators/%00/",
        "/indicators/sets/nowhere/",
        "/api/v1/icbs/%00/",
        "/api/v1/indicators/%00/",
        "/api/v1/observations/%00/",
        "/api/v1/observations/99999999999999999999999/",
        "/api/v1/pairs/00000000-0000-0000-0000-000000000000/",
        "/api/v1/returns/%00/",
        "/api/v1/submissions/none/",
        "/jobs/99999999999999999999999/run-again/",
        "/rounds/none/returns/none/",
        "/%00/",
        "/" + "a" * 5000 + "/",
    ],
)
def test_no_address_breaks_the_site(path: str, world: World) -> None:
    for visitor in (Visitor.ANYBODY, Visitor.ADMINISTRATOR):
        assert client_of(visitor).get(path).status_code in (302, 404, 405)

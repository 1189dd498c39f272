"""What happens is entered on the pages, added to a change and taken away."""

from datetime import date

import pytest
from django.urls import reverse

from authorities.actions.directory import LoadReport
from authorities.models import Body, Reorganisation, Role
from tests.authorities.views.changes import BOARDS, HEADING, MERGER, Centre, errors_of, page_of

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


_DAY = date(2027, 4, 1)


@pytest.fixture
def centre(register_loaded: LoadReport) -> Centre:
    return Centre.arrive()


def test_a_change_starts_with_its_heading_and_asks_what_happens(centre: Centre) -> None:
    response = centre.clients[Role.ANALYST].post(reverse("changes:new"), HEADING)

    made = Reorganisation.objects.get(origin="entered")
    assert response["Location"] == reverse("changes:operation-choose", args=[made.pk])
    assert (made.title, made.effective_date, made.what_if) == ("Merger in Yorkshire", _DAY, False)


@pytest.mark.parametrize(
    ("kind", "body_kind", "answers", "says"),
    [
        (
            "open",
            "strategic_authority",
            {"which": "planned", "planned": "greater-essex"},
            "Greater Essex is established.",
        ),
        (
            "open",
            "council",
            {"new_name": "North Council", "new_short_name": "North"},
            "North begins.",
        ),
        (
            "rename",
            BOARDS,
            {"body": "devon", "name": "NHS Deep Devon", "short_name": "Deep Devon"},
            "Devon ICB is called NHS Deep Devon.",
        ),
        (
            "recode",
            BOARDS,
            {"body": "devon", "scheme": "ods", "value": "qzz"},
            "Devon ICB takes the ODS code QZZ.",
        ),
        (
            "retype",
            "strategic_authority",
            {"body": "cumbria", "type": "combined_county_authority", "tier": "foundation"},
            "Cumbria becomes a foundation combined county authority.",
        ),
        (
            "merge",
            BOARDS,
            {"sources": ["devon"], "target_is": "there", "target": "somerset"},
            "Devon ICB ends, and Somerset ICB takes over.",
        ),
        (
            "cluster_start",
            BOARDS,
            {"members": ["kent-and-medway", "essex"], "cluster_is": "new", "name": "Estuary"},
            "Kent and Medway ICB and Essex ICB form the cluster Estuary.",
        ),
        ("cluster_end", BOARDS, {}, "ends."),
    ],
)
def test_what_happens_is_added_and_said_in_words(
    centre: Centre, kind: str, body_kind: str, answers: dict[str, object], says: str
) -> None:
    change = centre.draft()
    if kind == "cluster_end":
        answers = {"cluster": Body.objects.filter(kind="cluster").order_by("slug")[0].slug}

    response = centre.send(change, "operation-new", kind, body_kind, **answers)

    assert response.status_code == 302, errors_of(response)
    assert says in page_of(centre, change)


def test_a_transfer_names_its_areas(centre: Centre) -> None:
    change = centre.draft()
    query = "?source=west-yorkshire&target=south-yorkshire"
    asked = centre.clients[Role.ANALYST].get(
        reverse("changes:transfer-areas", args=[change.pk, BOARDS]) + query
    )
    place = [row.area.name for row in asked.context["form"].rows].index("Wakefield")

    response = centre.send(
        change,
        "transfer-areas",
        BOARDS,
        query=query,
        **{f"move_{place}": "on", f"percent_{place}": "12.5"},
    )

    assert response.status_code == 302
    said = page_of(centre, change)
    assert "Area moves from West Yorkshire ICB to South Yorkshire ICB." in said
    assert "12.5% of Wakefield (E08000036:1)" in said


def test_somebody_elses_change_keeps_what_was_typed(centre: Centre) -> None:
    change = centre.draft(*MERGER)
    seen = change.version
    centre.send(change, "edit", **{**HEADING, "title": "Quicker"})

    response = centre.send(change, "edit", version=seen, **{**HEADING, "title": "Slower"})

    assert response.status_code == 409
    text = response.content.decode()
    assert "Somebody else has changed this meanwhile" in text
    assert 'value="Slower"' in text
    change.refresh_from_db()
    assert change.title == "Quicker"
    assert f'value="{change.version}"' in text
    again = centre.send(change, "edit", **{**HEADING, "title": "Slower"})
    assert again.status_code == 302


def test_an_operation_is_taken_away_once_confirmed(centre: Centre) -> None:
    change = centre.draft(*MERGER)

    asked = centre.clients[Role.ANALYST].get(
        reverse("changes:operation-remove", args=[change.pk, 1])
    )
    response = centre.send(change, "operation-remove", 1)

    assert "Yorkshire ICB begins." in asked.content.decode()
    assert response.status_code == 302
    assert [row.kind for row in change.operations.all()] == ["merge"]
    assert "There is no ICB yorkshire" in page_of(centre, change)


def test_a_council_in_no_authority_joins_one(centre: Centre) -> None:
    change = centre.draft()
    bodies = centre.send(
        change, "operation-new", "transfer", "strategic_authority", target="west-yorkshire"
    )
    asked = centre.clients[Role.ANALYST].get(bodies["Location"])
    rows = asked.context["form"].rows
    place = [row.area.key for row in rows].index("leicester")

    response = centre.send(
        change,
        "transfer-areas",
        "strategic_authority",
        query="?" + bodies["Location"].partition("?")[2],
        **{f"move_{place}": "on"},
    )

    assert response.status_code == 302
    assert "Leicester joins West Yorkshire." in page_of(centre, change)
    assert all(row.percent is None for row in rows)

"""Bad input about changes is refused at entry, each with its own message at its own question."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from authorities.actions.directory import LoadReport
from authorities.models import Reorganisation, Role
from authorities.reorganisation.operations import Close
from tests.authorities.views.changes import BOARDS, HEADING, Centre, errors_of
from tests.factories.stored_changes import board, merger

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

_NEW = {
    "target_is": "new",
    "new_name": "NHS Yorkshire Integrated Care Board",
    "new_short_name": "Yorkshire",
    "new_group": "north-east-and-yorkshire",
}
_MERGE = {"sources": ["south-yorkshire", "west-yorkshire"]}


@pytest.fixture
def centre(register_loaded: LoadReport) -> Centre:
    return Centre.arrive()


def test_a_day_too_far_ahead_is_refused_at_the_start(centre: Centre) -> None:
    late = timezone.localdate() + timedelta(days=500)

    response = centre.clients[Role.ANALYST].post(
        reverse("changes:new"), {**HEADING, "effective_date": late.isoformat()}
    )

    assert response.status_code == 422
    assert "at most 12 months ahead" in errors_of(response)["effective_date"][0]
    assert b"A statement" in response.content
    assert not Reorganisation.objects.filter(origin="entered").exists()


@pytest.mark.parametrize(
    ("answers", "field", "says"),
    [
        ({**_NEW}, "sources", "Choose at least one ICB that ends"),
        (
            {**_MERGE, "target_is": "there", "target": "south-yorkshire"},
            "target",
            "South Yorkshire ICB cannot end and take over",
        ),
        ({**_MERGE, **_NEW, "new_ods_code": "QHM"}, "new_ods_code", "is of North East and North"),
        ({**_MERGE, **_NEW, "new_ons_code": "E5"}, "new_ons_code", "3 to 12 capital letters"),
        ({**_MERGE, **_NEW, "new_slug": "devon"}, "new_slug", "An address is never used again"),
        ({**_MERGE, **_NEW, "new_slug": "Not so"}, "new_slug", "small letters, figures"),
        ({**_MERGE, **_NEW, "new_name": ""}, "new_name", "Enter the name of the new ICB"),
        ({**_MERGE, "target_is": "there"}, "target", "Choose the ICB that takes over"),
    ],
)
def test_a_bad_merger_is_refused_where_it_is_wrong(
    centre: Centre, answers: dict[str, Any], field: str, says: str
) -> None:
    change = centre.draft()

    response = centre.send(change, "operation-new", "merge", BOARDS, **answers)

    assert response.status_code == 422
    assert says in " ".join(errors_of(response)[field])
    assert not change.operations.exists()


def test_a_body_is_in_one_pending_change_only(centre: Centre) -> None:
    centre.draft(*merger("devon", "dorset", into="wessex", name="Wessex"), title="The first")
    change = centre.draft()

    response = centre.send(
        change, "operation-new", "merge", BOARDS, **{**_NEW, "sources": ["devon", "somerset"]}
    )

    assert response.status_code == 422
    [said] = errors_of(response)["sources"]
    assert "Devon ICB is already part of the change “The first”. Apply or cancel that" in said


def test_a_body_cannot_end_on_the_day_it_opened(centre: Centre) -> None:
    change = centre.draft(on=date(2026, 4, 1))

    response = centre.send(
        change, "operation-new", "merge", BOARDS, **{**_NEW, "sources": ["essex", "devon"]}
    )

    assert response.status_code == 422
    assert "Essex ICB opened on 1 April 2026. Enter a later day" in " ".join(
        errors_of(response)["sources"]
    )


@pytest.mark.parametrize(
    ("kind", "body_kind", "answers", "field", "says"),
    [
        (
            "rename",
            BOARDS,
            {
                "body": "devon",
                "name": "NHS Devon Integrated Care Board",
                "short_name": "Devon",
            },
            "name",
            "called NHS Devon Integrated Care Board already",
        ),
        (
            "recode",
            BOARDS,
            {"body": "devon", "scheme": "ods", "value": "qhm"},
            "value",
            "The ODS code QHM is of North East and North Cumbria ICB",
        ),
        (
            "retype",
            "strategic_authority",
            {
                "body": "south-yorkshire",
                "type": "combined_authority",
                "tier": "established_mayoral",
            },
            "tier",
            "It has this type and tier already",
        ),
        ("cluster_end", BOARDS, {}, "cluster", "Choose the cluster"),
        (
            "cluster_start",
            BOARDS,
            {"members": ["south-yorkshire"], "cluster_is": "new", "name": "Alone"},
            "members",
            "at least two ICBs",
        ),
    ],
)
def test_other_operations_are_refused_where_they_are_wrong(
    centre: Centre, kind: str, body_kind: str, answers: dict[str, Any], field: str, says: str
) -> None:
    change = centre.draft()

    response = centre.send(change, "operation-new", kind, body_kind, **answers)

    assert response.status_code == 422
    assert says in " ".join(errors_of(response)[field])


def test_people_are_not_left_without_a_board(centre: Centre) -> None:
    change = centre.draft(Close(board("devon")))

    page = centre.clients[Role.ANALYST].get(reverse("changes:detail", args=[change.pk]))
    preview = centre.send(change, "preview-make")

    assert "would still have area. Give its area to somebody in the same change" in (
        page.content.decode()
    )
    assert preview.status_code == 422
    assert "Give its area to somebody" in preview.content.decode()
    change.refresh_from_db()
    assert change.state == "incomplete"


_SPLIT = {
    "source": "cheshire-and-merseyside",
    "target_1": "new",
    "target_1_name": "NHS Merseyside Integrated Care Board",
    "target_1_short_name": "Merseyside",
    "target_1_group": "north-west",
    "target_2": "greater-manchester",
    "primary": "1",
}


@pytest.mark.parametrize(
    ("answers", "field", "says"),
    [
        ({"target_2": ""}, "target_2", "Choose at least two bodies that take over."),
        ({"target_1": "greater-manchester"}, "target_2", "named twice"),
        ({"target_2": "cheshire-and-merseyside"}, "source", "cannot end and take over"),
        ({"primary": "4"}, "primary", "Choose which of the bodies"),
        ({"target_1_short_name": ""}, "target_1_short_name", "Enter the short name of the new ICB"),
        ({"target_1_ods_code": "QHM"}, "target_1_ods_code", "is of North East and North Cumbria"),
    ],
)
def test_a_bad_split_is_refused_before_its_areas_are_asked_for(
    centre: Centre, answers: dict[str, str], field: str, says: str
) -> None:
    change = centre.draft()

    response = centre.send(change, "operation-new", "split", BOARDS, **{**_SPLIT, **answers})

    assert response.status_code == 422
    assert says in " ".join(errors_of(response)[field])


def _split_areas(centre: Centre, change: Reorganisation) -> tuple[str, list[str]]:
    """Go on to the areas, and return the address's query and the names of the areas."""
    response = centre.send(change, "operation-new", "split", BOARDS, **_SPLIT)
    assert response.status_code == 302
    page = centre.clients[Role.ANALYST].get(response["Location"])
    return (
        "?" + response["Location"].partition("?")[2],
        [row.area.name for row in page.context["form"].rows],
    )


def test_shares_that_do_not_add_up_are_refused_in_their_row(centre: Centre) -> None:
    change = centre.draft()
    query, areas = _split_areas(centre, change)
    answers = {f"to_{n}": "merseyside" for n in range(len(areas))}
    place = areas.index("Wirral")
    answers |= {f"to_{place}": "divided", f"percent_{place}_0": "30", f"percent_{place}_1": "60"}

    response = centre.send(change, "split-areas", BOARDS, query=query, **answers)

    assert response.status_code == 422
    assert errors_of(response) == {
        f"percent_{place}_0": [
            "The percentages of Wirral add up to 90. Enter percentages that add up to 100"
        ]
    }
    assert b'value="30"' in response.content


@pytest.mark.parametrize(
    ("percents", "says"),
    [(("130", "-30"), "Enter more than 0 and at most 1"), (("many", ""), "enter a number")],
)
def test_a_share_is_a_percentage(centre: Centre, percents: tuple[str, str], says: str) -> None:
    change = centre.draft()
    query, areas = _split_areas(centre, change)
    answers = {f"to_{n}": "merseyside" for n in range(len(areas))}
    answers |= {"to_0": "divided", "percent_0_0": percents[0], "percent_0_1": percents[1]}

    response = centre.send(change, "split-areas", BOARDS, query=query, **answers)

    assert response.status_code == 422
    assert says in " ".join(errors_of(response)["percent_0_0"])


def test_an_area_that_nobody_takes_over_is_named(centre: Centre) -> None:
    change = centre.draft()
    query, areas = _split_areas(centre, change)
    answers = {f"to_{n}": "merseyside" for n in range(1, len(areas))}

    response = centre.send(change, "split-areas", BOARDS, query=query, **answers)

    assert response.status_code == 422
    assert errors_of(response) == {"to_0": [f"Choose who takes over {areas[0]}"]}


def test_who_takes_over_takes_something(centre: Centre) -> None:
    change = centre.draft()
    query, areas = _split_areas(centre, change)
    answers = {f"to_{n}": "merseyside" for n in range(len(areas))}

    response = centre.send(change, "split-areas", BOARDS, query=query, **answers)

    assert response.status_code == 422
    assert errors_of(response) == {"to_0": ["Choose the areas that go to Greater Manchester ICB."]}


def test_a_transfer_moves_something_to_another_body(centre: Centre) -> None:
    change = centre.draft()
    bodies = {"source": "devon", "target": "devon"}

    to_itself = centre.send(change, "operation-new", "transfer", BOARDS, **bodies)
    nothing = centre.send(
        change, "transfer-areas", BOARDS, query="?source=devon&target=somerset", percent_0="40"
    )

    assert errors_of(to_itself)["target"] == ["The area goes to where it is. Choose another body."]
    assert "Tick " in errors_of(nothing)["move_0"][0]


def test_what_is_not_of_the_register_is_no_choice(centre: Centre) -> None:
    change = centre.draft()

    response = centre.send(
        change, "operation-new", "rename", BOARDS, body="no-such", name="N", short_name="N"
    )
    nowhere = centre.clients[Role.ANALYST].get(
        reverse("changes:operation-new", args=[change.pk, "retype", BOARDS])
    )

    assert "body" in errors_of(response)
    assert nowhere.status_code == 404

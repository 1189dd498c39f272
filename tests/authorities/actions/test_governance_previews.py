"""The preview names what is on record of governance and ends: what it lists is what is done."""

import csv
import io
from datetime import date, timedelta
from typing import Any

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange
from django.urls import reverse
from django.utils import timezone

from authorities.models import (
    AuditEvent,
    DevolvedFunction,
    GovernanceSeat,
    HeldFunction,
    RecordedAgreement,
    Reorganisation,
    Role,
)
from authorities.queries.scheduled import announced_changes
from authorities.reorganisation.operations import Rename
from tests.authorities.views.changes import Centre
from tests.factories import reorganisations as change
from tests.factories.authorities import (
    OPENING,
    GovernanceSeatFactory,
    HeldFunctionFactory,
    RecordedAgreementFactory,
    since,
)

pytestmark = pytest.mark.django_db

_MODELS = (HeldFunction, GovernanceSeat, RecordedAgreement)
Key = tuple[str, str, str, str, str, str]


@pytest.fixture
def country() -> change.Country:
    """The small country, with governance of bodies that merge and of others."""
    made = change.small_country()
    HeldFunctionFactory(authority=made.north)
    HeldFunctionFactory(
        authority=made.north, function=DevolvedFunction.FIRE, valid=DateRange(None, None)
    )
    HeldFunctionFactory(authority=made.south, valid=since(timezone.localdate()))
    GovernanceSeatFactory(authority=made.north, board=made.mid)
    GovernanceSeatFactory(authority=made.south, board=made.east)
    RecordedAgreementFactory(authority=made.north, board=made.mid)
    RecordedAgreementFactory(authority=made.south, board=None, title="Older")
    return made


def stored() -> dict[int, tuple[Key, DateRange]]:
    """All that is on record of governance, by row, with the days on which it holds."""
    found: dict[int, tuple[Key, DateRange]] = {}
    for model in _MODELS:
        for row in model.objects.all():
            found[hash((model, row.pk))] = (_key(row), row.valid)
    return found


def _key(row: Any) -> Key:
    board = getattr(row, "board", None)
    kind = {HeldFunction: "function", GovernanceSeat: "seat", RecordedAgreement: "agreement"}
    what = {"function": "function", "seat": "kind", "agreement": "title"}[kind[type(row)]]
    return (
        kind[type(row)],
        str(getattr(row, what)),
        getattr(row, "holder", ""),
        row.authority.slug,
        board.slug if board else "",
        row.valid.lower.isoformat() if row.valid.lower else "",
    )


def previewed(made: Any) -> list[Key]:
    return [
        (
            *(line[name] for name in ("kind", "what", "holder", "authority_slug", "board_slug")),
            line["start"] or "",
        )
        for line in change.preview_of(made)["governance"]
    ]


@pytest.mark.parametrize(
    ("operations", "number"),
    [(change.boards_merge, 2), (change.mid_splits, 2), (change.authorities_merge, 6)],
)
def test_the_preview_lists_what_the_application_ends(
    country: change.Country, operations: Any, number: int
) -> None:
    made = change.scheduled(change.drafted(operations()))
    before = stored()

    assert change.apply_due() == 1

    after = stored()
    ended = sorted(key for row, (key, days) in before.items() if after[row][1] != days)
    listed = sorted(previewed(made))
    assert len(listed) == number
    assert listed == ended
    assert {after[row][1].upper for row in before if after[row] != before[row]} == {
        made.effective_date
    }
    told = [
        text
        for event in AuditEvent.objects.filter(action="body.closed")
        for text in event.detail["ended"]
    ]
    assert sorted(told) == sorted(" ".join(filter(None, key[:3])) for key in listed)


def test_a_preview_ends_nothing_itself(country: change.Country) -> None:
    before = stored()

    change.previewed(change.drafted(change.authorities_merge()))

    assert stored() == before


def test_a_change_that_ends_no_body_ends_no_governance(country: change.Country) -> None:
    rename = Rename(change.board("mid"), "New Mid", "New Mid")

    made = change.previewed(change.drafted([rename]))

    assert change.preview_of(made)["governance"] == []


def test_what_was_not_previewed_does_not_end(country: change.Country) -> None:
    made = change.scheduled(change.drafted(change.boards_merge()))
    late = GovernanceSeatFactory(authority=country.south, board=country.mid)

    assert change.apply_due() == 0

    made.refresh_from_db()
    late.refresh_from_db()
    assert made.state == "failed"
    assert "The register has changed since this change was previewed" in made.failure
    assert late.valid == since()


def test_what_ended_meanwhile_is_noticed(country: change.Country) -> None:
    made = change.scheduled(change.drafted(change.boards_merge()))
    GovernanceSeat.objects.filter(authority=country.north).update(
        valid=DateRange(OPENING, date(2026, 4, 1))
    )

    assert change.apply_due() == 0

    made.refresh_from_db()
    assert made.state == "failed"


def test_governance_of_others_may_change_between_preview_and_day(country: change.Country) -> None:
    made = change.scheduled(change.drafted(change.boards_merge()))
    HeldFunctionFactory(authority=country.south, function=DevolvedFunction.HOUSING)

    assert change.apply_due() == 1

    made.refresh_from_db()
    assert made.state == "applied"


def test_pages_and_file_tell_what_ends(country: change.Country) -> None:
    centre = Centre.arrive()
    day = timezone.localdate() + timedelta(days=30)
    made = change.previewed(change.drafted(change.authorities_merge(), on=day))
    client = centre.clients[Role.ANALYST]

    shown = client.get(reverse("changes:preview", args=[made.pk])).content.decode()
    line = client.get(reverse("changes:detail", args=[made.pk])).content.decode()
    file = client.get(reverse("changes:preview-governance-csv", args=[made.pk])).content.decode()

    counts = "3 functions held, 2 governance seats and 2 agreements"
    assert f"On record of bodies that end: {counts}." in shown
    assert f"{counts} that end with a body" in line
    assert '<a class="govuk-link" href="/icbs/mid/">' in shown
    rows = list(csv.DictReader(io.StringIO(file.lstrip("\ufeff"))))
    assert [(row["kind"], row["text"], row["authority_slug"]) for row in rows][:4] == [
        ("function", "Fire", "north"),
        ("function", "Transport", "north"),
        ("function", "Transport", "south"),
        ("seat", "Chair of the integrated care partnership: Mayor", "north"),
    ]
    assert {row["since"] for row in rows if row["what"] == "fire"} == {""}
    assert {(row["holder"], row["icb_slug"]) for row in rows if row["kind"] == "seat"} == {
        ("Mayor", "mid"),
        ("Mayor", "east"),
    }


def test_a_preview_of_before_says_that_it_did_not_look(country: change.Country) -> None:
    centre = Centre.arrive()
    day = timezone.localdate() + timedelta(days=30)
    made = change.scheduled(change.drafted(change.boards_merge(), on=day))
    old = change.preview_of(made)
    del old["governance"]
    Reorganisation.objects.filter(pk=made.pk).update(preview=old)
    client = centre.clients[Role.ANALYST]

    shown = client.get(reverse("changes:preview", args=[made.pk])).content.decode()

    assert "worked out before functions, seats and agreements were looked at" in shown
    assert announced_changes(as_at=timezone.localdate()).pair_ends["south", "mid"] == day


def test_a_change_that_ends_none_offers_no_file(country: change.Country) -> None:
    centre = Centre.arrive()
    made = change.previewed(change.drafted([Rename(change.board("mid"), "New Mid", "New Mid")]))

    shown = (
        centre.clients[Role.ANALYST]
        .get(reverse("changes:preview", args=[made.pk]))
        .content.decode()
    )

    assert "No function held, governance seat or agreement on record ends." in shown
    assert "governance.csv" not in shown

"""What is on record of governance ends with the body, and the audit says what ended."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange

from authorities.actions.directory import LoadReport
from authorities.actions.geography import Provenance, store_difference
from authorities.actions.governance import end_governance, told, within_lives
from authorities.actions.reorganisation_application import put_into_effect
from authorities.frozen_json import to_plain
from authorities.models import (
    AuditEvent,
    Body,
    DevolvedFunction,
    GovernanceSeat,
    HeldFunction,
    RecordedAgreement,
    Reorganisation,
    ReorganisationOperation,
)
from authorities.queries.geography import load_geography
from authorities.reorganisation.facts import AUTHORITY, BodyKey
from authorities.reorganisation.operations import Merge
from tests.authorities.conftest import LOADED_AT
from tests.factories.authorities import (
    OPENING,
    BoardFactory,
    GovernanceSeatFactory,
    HeldFunctionFactory,
    RecordedAgreementFactory,
    StrategicAuthorityFactory,
    UserFactory,
    between,
    since,
)

pytestmark = pytest.mark.django_db

ON = date(2027, 4, 1)
EARLIER = date(2026, 4, 1)
UNTIL_THEN = DateRange(OPENING, ON)


def close(body: Body) -> None:
    """Close the body on the day, as a reorganisation stores it."""
    before = load_geography()
    after = replace(
        before,
        bodies=tuple(
            replace(fact, closed=ON) if fact.key == BodyKey(body.kind, body.slug) else fact
            for fact in before.bodies
        ),
    )
    store_difference(
        before=before,
        after=after,
        provenance=Provenance(source="An order", certainty="high"),
        by=None,
        at=LOADED_AT,
    )


def test_a_board_that_closes_ends_its_seats_and_agreements() -> None:
    seat = GovernanceSeatFactory()
    agreement = RecordedAgreementFactory(board=seat.board, authority=seat.authority)
    of_the_authority_alone = RecordedAgreementFactory(
        authority=seat.authority, board=None, title="Older"
    )
    function = HeldFunctionFactory(authority=seat.authority)

    close(seat.board)

    for row in (seat, agreement, of_the_authority_alone, function):
        row.refresh_from_db()
    assert (seat.valid, agreement.valid) == (UNTIL_THEN, UNTIL_THEN)
    assert (of_the_authority_alone.valid, function.valid) == (since(), since())
    event = AuditEvent.objects.get(action="body.closed", body_id=seat.board.pk)
    assert event.detail == {"ended": ["seat icp_chair Mayor", "agreement Partnership agreement"]}


def test_an_authority_that_closes_ends_all_that_is_on_record_of_it() -> None:
    authority = StrategicAuthorityFactory()
    HeldFunctionFactory(authority=authority, valid=DateRange(None, None))
    GovernanceSeatFactory(authority=authority)
    RecordedAgreementFactory(authority=authority, board=None)
    other = HeldFunctionFactory()

    close(authority)

    assert HeldFunction.objects.get(authority=authority).valid == DateRange(None, ON)
    assert GovernanceSeat.objects.get().valid == UNTIL_THEN
    assert RecordedAgreement.objects.get().valid == UNTIL_THEN
    assert HeldFunction.objects.get(pk=other.pk).valid == since()
    event = AuditEvent.objects.get(action="body.closed", body_id=authority.pk)
    assert event.detail["ended"] == [
        "function transport",
        "seat icp_chair Mayor",
        "agreement Partnership agreement",
    ]


@pytest.mark.parametrize(
    "valid",
    [
        between(OPENING, EARLIER),
        between(OPENING, ON),
        since(ON),
        between(ON, ON + timedelta(days=90)),
        since(ON + timedelta(days=1)),
    ],
)
def test_what_ended_before_or_starts_later_is_left(valid: DateRange) -> None:
    function = HeldFunctionFactory(valid=valid)

    ended = end_governance(body=function.authority, on=ON)

    function.refresh_from_db()
    assert (function.valid, ended) == (valid, ())


def test_what_is_to_end_later_ends_with_the_body() -> None:
    function = HeldFunctionFactory(valid=between(OPENING, ON + timedelta(days=90)))
    HeldFunctionFactory(
        authority=function.authority, function=DevolvedFunction.FIRE, valid=since(EARLIER)
    )

    ended = end_governance(body=function.authority, on=ON)

    function.refresh_from_db()
    assert function.valid == UNTIL_THEN
    assert [told(fact) for fact in ended] == ["function fire", "function transport"]


def test_a_body_that_is_only_renamed_keeps_its_governance() -> None:
    function = HeldFunctionFactory()
    body = function.authority
    before = load_geography()
    [fact] = [fact for fact in before.bodies if fact.key == BodyKey(body.kind, body.slug)]

    store_difference(
        before=before,
        after=replace(before, bodies=(replace(fact, opened=EARLIER),)),
        provenance=Provenance(source="An order", certainty="high"),
        by=None,
        at=LOADED_AT,
    )

    function.refresh_from_db()
    assert function.valid == since()
    assert AuditEvent.objects.get(body_id=body.pk).detail == {}


@pytest.mark.parametrize(
    ("valid", "wanted"),
    [
        (since(), UNTIL_THEN),
        (DateRange(None, None), DateRange(None, ON)),
        (between(OPENING, EARLIER), between(OPENING, EARLIER)),
        (between(OPENING, ON + timedelta(days=9)), UNTIL_THEN),
        (since(ON), since(ON)),
    ],
)
def test_a_row_of_the_register_is_taken_in_as_the_closing_left_it(
    valid: DateRange, wanted: DateRange
) -> None:
    still_there = StrategicAuthorityFactory()
    board = BoardFactory(closed_on=ON)
    stored = GovernanceSeatFactory(authority=still_there, board=board, valid=valid)

    taken_in = within_lives(valid=valid, bodies=[still_there, board])
    end_governance(body=board, on=ON)

    stored.refresh_from_db()
    assert taken_in == wanted
    assert stored.valid == wanted


@pytest.mark.slow
def test_authorities_that_merge_leave_no_function_behind(register_loaded: LoadReport) -> None:
    source, target = BodyKey(AUTHORITY, "tees-valley"), BodyKey(AUTHORITY, "north-east")
    change = Reorganisation.objects.create(
        title="A merger",
        effective_date=ON,
        source="An order",
        certainty="medium",
        proposed_at=LOADED_AT,
        proposed_by=UserFactory(),
    )
    merger = Merge((source,), target)
    ReorganisationOperation.objects.create(
        reorganisation=change, position=1, kind=merger.kind, details=to_plain(value=merger)
    )
    change.refresh_from_db()
    held = HeldFunction.objects.filter(authority__slug=source.slug)
    others = HeldFunction.objects.exclude(authority__slug=source.slug)
    before = others.as_at(ON).count()

    put_into_effect(reorganisation=change, today=LOADED_AT.date(), by=None, at=LOADED_AT)

    assert held.as_at(ON).count() == 0
    assert held.as_at(ON - timedelta(days=1)).count() == held.count() > 0
    assert others.as_at(ON).count() == before

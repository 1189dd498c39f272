"""Functions, seats, agreements: one row a day each, of known kinds, and never of no day."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from authorities.models import (
    DevolvedFunction,
    GovernanceSeat,
    HeldFunction,
    RecordedAgreement,
    SeatKind,
)
from authorities.register_file import governance
from tests.factories.authorities import (
    OPENING,
    GovernanceSeatFactory,
    HeldFunctionFactory,
    RecordedAgreementFactory,
    between,
    since,
)

LATER = OPENING + timedelta(days=365)
NO_DAY = DateRange(OPENING, OPENING)


def function_twice() -> None:
    row = HeldFunctionFactory()
    HeldFunctionFactory(authority=row.authority, valid=since(LATER))


def seat_twice() -> None:
    row = GovernanceSeatFactory()
    GovernanceSeatFactory(authority=row.authority, board=row.board, valid=since(LATER))


def agreement_twice() -> None:
    row = RecordedAgreementFactory()
    RecordedAgreementFactory(authority=row.authority, valid=since(LATER))


def agreement_without_a_board_twice() -> None:
    row = RecordedAgreementFactory(board=None)
    RecordedAgreementFactory(authority=row.authority, board=None, valid=since(LATER))


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("rule", "break_it"),
    [
        ("function_held_once_a_day", function_twice),
        ("function_is_known", lambda: HeldFunctionFactory(function="magic")),
        ("function_held_for_a_day", lambda: HeldFunctionFactory(valid=NO_DAY)),
        ("seat_held_once_a_day", seat_twice),
        ("seat_kind_is_known", lambda: GovernanceSeatFactory(kind="throne")),
        ("seat_has_a_holder", lambda: GovernanceSeatFactory(holder="")),
        ("seat_held_for_a_day", lambda: GovernanceSeatFactory(valid=NO_DAY)),
        ("agreement_stands_once_a_day", agreement_twice),
        ("agreement_stands_once_a_day", agreement_without_a_board_twice),
        ("agreement_has_a_title", lambda: RecordedAgreementFactory(title="")),
        ("agreement_address_is_https", lambda: RecordedAgreementFactory(url="http://a.example")),
        ("agreement_address_is_https", lambda: RecordedAgreementFactory(url="javascript:1")),
        ("agreement_holds_for_a_day", lambda: RecordedAgreementFactory(valid=NO_DAY)),
    ],
)
def test_a_rule_that_is_broken_is_refused_by_name(
    rule: str, break_it: Callable[[], object]
) -> None:
    with pytest.raises(IntegrityError, match=rule), transaction.atomic():
        break_it()


@pytest.mark.django_db
def test_a_function_may_be_lost_and_given_again() -> None:
    row = HeldFunctionFactory(valid=between(OPENING, LATER))

    HeldFunctionFactory(authority=row.authority, valid=since(LATER + timedelta(days=1)))

    assert HeldFunction.objects.as_at(LATER).count() == 0
    assert HeldFunction.objects.as_at(date(2026, 1, 1)).count() == 1


@pytest.mark.django_db
def test_a_pair_may_have_two_joint_posts() -> None:
    row = GovernanceSeatFactory(kind=SeatKind.JOINT_POST, holder="Adviser")

    GovernanceSeatFactory(
        authority=row.authority, board=row.board, kind=SeatKind.JOINT_POST, holder="Director"
    )

    assert GovernanceSeat.objects.as_at(LATER).count() == 2


@pytest.mark.django_db
def test_an_agreement_may_be_made_again_and_be_of_no_board() -> None:
    row = RecordedAgreementFactory(board=None, valid=between(OPENING, LATER))

    RecordedAgreementFactory(
        authority=row.authority, url="https://agreement.example/text", valid=since(LATER)
    )
    RecordedAgreementFactory(authority=row.authority, board=None, title="Another")

    assert RecordedAgreement.objects.as_at(OPENING).count() == 2
    assert RecordedAgreement.objects.as_at(LATER).count() == 2


def test_the_register_knows_the_same_functions_and_seats_as_the_database() -> None:
    assert frozenset(DevolvedFunction.values) == governance._FUNCTIONS
    assert frozenset(SeatKind.values) == governance._SEATS

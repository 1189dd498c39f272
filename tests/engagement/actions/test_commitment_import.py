"""All rows of a file are proposed, or none; each partner is told once."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from authorities.actions import messages
from authorities.models import AuditEvent, Message, Notice
from engagement.actions import commitments
from engagement.actions.commitment_import import (
    Imported,
    Proposal,
    RowRefusedError,
    import_commitments,
)
from engagement.actions.commitment_money import Money
from engagement.actions.commitment_particulars import NOTHING_SAID
from engagement.models import Commitment, CommitmentMoney, Side, Visibility
from tests.engagement.commitment_people import People, people_of_a_pair
from tests.factories.authorities import PairFactory

pytestmark = pytest.mark.django_db
CHECKSUM = "0" * 64


@pytest.fixture
def people() -> People:
    return people_of_a_pair()


def proposal(people: People, row: int, **more: object) -> Proposal:
    return replace(
        Proposal(
            row=row,
            pair=people.pair,
            title=f"CANARY {row}",
            description="",
            own_owner="Head of health",
            other_owner="",
            particulars=NOTHING_SAID,
            visibility=Visibility.RESTRICTED,
            target_date=None,
            no_date_reason="No plan yet",
            lead=None,
            money=Money(source="icb", year=2026, amount=Decimal(5), prevention="yes"),
        ),
        **more,
    )


def imported(people: People, *rows: Proposal, checksum: str = CHECKSUM) -> Imported:
    return import_commitments(
        body=people.pair.authority,
        side=Side.AUTHORITY,
        proposals=rows,
        checksum=checksum,
        personal_reason="",
        by=people.by_role["authority_editor"],
        at=timezone.now(),
    )


def mails() -> list[Message]:
    messages.address_due(at=timezone.now() + timedelta(days=1))
    return list(Message.objects.filter(notice__kind="commitment.imported"))


@pytest.mark.parametrize(
    "wrong",
    [
        {"title": " "},
        {"own_owner": ""},
        {"no_date_reason": ""},
        {"money": Money(source="gold", year=2026, amount=None, prevention="yes")},
        {"money": Money(source="icb", year=1990, amount=None, prevention="yes")},
    ],
    ids=["title", "owner", "date", "source", "year"],
)
def test_one_row_that_an_action_refuses_stores_none(
    people: People, wrong: dict[str, object]
) -> None:
    rows = [proposal(people, 2), proposal(people, 3, **wrong)]

    with pytest.raises(RowRefusedError, match=r"^Row 3: .+ Nothing of the file was stored\.$"):
        imported(people, *rows)

    assert not Commitment.objects.exists()
    assert not Notice.objects.exists()
    assert not AuditEvent.objects.filter(action="commitments.imported").exists()


def test_of_one_file_only_what_is_not_stored_is_proposed(people: People) -> None:
    first, second = proposal(people, 2), proposal(people, 3)

    assert imported(people, first) == Imported(proposed=1, partners=1)
    assert imported(people, first, second) == Imported(proposed=1, partners=1)
    assert imported(people, first, second) == Imported(proposed=0, partners=0)

    assert Commitment.objects.count() == CommitmentMoney.objects.count() == 2


def test_another_file_has_other_keys(people: People) -> None:
    imported(people, proposal(people, 2))
    imported(people, proposal(people, 2), checksum="1" * 64)

    assert Commitment.objects.count() == 2


def test_a_partner_gets_one_mail_that_quotes_nothing_and_leads_to_the_pair(people: People) -> None:
    other = PairFactory(authority=people.pair.authority)
    imported(people, *(proposal(people, row) for row in (2, 3, 4)), proposal(people, 5, pair=other))

    found = mails()

    of_board = {people.by_role["board_editor"], people.by_role["board_signatory"]}
    assert {mail.recipient for mail in found} == of_board
    assert len(found) == 2
    slugs = [people.pair.authority.slug, people.pair.board.slug]
    assert reverse("commitments:pair", args=slugs) in found[0].text
    assert "several joint commitments" in found[0].text
    assert "CANARY" not in found[0].text


def test_where_one_is_left_to_answer_the_mail_leads_to_it(people: People) -> None:
    imported(people, proposal(people, 2), proposal(people, 3))
    answered, waiting = Commitment.objects.order_by("title")
    commitments.decline(
        commitment=answered,
        side=Side.BOARD,
        reason="No",
        by=people.by_role["board_signatory"],
        at=timezone.now(),
    )

    found = mails()

    assert {reverse("commitments:detail", args=[waiting.pk]) in mail.text for mail in found} == {
        True
    }


def test_where_all_are_answered_nobody_is_written_to(people: People) -> None:
    imported(people, proposal(people, 2), proposal(people, 3))
    for row in Commitment.objects.all():
        commitments.decline(
            commitment=row,
            side=Side.BOARD,
            reason="No",
            by=people.by_role["board_signatory"],
            at=timezone.now(),
        )

    assert mails() == []

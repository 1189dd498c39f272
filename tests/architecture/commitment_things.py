"""What stands in the addresses of a commitment's steps: what the authority asked of the ICB."""

import uuid
from datetime import timedelta

from django.utils import timezone

from authorities.models import Pair, User
from engagement.actions import commitment_answers as answers
from engagement.actions.commitment_money import withdraw
from engagement.actions.commitment_particulars import Particulars, describe
from engagement.commitment_lifecycle import Event
from engagement.models import Commitment, CommitmentStatus, Side, Visibility
from tests.architecture.addresses import Visitor
from tests.factories.commitment_terms import MoneyFactory
from tests.factories.engagement_commitments import (
    AgreedCommitmentFactory,
    ChangeFactory,
    ClosureFactory,
    CommitmentFactory,
    CommitmentUpdateFactory,
    UpdateDraftFactory,
)


def commitment_things(*, pair: Pair, by: User) -> dict[str, str]:
    """Return commitments of the pair: one to change, one to close, and one with an update."""
    now = timezone.now()
    changed: Commitment = AgreedCommitmentFactory(pair=pair, title="A promise to change")
    change = answers.propose_change(
        commitment=changed,
        side=Side.AUTHORITY,
        terms=answers.Terms(
            title="A promise in other words",
            description="",
            target_date=changed.target_date,
            no_date_reason="",
            visibility=Visibility.RESTRICTED,
        ),
        reason="The first words were not clear.",
        form_key=uuid.uuid4(),
        by=by,
        at=now,
    )
    closing: Commitment = AgreedCommitmentFactory(pair=pair, title="A promise to close")
    closure = answers.propose_closure(
        commitment=closing,
        side=Side.AUTHORITY,
        final_status=CommitmentStatus.MET,
        ending="It is done.",
        form_key=uuid.uuid4(),
        by=by,
        at=now,
    )
    update = CommitmentUpdateFactory(
        commitment=AgreedCommitmentFactory(pair=pair, title="A promise with an update"),
        side=Side.AUTHORITY,
    )
    sent_back = CommitmentUpdateFactory(
        commitment=AgreedCommitmentFactory(pair=pair, title="A promise to say more of"),
        side=Side.AUTHORITY,
    )
    for email in (Visitor.OWN_EDITOR, Visitor.BOARD_EDITOR):
        person = User.objects.get(email=email)
        side = Side.AUTHORITY if email == Visitor.OWN_EDITOR else Side.BOARD
        UpdateDraftFactory(commitment=update.commitment, side=side, by=person)
    answers.send_back(update=sent_back, side=Side.BOARD, comment="Which councils?", by=by, at=now)
    promised = update.commitment
    described = describe(
        commitment=promised,
        side=Side.AUTHORITY,
        particulars=Particulars(stage="output", theme="housing"),
        own_owner="Head of homes",
        seen=promised.version,
        by=by,
        at=now,
    )
    money = MoneyFactory(commitment=described, purpose="Two posts on the coast")
    withdraw(
        line=MoneyFactory(commitment=described, year=2027),
        side=Side.AUTHORITY,
        reason="Stated in another commitment.",
        by=by,
        at=now,
    )
    return {
        "commitment_money": str(money.pk),
        "changed_commitment": str(changed.pk),
        "commitment_change": str(change.pk),
        "closing_commitment": str(closing.pk),
        "commitment_closure": str(closure.pk),
        "updated_commitment": str(update.commitment_id),
        "commitment_update": str(update.pk),
    }


def more_commitments(*, pair: Pair) -> None:
    """Give every pair of both bodies many commitments, with all that can be asked of them."""
    now = timezone.now()
    pairs = Pair.objects.filter(authority=pair.authority) | Pair.objects.filter(board=pair.board)
    editors = {
        Side.AUTHORITY: User.objects.get(email=Visitor.OWN_EDITOR),
        Side.BOARD: User.objects.get(email=Visitor.BOARD_EDITOR),
    }
    for number in range(6):
        for each in pairs:
            day = now.date() + timedelta(days=20 + number)
            CommitmentFactory(
                pair=each, target_date=day, proposed_at=now, proposed_side=Side.AUTHORITY
            )
            changed = AgreedCommitmentFactory(pair=each, target_date=day, decided_at=now)
            ChangeFactory(commitment=changed, target_date=day + timedelta(days=90))
            ClosureFactory(commitment__pair=each)
            for side in Side:
                CommitmentUpdateFactory(commitment=changed, side=side, at=now)
                UpdateDraftFactory(commitment=changed, side=side, by=editors[side])
    # One of them went through much.
    busy = Commitment.objects.get(title="A promise with an update", pair=pair)
    person = busy.proposed_by
    for number in range(8):
        update = CommitmentUpdateFactory(
            commitment=busy, side=Side.AUTHORITY, at=now + timedelta(minutes=number)
        )
        answers.send_back(update=update, side=Side.BOARD, comment="Which?", by=person, at=now)
        change = ChangeFactory(commitment=busy, title=f"In words {number}")
        answers.answer(
            event=Event.REFUSE_CHANGE,
            asked=change,
            side=Side.AUTHORITY,
            reason="No",
            by=person,
            at=now,
        )

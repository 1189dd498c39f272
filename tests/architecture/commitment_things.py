"""What stands in the addresses of a commitment's steps: what the authority asked of the ICB."""

import uuid

from django.utils import timezone

from authorities.models import Pair, User
from engagement.actions import commitment_answers as answers
from engagement.models import Commitment, CommitmentStatus, Side
from tests.factories.engagement_commitments import AgreedCommitmentFactory, CommitmentUpdateFactory


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
    answers.send_back(update=sent_back, side=Side.BOARD, comment="Which councils?", by=by, at=now)
    return {
        "changed_commitment": str(changed.pk),
        "commitment_change": str(change.pk),
        "closing_commitment": str(closing.pk),
        "commitment_closure": str(closure.pk),
        "updated_commitment": str(update.commitment_id),
        "commitment_update": str(update.pk),
    }

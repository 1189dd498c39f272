"""What the centre has done so far with the invented returns of the open round."""

import uuid
from collections.abc import Mapping
from datetime import datetime, timedelta

from authorities.actions import memberships
from authorities.models import Role, User
from duty.actions import answers, review, sign_off
from duty.models import Answer, DutyReturn, Round, Section
from duty.questions import Answer as Given
from engagement.management.demonstration.sections import complete_section

_ACCEPTED = "tees-valley"
_SENT_BACK = "liverpool-city-region"
_CAME_AGAIN = "east-midlands"
REOPENED = "west-yorkshire"
_WHY = "Say on which boards the ICB’s people sit, and since when."
_WHY_REOPENED = "West Yorkshire found a post that its answers leave out, and asked for its return."
_NEW = "The ICB’s director of strategy has sat on the skills and health boards since May."


def fill(*, round: Round, people: Mapping[str, User], by: User, at: datetime) -> None:
    """Accept one return, reopen one, send another back, and let one come again with a change."""
    analyst = people["analyst@dhsc.example"]
    made = {
        row.authority.slug: row
        for row in DutyReturn.objects.filter(round=round).select_related("authority")
    }
    accepted = made[_ACCEPTED]
    review.accept(duty_return=accepted, expected_version=accepted.version, by=analyst, at=at)
    reopened = made[REOPENED]
    review.reopen(
        duty_return=reopened,
        reason=_WHY_REOPENED,
        expected_version=reopened.version,
        by=analyst,
        at=at,
    )
    for slug in (_SENT_BACK, _CAME_AGAIN):
        review.request_changes(
            duty_return=made[slug],
            reason=_WHY,
            sections=[Section.CO_OPERATION],
            expected_version=made[slug].version,
            by=analyst,
            at=at,
        )
    _come_again(made[_CAME_AGAIN], by=by, at=at + timedelta(hours=1))


def _come_again(made: DutyReturn, *, by: User, at: datetime) -> None:
    # The demonstration's author acts for this authority once more, and no longer.
    lent = memberships.grant(person=by, body=made.authority, role=Role.SIGNATORY, by=None, at=at)
    stored = Answer.objects.get(duty_return=made, question__code="CO5")
    answers.save_answer(
        duty_return=made,
        question="CO5",
        board=None,
        answer=Given(value={"text": _NEW}),
        evidence=(),
        expected_version=stored.version,
        by=by,
        at=at,
    )
    complete_section(made, section=Section.CO_OPERATION, by=by, at=at)
    sign_off.send_for_sign_off(duty_return=made, by=by, at=at)
    sign_off.sign_and_submit(
        duty_return=made,
        declaration_ticked=True,
        form_key=uuid.uuid4(),
        by=by,
        at=at,
        clock=lambda: at,
    )
    memberships.end(membership=lent, by=by, at=at + timedelta(minutes=20))

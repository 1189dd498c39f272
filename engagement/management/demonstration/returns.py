"""Invented returns of the demonstration's two rounds."""

import uuid
from collections.abc import Mapping
from datetime import datetime, timedelta

from authorities.actions import memberships
from authorities.models import Role, StrategicAuthority, User
from duty.actions import answers, returns, sign_off
from duty.actions.answers import EvidenceLink
from duty.actions.clock import invented_past
from duty.models import DutyReturn, Round, Section
from duty.queries.loaded import load
from duty.questions import EvidenceNeed
from engagement.management.demonstration import reviews
from engagement.management.demonstration.answers import answer
from engagement.management.demonstration.sections import complete_section

# Whose returns an account of the demonstration writes and signs.
_ACCOUNTS = ("south-yorkshire", "york-and-north-yorkshire")
# A few more have come in, in both rounds: enough to show, quick to load.
_EARLY = ("greater-manchester", "liverpool-city-region", "tees-valley", "east-midlands")
_EVIDENCE = EvidenceLink(
    url="https://example.org/demonstration/evidence", title="Demonstration evidence", pages="4, 9"
)


def fill(
    *, round: Round, people: Mapping[str, User], by: User, at: datetime, complete: bool
) -> None:
    """Write returns: all are signed in a complete round; in an open one, the accounts' wait.

    Of the open round's, the centre has reviewed some.
    """
    with invented_past():
        _fill(round=round, people=people, by=by, at=at, complete=complete)


def _fill(
    *, round: Round, people: Mapping[str, User], by: User, at: datetime, complete: bool
) -> None:
    for expected in round.expected_returns.select_related("authority").order_by("authority__slug"):
        authority = expected.authority
        if authority.slug in _ACCOUNTS:
            editor = people[f"editor@{authority.slug}.example"]
            signatory = people[f"signatory@{authority.slug}.example"]
        elif authority.slug in _EARLY:
            editor = signatory = by
        else:
            continue
        _return(
            round=round,
            authority=authority,
            editor=editor,
            signatory=signatory,
            at=at,
            signed=complete or authority.slug not in _ACCOUNTS,
        )
    if not complete:
        reviews.fill(round=round, people=people, by=by, at=at + timedelta(hours=2))


def _return(
    *,
    round: Round,
    authority: StrategicAuthority,
    editor: User,
    signatory: User,
    at: datetime,
    signed: bool,
) -> None:
    lent = None
    signed_at = at + timedelta(minutes=20)
    if editor == signatory:
        # The demonstration's author acts for this authority while it is filled, and no longer.
        lent = memberships.grant(person=editor, body=authority, role=Role.SIGNATORY, by=None, at=at)
    # Whoever looks around may bring answers over: invented ones are written into empty returns.
    made = returns.start(round_=round, authority=authority, bring_over=False, by=editor, at=at)
    if signed:
        for section in Section:
            _section(made, section=section, by=editor, at=at)
        sign_off.send_for_sign_off(duty_return=made, by=editor, at=at)
        sign_off.sign_and_submit(
            duty_return=made,
            declaration_ticked=True,
            form_key=uuid.uuid4(),
            by=signatory,
            at=signed_at,
            clock=lambda: signed_at,
        )
    elif authority.slug == "south-yorkshire":
        _section(made, section=Section.ABOUT, by=editor, at=at)
        _section(made, section=Section.HEALTH_TEAM, by=editor, at=at)
        _answers(made, section=Section.CO_OPERATION, by=editor, at=at, most=2)
    else:
        for section in Section:
            _section(made, section=section, by=editor, at=at)
        sign_off.send_for_sign_off(duty_return=made, by=editor, at=at)
    if lent is not None:
        memberships.end(membership=lent, by=editor, at=at + timedelta(hours=1))


def _answers(
    made: DutyReturn, *, section: str, by: User, at: datetime, most: int | None = None
) -> None:
    loaded = load(round_=made.round, authority=made.authority)
    slots = [
        slot
        for slot in loaded.slots
        if slot.question.specification == section and not slot.question.derived
    ]
    for slot in slots[:most]:
        wanted = slot.question.evidence.need not in (EvidenceNeed.NONE, EvidenceNeed.OPTIONAL)
        answers.save_answer(
            duty_return=made,
            question=slot.question.code,
            board=slot.key.board,
            answer=answer(question=slot.question, on=made.round.covers_to),
            evidence=(_EVIDENCE,) if wanted else (),
            expected_version=0,
            by=by,
            at=at,
        )


def _section(made: DutyReturn, *, section: str, by: User, at: datetime) -> None:
    _answers(made, section=section, by=by, at=at)
    complete_section(made, section=section, by=by, at=at)

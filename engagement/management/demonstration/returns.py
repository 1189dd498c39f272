"""Invented returns of the demonstration's rounds: one in each state, and what came before it."""

import uuid
from collections.abc import Mapping
from datetime import datetime, timedelta
from enum import Enum, auto

from authorities.actions import memberships
from authorities.models import Role, StrategicAuthority, User
from duty.actions import answers, returns, round_bodies, sign_off
from duty.actions.answers import EvidenceLink
from duty.actions.clock import invented_past
from duty.models import DutyReturn, Round, Section
from duty.queries.loaded import load
from duty.questions import EvidenceNeed
from engagement.management.demonstration import reviews
from engagement.management.demonstration.answers import answer
from engagement.management.demonstration.sections import complete_section


class _Stage(Enum):
    """How far a return is told."""

    BEGUN = auto()
    HALF_DONE = auto()
    WAITING = auto()
    DECLINED = auto()
    SIGNED = auto()


# Whose returns an account of the demonstration writes and signs.
_ACCOUNTS = ("south-yorkshire", "york-and-north-yorkshire", "north-east")
# A few more have come in, in both rounds: enough to show, quick to load.
_EARLY = ("greater-manchester", "liverpool-city-region", "tees-valley", "east-midlands")
_IN_TIME = dict.fromkeys(("south-yorkshire", "york-and-north-yorkshire", *_EARLY), _Stage.SIGNED)
# All others did not start one.
_PUBLISHED = {**_IN_TIME, "west-midlands": _Stage.BEGUN}
_OPEN = {
    **_IN_TIME,
    "south-yorkshire": _Stage.HALF_DONE,
    "york-and-north-yorkshire": _Stage.WAITING,
    "north-east": _Stage.DECLINED,
    reviews.REOPENED: _Stage.SIGNED,
}
_DECLINED_FOR = "Say until when the set-up funding of the health team lasts."
_EXTENDED = "north-east"
_EXTENDED_FOR = "The only signatory was away for two weeks, and nobody else may sign."
_EVIDENCE = EvidenceLink(
    url="https://example.org/demonstration/evidence", title="Demonstration evidence", pages="4, 9"
)


def fill(
    *, round: Round, people: Mapping[str, User], by: User, at: datetime, complete: bool
) -> None:
    """Write returns: as many are signed as came in in a complete round; the open one's vary.

    Of the open round's, the centre has reviewed some.
    """
    with invented_past():
        _fill(round=round, people=people, by=by, at=at, complete=complete)


def _fill(
    *, round: Round, people: Mapping[str, User], by: User, at: datetime, complete: bool
) -> None:
    stages = _PUBLISHED if complete else _OPEN
    for expected in round.expected_returns.select_related("authority").order_by("authority__slug"):
        authority = expected.authority
        stage = stages.get(authority.slug)
        if stage is None:
            continue
        editor = signatory = by
        if authority.slug in _ACCOUNTS:
            editor = people[f"editor@{authority.slug}.example"]
            signatory = people[f"signatory@{authority.slug}.example"]
        _return(
            round=round,
            authority=authority,
            editor=editor,
            signatory=signatory,
            at=at,
            stage=stage,
        )
    if not complete:
        _extend(round=round, by=people["analyst@dhsc.example"], at=at + timedelta(hours=1))
        reviews.fill(round=round, people=people, by=by, at=at + timedelta(hours=2))


def _return(
    *,
    round: Round,
    authority: StrategicAuthority,
    editor: User,
    signatory: User,
    at: datetime,
    stage: _Stage,
) -> None:
    lent = None
    signed_at = at + timedelta(minutes=20)
    if editor == signatory:
        # The demonstration's author acts for this authority while it is filled, and no longer.
        lent = memberships.grant(person=editor, body=authority, role=Role.SIGNATORY, by=None, at=at)
    # Whoever looks around may bring answers over: invented ones are written into empty returns.
    made = returns.start(round_=round, authority=authority, bring_over=False, by=editor, at=at)
    if stage in (_Stage.BEGUN, _Stage.HALF_DONE):
        if stage == _Stage.HALF_DONE:
            _section(made, section=Section.ABOUT, by=editor, at=at)
            _section(made, section=Section.HEALTH_TEAM, by=editor, at=at)
        _answers(made, section=Section.CO_OPERATION, by=editor, at=at, most=2)
    else:
        for section in Section:
            _section(made, section=section, by=editor, at=at)
        sign_off.send_for_sign_off(duty_return=made, by=editor, at=at)
    if stage == _Stage.DECLINED:
        sign_off.decline(
            duty_return=made,
            reason=_DECLINED_FOR,
            sections=[Section.HEALTH_TEAM],
            by=signatory,
            at=signed_at,
        )
    elif stage == _Stage.SIGNED:
        sign_off.sign_and_submit(
            duty_return=made,
            declaration_ticked=True,
            form_key=uuid.uuid4(),
            by=signatory,
            at=signed_at,
            clock=lambda: signed_at,
        )
    if lent is not None:
        memberships.end(membership=lent, by=editor, at=at + timedelta(hours=1))


def _extend(*, round: Round, by: User, at: datetime) -> None:
    round_bodies.extend(
        round_=round,
        authority=StrategicAuthority.objects.get(slug=_EXTENDED),
        due_on=round.due_on + timedelta(days=4),
        edits_until=round.edits_until + timedelta(days=7),
        reason=_EXTENDED_FOR,
        by=by,
        at=at,
    )


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

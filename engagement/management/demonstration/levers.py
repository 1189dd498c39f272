"""Invented levers of three authorities: drafted, judged, shared and archived."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from authorities.models import DevolvedFunction, StrategicAuthority, User
from engagement.actions import levers
from engagement.actions.levers import LeverContent
from engagement.lever_lifecycle import Event
from engagement.models import Fit, Impact, Lever, LeverKind, Window

_F = DevolvedFunction
_SY, _YNY, _WY = "south-yorkshire", "york-and-north-yorkshire", "west-yorkshire"
_SIGNATORIES = {
    _SY: "signatory@south-yorkshire.example",
    _YNY: "signatory@york-and-north-yorkshire.example",
}
_INVENTED = "Invented for the demonstration."
# A commitment of the demonstration is made of it.
TURNED = "Approval of transport schemes"


@dataclass(frozen=True)
class _Lever:
    """A lever and its judgement; without one it stays a draft."""

    owner: str
    title: str
    description: str
    function: DevolvedFunction
    judged: tuple[Fit, Impact, Window] | None = None
    kind: LeverKind = LeverKind.LEVER
    shared: bool = False
    archived: str = ""


_LEVERS = (
    _Lever(
        _SY,
        "Bus franchising",
        "Routes and fares can be planned so that people without a car reach hospitals, surgeries "
        "and jobs.",
        _F.TRANSPORT,
        (Fit.CLOSE, Impact.LARGE, Window.OPEN),
        shared=True,
    ),
    _Lever(
        _SY,
        TURNED,
        "Schemes are approved by the authority, which could ask of each what it does for health.",
        _F.TRANSPORT,
        (Fit.CLOSE, Impact.MODERATE, Window.OPEN),
    ),
    _Lever(
        _SY,
        "Walking and cycling fund",
        "Money for safe streets near schools, spent first where fewest children are active.",
        _F.TRANSPORT,
        (Fit.CLOSE, Impact.MODERATE, Window.OPEN),
    ),
    _Lever(
        _SY,
        "Adult skills fund",
        "Courses can be commissioned for people whose health keeps them out of work.",
        _F.ADULT_EDUCATION,
        (Fit.CLOSE, Impact.LARGE, Window.OPENING),
        shared=True,
    ),
    _Lever(
        _SY,
        "Employers who sign a good work charter",
        "The mayor can ask employers to hire and keep people with long-term conditions.",
        _F.BUSINESS_AND_ECONOMIC_GROWTH,
        (Fit.PARTLY, Impact.MODERATE, Window.OPEN),
        LeverKind.OPPORTUNITY,
    ),
    _Lever(
        _SY,
        "Home safety visits",
        "Fire crews visit homes already and could ask about cold and falls.",
        _F.FIRE,
        (Fit.PARTLY, Impact.SMALL, Window.NOT_IN_SIGHT),
    ),
    _Lever(
        _SY,
        "A new spatial plan",
        "Health could be a test of where homes are built.",
        _F.PLANNING_AND_REGENERATION,
        (Fit.DISTANT, Impact.LARGE, Window.OPENING),
        LeverKind.OPPORTUNITY,
    ),
    _Lever(
        _SY,
        "Violence reduction",
        "To be described with the police.",
        _F.POLICING_AND_CRIME,
    ),
    _Lever(
        _SY,
        "A one-off prevention grant",
        "Money of one year for small projects.",
        _F.HEALTH_AND_SOCIAL_CARE,
        (Fit.PARTLY, Impact.SMALL, Window.NOT_IN_SIGHT),
        LeverKind.OPPORTUNITY,
        archived="The grant has ended.",
    ),
    _Lever(
        _YNY,
        "Rural transport on demand",
        "Small buses that come when they are called, for villages without a service.",
        _F.TRANSPORT,
        (Fit.CLOSE, Impact.MODERATE, Window.OPENING),
        shared=True,
    ),
    _Lever(
        _YNY,
        "Farm and coast employers",
        "A network of employers who could offer health checks at work.",
        _F.BUSINESS_AND_ECONOMIC_GROWTH,
        (Fit.PARTLY, Impact.MODERATE, Window.OPEN),
    ),
    _Lever(
        _WY,
        "A mayor’s pledge on fuel poverty",
        "The mayor’s voice, to bring councils, landlords and the NHS to one table.",
        _F.HEALTH_INEQUALITIES,
        (Fit.CLOSE, Impact.LARGE, Window.OPEN),
        shared=True,
    ),
)


def fill(*, people: Mapping[str, User], by: User, at: datetime) -> None:
    """Write the levers and take each to where it is; commitments are made of one elsewhere.

    by: who writes for an authority without an account.
    """
    if Lever.objects.exists():
        return
    for one in _LEVERS:
        _write(one, people=people, by=by, at=at)


def _write(one: _Lever, *, people: Mapping[str, User], by: User, at: datetime) -> None:
    signatory = people[_SIGNATORIES[one.owner]] if one.owner in _SIGNATORIES else by
    fit, impact, window = one.judged or ("", "", "")
    reason = _INVENTED if one.judged else ""
    lever = levers.draft(
        authority=StrategicAuthority.objects.get(slug=one.owner),
        content=LeverContent(
            kind=one.kind,
            title=one.title,
            function=one.function,
            determinants=(),
            description=f"{one.description} {_INVENTED}",
            fit=fit,
            fit_reason=reason,
            impact=impact,
            impact_reason=reason,
            window=window,
            window_reason=reason,
        ),
        form_key=uuid.uuid4(),
        by=signatory,
        at=at,
    )
    steps = [
        (Event.KEEP, bool(one.judged)),
        (Event.SHARE, one.shared),
        (Event.ARCHIVE, bool(one.archived)),
    ]
    for event, taken in steps:
        if taken:
            lever = levers.take_step(
                lever=lever,
                event=event,
                seen=lever.version,
                reason=one.archived,
                by=signatory,
                at=at + timedelta(days=1),
            )

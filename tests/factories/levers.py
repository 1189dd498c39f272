"""Levers for tests; every default may be said otherwise."""

import uuid
from datetime import UTC, datetime
from typing import Any

import factory
from factory.django import DjangoModelFactory

from engagement.actions.levers import LeverContent
from engagement.models import Lever, LeverKind, LeverState, SharedLever
from engagement.models.lever import SHAREABLE
from tests.factories.authorities import StrategicAuthorityFactory, UserFactory

AT = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
JUDGEMENT = {
    "fit": "close",
    "fit_reason": "It serves our plan.",
    "impact": "large",
    "impact_reason": "It reaches many.",
    "window": "open",
    "window_reason": "It is decided this year.",
}


def content(**said: Any) -> LeverContent:
    """What a judged lever says."""
    text: dict[str, Any] = {
        "kind": "lever",
        "title": "Bus franchising",
        "function": "transport",
        "determinants": (),
        "description": "Routes can be planned.",
        **JUDGEMENT,
    }
    return LeverContent(**{**text, **said})


def unjudged(**said: Any) -> LeverContent:
    """What a lever says before anybody judged it."""
    return content(**{**dict.fromkeys(JUDGEMENT, ""), **said})


class LeverFactory(DjangoModelFactory):
    """A draft that nobody has judged."""

    class Meta:
        model = Lever

    authority = factory.SubFactory(StrategicAuthorityFactory)
    kind = LeverKind.LEVER
    title = factory.Sequence(lambda n: f"Lever {n}")
    function = "transport"
    description = "Routes can be planned."
    started_at = AT
    started_by = factory.SubFactory(UserFactory)
    edited_at = AT
    edited_by = factory.SelfAttribute("started_by")
    form_key = factory.LazyFunction(uuid.uuid4)


class KeptLeverFactory(LeverFactory):
    """A judged lever on the list."""

    state = LeverState.KEPT
    fit = JUDGEMENT["fit"]
    fit_reason = JUDGEMENT["fit_reason"]
    impact = JUDGEMENT["impact"]
    impact_reason = JUDGEMENT["impact_reason"]
    window = JUDGEMENT["window"]
    window_reason = JUDGEMENT["window_reason"]


def shared(**said: Any) -> SharedLever:
    """A lever of the list, as others read it."""
    lever: Lever = KeptLeverFactory(**said)
    return SharedLever.objects.create(
        lever=lever,
        authority=lever.authority,
        shared_at=AT,
        shared_by=lever.started_by,
        **{name: getattr(lever, name) for name in SHAREABLE},
    )

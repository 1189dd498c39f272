"""Digests of what a form has read, where a row has no version of its own."""

import hashlib
import json
from collections.abc import Sequence

from outcomes.models import Domain, IndicatorSet


def domain_revision(*, domain: Domain) -> str:
    """Return what is the same as long as nobody has changed the domain."""
    return _digest([domain.name, domain.text, domain.source, domain.order, domain.in_use])


def set_revision(*, indicator_set: IndicatorSet, codes: Sequence[str]) -> str:
    """Return what is the same as long as nobody has changed the set.

    Args:
        indicator_set: the set.
        codes: its indicators, in their order.
    """
    own = indicator_set
    return _digest([own.name, own.text, own.source, own.in_use, *codes])


def codes_of(*, indicator_set: IndicatorSet) -> tuple[str, ...]:
    """Return the codes of the set's indicators in their order."""
    return tuple(indicator_set.members.order_by("order").values_list("indicator__code", flat=True))


def _digest(facts: Sequence[object]) -> str:
    return hashlib.sha256(json.dumps(list(facts)).encode()).hexdigest()[:32]

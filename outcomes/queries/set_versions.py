"""What stands in a set of indicators now, and in its versions."""

import hashlib
import json
from dataclasses import dataclass
from typing import Any

from outcomes.models import IndicatorSet, IndicatorSetVersion


@dataclass(frozen=True)
class SetContent:
    """A set as a round asks it.

    indicators: code, name and number of the definition, in the set's order.
    undescribed: codes of those that are still drafts; nobody outside the centre sees their pages.
    unnumbered: codes of those without a number, which a file of figures needs.
    """

    name: str
    in_use: bool
    indicators: tuple[dict[str, Any], ...]
    undescribed: tuple[str, ...]
    unnumbered: tuple[str, ...]

    @property
    def digest(self) -> str:
        """What is the same as long as the same is asked."""
        asked = json.dumps([self.name, *self.indicators], sort_keys=True)
        return hashlib.sha256(asked.encode()).hexdigest()


def content_of(*, indicator_set: IndicatorSet) -> SetContent:
    """Return what stands in a set now; one query."""
    rows = [
        member.indicator
        for member in indicator_set.members.select_related("indicator").order_by("order")
    ]
    return SetContent(
        name=indicator_set.name,
        in_use=indicator_set.in_use,
        indicators=tuple(
            {"code": one.code, "name": one.name, "version": one.version} for one in rows
        ),
        undescribed=tuple(one.code for one in rows if one.draft),
        unnumbered=tuple(one.code for one in rows if one.fingertips_id is None),
    )


def last_version(*, indicator_set: IndicatorSet) -> IndicatorSetVersion | None:
    """Return the newest version of a set, None where no round has asked it."""
    return (
        IndicatorSetVersion.objects.filter(indicator_set=indicator_set).order_by("-number").first()
    )

"""The seam: a round fixes versions that stand in higher apps, such as the rubric.

`duty` may not import them. The modules that answer for them stand in one setting, `ROUND_VERSIONS`,
as dotted names; each has the functions of `Versions`, called inside the step's own transaction.
"""

from datetime import datetime
from importlib import import_module
from typing import Protocol, cast

from django.conf import settings

from authorities.models import User
from duty.models import Round
from outcomes.actions.set_versions import version_now


class VersionsMissingError(LookupError):
    """There is nothing to freeze yet; the message says what to load."""


class Versions(Protocol):
    """What each module of the setting answers."""

    def freeze_versions(self, *, round_: Round) -> dict[str, int]:
        """Fix the newest versions for a round; return their numbers by name.

        Raises:
            VersionsMissingError: nothing was loaded.
        """

    def release_versions(self, *, round_: Round) -> None:
        """Let a round that is a draft again take newer versions later."""


def freeze_all(*, round_: Round, by: User | None, at: datetime) -> dict[str, int]:
    """Fix every version that a round is read by.

    Raises:
        VersionsMissingError: something was not loaded, or the questions are not published.
    """
    if round_.specification.published_at is None:
        raise VersionsMissingError(
            f"Version {round_.specification.version} of the questions is not published."
        )
    numbers = {"specification": round_.specification.version}
    if round_.indicator_set is not None:
        asked = version_now(indicator_set=round_.indicator_set, by=by, at=at)
        round_.indicator_set_version = asked
        round_.save(update_fields=["indicator_set_version"])
        numbers["indicator set"] = asked.number
    for module in _modules():
        numbers |= module.freeze_versions(round_=round_)
    return numbers


def release_all(*, round_: Round) -> None:
    """Let a round take newer versions when it is scheduled again."""
    if round_.indicator_set_version is not None:
        round_.indicator_set_version = None
        round_.save(update_fields=["indicator_set_version"])
    for module in _modules():
        module.release_versions(round_=round_)


def _modules() -> tuple[Versions, ...]:
    return tuple(cast(Versions, import_module(name)) for name in settings.ROUND_VERSIONS)

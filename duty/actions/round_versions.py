"""The seam: a round fixes versions that stand in higher apps, such as the rubric.

`duty` may not import them. The modules that answer for them stand in one setting, `ROUND_VERSIONS`,
as dotted names; each has the functions of `Versions`, called inside the step's own transaction.
"""

from importlib import import_module
from typing import Protocol, cast

from django.conf import settings

from duty.models import Round


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


def freeze_all(*, round_: Round) -> dict[str, int]:
    """Fix every version that a round is read by.

    Raises:
        VersionsMissingError: something was not loaded, or the questions are not published.
    """
    if round_.specification.published_at is None:
        raise VersionsMissingError(
            f"Version {round_.specification.version} of the questions is not published."
        )
    numbers = {"specification": round_.specification.version}
    for module in _modules():
        numbers |= module.freeze_versions(round_=round_)
    return numbers


def release_all(*, round_: Round) -> None:
    """Let a round take newer versions when it is scheduled again."""
    for module in _modules():
        module.release_versions(round_=round_)


def _modules() -> tuple[Versions, ...]:
    return tuple(cast(Versions, import_module(name)) for name in settings.ROUND_VERSIONS)

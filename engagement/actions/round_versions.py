"""Fixes the rubric and the map of support groups for a round; see `duty/actions/round_versions`."""

from duty.actions.round_versions import VersionsMissingError
from duty.models import Round
from engagement.actions.configuration import freeze
from engagement.models import RoundRubric
from engagement.queries.rubric import NotConfiguredError


def freeze_versions(*, round_: Round) -> dict[str, int]:
    """Fix the newest rubric and map.

    Raises:
        VersionsMissingError: one of them was not loaded.
    """
    try:
        frozen = freeze(round=round_)
    except NotConfiguredError as error:
        raise VersionsMissingError(str(error)) from error
    return {"rubric": frozen.rubric.version, "group map": frozen.group_map.version}


def release_versions(*, round_: Round) -> None:
    """Let the round take the versions that are the newest when it is scheduled again."""
    RoundRubric.objects.filter(round=round_).delete()

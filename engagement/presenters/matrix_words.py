"""The words and looks of one version of the matrix, as the tags of pages take them."""

from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from duty.ui.looks import FIRST_WORDS, PALETTE, Group, MatrixWords
from engagement.map_content import GroupText, LevelLabels, MapContent
from engagement.models import GroupMap, Placement, PublishedPlacement, SupportGroup
from engagement.queries.reading_versions import groups_by_map, labels_of


def words_of(*, content: MapContent) -> MatrixWords:
    """Return the words and looks of a version, or of a draft; an unknown look is no group's."""
    return _words(labels=content.labels, groups=content.groups)


def words_by_version(*, versions: Iterable[int]) -> dict[int, MatrixWords]:
    """Return the words and looks of stored versions by their numbers, from two queries."""
    return {
        group_map.version: _words(labels=labels_of(group_map=group_map), groups=groups)
        for group_map, groups in groups_by_map(versions=set(versions))
    }


def level_words_of(*, group_map: GroupMap) -> MatrixWords:
    """Return the words of levels alone, without a query: for pages that show no group."""
    return _words(labels=labels_of(group_map=group_map), groups=())


def words_of_placements(*, placements: Sequence[Placement | PublishedPlacement]) -> MatrixWords:
    """Return the words and looks that placements of one round were made with."""
    versions = {one.content["group_map_version"] for one in placements}
    found = words_by_version(versions=versions)
    return found[max(versions)] if versions else FIRST_WORDS


def words_of_picture(*, content: Mapping[str, Any]) -> MatrixWords:
    """Return the words and looks that a stored picture was drawn with.

    A picture of before there were versions on screen says none: it was drawn with the first.
    """
    return MatrixWords(
        groups=MappingProxyType(
            {
                group["code"]: Group(
                    group["code"], group["name"], f"p-{group.get('look', group['code'])}"
                )
                for group in content["groups"]
            }
        ),
        levels=_levels(LevelLabels(**content.get("labels", {}))),
    )


def _words(*, labels: LevelLabels, groups: Iterable[GroupText | SupportGroup]) -> MatrixWords:
    return MatrixWords(
        groups=MappingProxyType(
            {
                group.code: Group(group.code, group.name, PALETTE[group.look].pattern)
                for group in groups
                if group.look in PALETTE
            }
        ),
        levels=_levels(labels),
    )


def _levels(labels: LevelLabels) -> Mapping[str, str]:
    return MappingProxyType(
        {
            "high": labels.high,
            "partial": labels.partial,
            "low": labels.low,
            "not-assessed": labels.not_assessed,
        }
    )

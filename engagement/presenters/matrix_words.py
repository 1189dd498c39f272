"""The words and looks of one version of the matrix, as the tags of pages take them."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

from duty.ui.looks import PALETTE, Group, MatrixWords
from engagement.map_content import GroupText, LevelLabels, MapContent
from engagement.queries.reading_versions import matrix_text


def words_of(*, content: MapContent) -> MatrixWords:
    """Return the words and looks of a version, or of a draft; an unknown look is no group's."""
    return _words(labels=content.labels, groups=content.groups)


def words_numbered(*, version: int) -> MatrixWords:
    """Return the words and looks of a stored version.

    Raises:
        NoSuchVersionError: there is none.
    """
    return words_of(content=matrix_text(version=version))


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


def _words(*, labels: LevelLabels, groups: Sequence[GroupText]) -> MatrixWords:
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

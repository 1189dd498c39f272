"""What is different between two versions of the rubric, or of the matrix, in words (pure)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from engagement.map_content import CELLS, GroupText, MapContent
from engagement.rubric_content import RubricContent, ThemeText

THRESHOLD_WORDS = {
    "high_at_least": "Share of all themes that must be high for a high level",
    "low_more_than": "Low when more than this share of all themes is low",
    "unanswered_more_than": "Not assessed when more than this share of all themes is unanswered",
}
_SIDES = {"sa": "Authority’s", "icb": "ICB’s"}
_THEME_WORDS = {
    "name": "Name",
    "high": "Statement for high",
    "partial": "Statement for partial",
    "low": "Statement for low",
    "source": "Source",
}
_GROUP_WORDS = {
    "name": "Name",
    "note": "In a few words",
    "offer": "Support",
    "aimed_at": "Aimed at",
    "look": "Look",
}
LABEL_WORDS = {
    "high": "Word for high",
    "partial": "Word for partial",
    "low": "Word for low",
    "not_assessed": "Word for not assessed",
}
AIM_WORDS = {"both": "Both sides", "less_engaged_side": "The less engaged side"}


@dataclass(frozen=True)
class Difference:
    """What is another thing of which part; an empty text is 'not there'."""

    part: str
    what: str
    before: str
    after: str


def differences(
    *, before: RubricContent | MapContent, after: RubricContent | MapContent
) -> tuple[Difference, ...]:
    """Return what is different, part by part in the order of the later version; parts that went
    come last.

    Args:
        before: the earlier version.
        after: the later one, of the same kind.
    """
    return tuple(
        Difference(part, what, was, now)
        for part, what, was, now in _compared(_facts(before), _facts(after))
        if was != now
    )


_Facts = Mapping[tuple[str, str], str]


def _facts(content: RubricContent | MapContent) -> _Facts:
    if isinstance(content, RubricContent):
        return dict(_rubric_facts(content))
    return dict(_map_facts(content))


def _compared(before: _Facts, after: _Facts) -> Iterator[tuple[str, str, str, str]]:
    for part, what in dict.fromkeys([*after, *before]):
        yield part, what, before.get((part, what), ""), after.get((part, what), "")


def _rubric_facts(content: RubricContent) -> Iterator[tuple[tuple[str, str], str]]:
    for side, owner in _SIDES.items():
        themes = content.side(side)
        yield (f"{owner} themes", "Order"), ", ".join(theme.code for theme in themes)
        for theme in themes:
            yield from _theme_facts(f"{owner} theme {theme.code}", theme)
    for name, words in THRESHOLD_WORDS.items():
        yield ("Rule", words), getattr(content, name)
    yield ("Version", "Source"), content.source


def _theme_facts(part: str, theme: ThemeText) -> Iterator[tuple[tuple[str, str], str]]:
    for field, words in _THEME_WORDS.items():
        yield (part, words), getattr(theme, field)
    yield (part, "Core"), "Yes" if theme.core else "No"


def _map_facts(content: MapContent) -> Iterator[tuple[tuple[str, str], str]]:
    for field, words in LABEL_WORDS.items():
        yield ("Levels", words), getattr(content.labels, field)
    yield ("Groups", "Order"), ", ".join(group.code for group in content.groups)
    for group in content.groups:
        yield from _group_facts(f"Group {group.code}", group)
    names = {group.code: group.name for group in content.groups}
    for sa, icb in CELLS:
        cell = content.cell(sa, icb)
        part = f"Authority {sa} with ICB {icb}"
        yield (part, "Group"), names.get(cell.group, cell.group)
        yield (part, "Likely outcome"), cell.likely_outcome
    yield ("Version", "Source"), content.source


def _group_facts(part: str, group: GroupText) -> Iterator[tuple[tuple[str, str], str]]:
    for field, words in _GROUP_WORDS.items():
        text = getattr(group, field)
        yield (part, words), AIM_WORDS.get(text, text) if field == "aimed_at" else text

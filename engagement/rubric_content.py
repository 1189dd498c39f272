"""What a version of the rubric says, as plain values that a draft keeps and a person changes.

Pure. A draft may have faults; each is said with the theme and the field that it is about.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from fractions import Fraction
from typing import Any

from engagement.matrix import Level, LevelRule, Side, Theme

THRESHOLDS = ("high_at_least", "low_more_than", "unanswered_more_than")
LONGEST_CODE, LONGEST_NAME, LONGEST_STATEMENT = 4, 120, 1_000
_CODE = re.compile(r"[A-Z][A-Z0-9]{0,3}", re.ASCII)
_SHARE = re.compile(r"([0-9]{1,6})\s*(?:/\s*([0-9]{1,6}))?", re.ASCII)


class NoSuchPartError(LookupError):
    """A draft has no theme, group or cell of that code."""


class ShareError(ValueError):
    """A threshold is no fraction from 0 to 1."""


@dataclass(frozen=True)
class ThemeText:
    """A theme as a person writes it."""

    code: str
    side: str
    core: bool
    name: str
    high: str
    partial: str
    low: str
    source: str = ""


@dataclass(frozen=True)
class RubricContent:
    """All that a version of the rubric says. Thresholds are texts such as 2/3."""

    themes: tuple[ThemeText, ...]
    high_at_least: str
    low_more_than: str
    unanswered_more_than: str
    source: str

    def side(self, side: str) -> tuple[ThemeText, ...]:
        """Return the themes of one side, in order."""
        return tuple(theme for theme in self.themes if theme.side == side)

    def theme(self, code: str) -> ThemeText:
        """Return a theme by its code.

        Raises:
            NoSuchPartError: there is none.
        """
        for theme in self.themes:
            if theme.code == code:
                return theme
        raise NoSuchPartError(f"There is no theme {code}.")


@dataclass(frozen=True)
class Fault:
    """What is wrong, about which part (a code, or nothing for the whole) and which field."""

    part: str
    field: str
    message: str


def read_share(*, text: str) -> Fraction:
    """Read a threshold.

    Args:
        text: a fraction as people write it, 2/3, or 0 or 1.

    Returns:
        The exact fraction, from 0 to 1.

    Raises:
        ShareError: it is none.
    """
    found = _SHARE.fullmatch(text.strip())
    bottom = int(found[2]) if found and found[2] else 1
    if found is None or bottom == 0:
        raise ShareError("Enter a fraction, for example 2/3")
    share = Fraction(int(found[1]), bottom)
    if share > 1:
        raise ShareError("Enter a fraction from 0 to 1, for example 2/3")
    return share


def to_json(*, content: RubricContent) -> dict[str, Any]:
    """Return the content as plain values for JSON."""
    return {**asdict(content), "themes": [asdict(theme) for theme in content.themes]}


def from_json(*, stored: Mapping[str, Any]) -> RubricContent:
    """Return the content from its stored form.

    Raises:
        TypeError: the form is not one that `to_json` wrote.
    """
    themes = tuple(ThemeText(**theme) for theme in stored["themes"])
    return RubricContent(**{**stored, "themes": themes})


def put_theme(*, content: RubricContent, theme: ThemeText, instead_of: str = "") -> RubricContent:
    """Return the content with a theme added at the end of its side, or in place of another.

    Raises:
        NoSuchPartError: there is no theme to take the place of.
    """
    if not instead_of:
        return replace(content, themes=(*content.themes, theme))
    content.theme(instead_of)
    return replace(
        content,
        themes=tuple(theme if one.code == instead_of else one for one in content.themes),
    )


def without_theme(*, content: RubricContent, code: str) -> RubricContent:
    """Return the content without a theme.

    Raises:
        NoSuchPartError: there is no such theme.
    """
    gone = content.theme(code)
    return replace(content, themes=tuple(one for one in content.themes if one is not gone))


def moved_theme(*, content: RubricContent, code: str, up: bool) -> RubricContent:
    """Return the content with a theme one place higher or lower on its side.

    Raises:
        NoSuchPartError: there is no such theme.
    """
    theme = content.theme(code)
    own = list(content.side(theme.side))
    at = own.index(theme)
    other = at - 1 if up else at + 1
    if not 0 <= other < len(own):
        return content
    own[at], own[other] = own[other], own[at]
    sides = {side: content.side(side) for side in Side} | {theme.side: tuple(own)}
    return replace(content, themes=tuple(one for side in Side for one in sides[side]))


def faults_of_theme(*, theme: ThemeText, others: Sequence[str]) -> tuple[Fault, ...]:
    """Return what is wrong with one theme.

    Args:
        theme: as it was written.
        others: the codes of all other themes, of both sides.
    """
    found = []
    if not _CODE.fullmatch(theme.code):
        found.append(("code", "Enter a capital letter and up to 3 letters or digits, such as S8"))
    elif theme.code in others:
        found.append(("code", f"Another theme has the code {theme.code}. Choose another"))
    if theme.side not in set(Side):
        found.append(("side", "Choose the authority’s side or the ICB’s"))
    if not theme.name:
        found.append(("name", "Enter a name"))
    elif len(theme.name) > LONGEST_NAME:
        found.append(("name", f"Use at most {LONGEST_NAME} characters"))
    for level in Level:
        statement = getattr(theme, level.value)
        if not statement:
            found.append((level.value, f"Enter the statement for {level.value}"))
        elif len(statement) > LONGEST_STATEMENT:
            found.append((level.value, f"Use at most {LONGEST_STATEMENT:,} characters"))
    statements = [getattr(theme, level.value) for level in Level]
    if all(statements) and len(set(statements)) < len(statements):
        found.append(("low", "Two statements are the same, so nobody could choose between them"))
    return tuple(Fault(part=theme.code, field=field, message=words) for field, words in found)


def faults_of_rule(*, content: RubricContent) -> tuple[Fault, ...]:
    """Return what is wrong with the thresholds and the source."""
    found = []
    for name in THRESHOLDS:
        try:
            read_share(text=getattr(content, name))
        except ShareError as error:
            found.append(Fault(part="", field=name, message=str(error)))
    if not content.source:
        found.append(Fault(part="", field="source", message="Enter where this version comes from"))
    return tuple(found)


def faults(*, content: RubricContent) -> tuple[Fault, ...]:
    """Return all that is wrong; nothing where it may be proposed."""
    found = list(faults_of_rule(content=content))
    for at, theme in enumerate(content.themes):
        others = [one.code for place, one in enumerate(content.themes) if place != at]
        found += faults_of_theme(theme=theme, others=others)
    for side, words in ((Side.SA, "authority’s"), (Side.ICB, "ICB’s")):
        own = content.side(side)
        if not own:
            message = f"There is no theme on the {words} side. Add at least one"
            found.append(Fault(part="", field=side.value, message=message))
        elif not any(theme.core for theme in own):
            message = f"No theme on the {words} side is core. Make at least one core"
            found.append(Fault(part="", field=side.value, message=message))
    return tuple(found)


def pure_themes(*, content: RubricContent, side: Side) -> tuple[Theme, ...]:
    """Return the themes of a side as the rules of levels take them."""
    return tuple(
        Theme(
            code=theme.code,
            side=side,
            core=theme.core,
            name=theme.name,
            statements={level: getattr(theme, level.value) for level in Level},
        )
        for theme in content.side(side)
    )


def pure_rule(*, content: RubricContent) -> LevelRule:
    """Return the thresholds as exact fractions.

    Raises:
        ShareError: one of them is no fraction from 0 to 1.
    """
    return LevelRule(**{name: read_share(text=getattr(content, name)) for name in THRESHOLDS})

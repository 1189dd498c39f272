"""How support groups look, and the words of levels: the palette, and what the site came with.

A group is chosen from the palette, never from free colours: each entry was checked for contrast
(its area against the page, its pattern against its area, text on its tint), and each has a pattern
of its own, so that a group can be told without colour. A round keeps the words and looks of the
matrix that it was read by; its pages put them into their context as `matrix_words`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType


@dataclass(frozen=True)
class Look:
    """An entry of the palette.

    `fill` is the area, `ink` what is drawn on it (nothing for a plain one), `tint` the ground of
    text; the patterns p- and m- of its code, and the classes app-g- and c-, are made of them.
    """

    code: str
    name: str
    fill: str
    ink: str
    tint: str

    @property
    def pattern(self) -> str:
        """The name of its pattern for swatches and tiles."""
        return f"p-{self.code}"


PALETTE = MappingProxyType(
    {
        look.code: look
        for look in (
            Look("green", "Green, plain", "#2f7d4f", "", "#e8f3ec"),
            Look("amber", "Amber, slanted stripes", "#f5c04d", "#7a4d00", "#fdf5df"),
            Look("pink", "Pink, dots", "#f2b8cf", "#8a1f52", "#fcecf2"),
            Look("red", "Red, white grid", "#a11d2b", "#ffffff", "#f8e5e6"),
            Look("blue", "Blue, white rings", "#1d5fa6", "#ffffff", "#e6eff8"),
            Look("teal", "Teal, level bars", "#9fd9d3", "#0b4f4a", "#e5f5f3"),
            Look("violet", "Violet, upright white bars", "#5b3a8e", "#ffffff", "#efeaf6"),
            Look("sand", "Sand, crosses", "#e3d3b4", "#5c4316", "#f8f3e8"),
        )
    }
)


@dataclass(frozen=True)
class Group:
    """A support group: its word, its pattern in the page's definitions, and its code."""

    code: str
    name: str
    pattern: str

    @property
    def look(self) -> str:
        """The ending of its pattern's name, and of its classes."""
        return self.pattern.removeprefix("p-")


class UnknownGroupError(LookupError):
    """A page asks for a support group that does not exist."""


class UnknownLevelError(LookupError):
    """A page asks for an engagement level that does not exist."""


# One ink in three weights: levels are not good or bad, so never green or red.
_ENDINGS = {"high": "high", "partial": "partial", "low": "low", "not-assessed": "na"}


@dataclass(frozen=True)
class MatrixWords:
    """The words of the levels, and the groups with their looks, of one version of the matrix."""

    groups: Mapping[str, Group]
    levels: Mapping[str, str] = field(
        default_factory=lambda: MappingProxyType(
            {
                "high": "High",
                "partial": "Partial",
                "low": "Low",
                "not-assessed": "Not assessed",
            }
        )
    )

    @property
    def not_assessed(self) -> str:
        """The word for a missing level, and for a pair without a group."""
        return self.levels["not-assessed"]

    def group(self, code: str | None) -> Group:
        """Return a support group by its code; None and '' are 'Not assessed'.

        Raises:
            UnknownGroupError: there is no such group, which must not pass as 'Not assessed'.
        """
        key = _key(code)
        if key == "not-assessed":
            return Group(key, self.not_assessed, "p-na")
        if key not in self.groups:
            raise UnknownGroupError(f"There is no support group “{code}”.")
        return self.groups[key]

    def level(self, level: str | None) -> tuple[str, str]:
        """Return the word of a level and the ending of its class; None and '' are 'Not assessed'.

        Raises:
            UnknownLevelError: there is no such level.
        """
        key = _key(level)
        if key not in _ENDINGS:
            raise UnknownLevelError(f"There is no engagement level “{level}”.")
        return self.levels[key], _ENDINGS[key]


def _key(code: str | None) -> str:
    return (code or "not-assessed").lower().replace("_", "-")


# What the site came with: version 1 of the matrix says the same.
FIRST_WORDS = MatrixWords(
    groups=MappingProxyType(
        {
            "green": Group("green", "Ambassadors", "p-green"),
            "amber": Group("amber", "Emerging leaders", "p-amber"),
            "pink": Group("pink", "In-depth support", "p-pink"),
            "red": Group("red", "Core learning", "p-red"),
        }
    )
)

"""Which signs the letters of a document can show, and how the others are written."""

import re
import unicodedata
from bisect import bisect_right

# First and last sign of each range that the typesetter's own fonts hold (Libertinus Serif, New
# Computer Modern, DejaVu Sans Mono). Found by setting every assigned sign on its own as PDF/UA,
# which refuses a sign without a letter. Rare ranges are left out: a name is never wrong.
_SHOWN = (
    (0x20, 0x7E),
    (0xA0, 0x4FF),
    (0x531, 0x5F4),
    (0x60C, 0x60C),
    (0x61B, 0x61B),
    (0x61F, 0x61F),
    (0x621, 0x63A),
    (0x640, 0x655),
    (0x660, 0x66D),
    (0x679, 0x67B),
    (0x67E, 0x680),
    (0x686, 0x687),
    (0x691, 0x691),
    (0x698, 0x698),
    (0x6A9, 0x6A9),
    (0x6AF, 0x6AF),
    (0x6BE, 0x6BE),
    (0x6CC, 0x6CC),
    (0x6F0, 0x6F9),
    (0x1D00, 0x1FFF),
    (0x2000, 0x2027),
    (0x202F, 0x2040),
    (0x2044, 0x2064),
    (0x2070, 0x211E),
    (0x2120, 0x2120),
    (0x2122, 0x2122),
    (0x2124, 0x2124),
    (0x2126, 0x2151),
    (0x2153, 0x2184),
    (0x2190, 0x23CF),
    (0x2460, 0x262F),
    (0x2701, 0x2704),
    (0x2706, 0x2709),
    (0x270C, 0x2727),
    (0x2794, 0x2794),
    (0x2798, 0x27AF),
    (0x27C0, 0x27FF),
    (0x2900, 0x2AFF),
    (0xFB00, 0xFB06),
    (0xFB1D, 0xFB4F),
)
_STARTS = tuple(first for first, _ in _SHOWN)
# Signs that only say how the sign before is drawn; without their letter they say nothing.
_HINTS = frozenset({0x200B, 0x200C, 0x200D, 0x2060, 0xFE0E, 0xFE0F, 0xFEFF})
# A run of this many letters without a break is given places to break, so that it stays on the page.
LONGEST_RUN = 36
_LONG_RUN = re.compile(rf"\S{{{LONGEST_RUN + 1},}}")
_BREAK_HERE = "\u200b"


def readable(*, text: str) -> str:
    """Return a text that a document can show in full, with places to break its longest words.

    Args:
        text: any text.

    Returns:
        The text in Unicode's composed form. A sign that the fonts lack stands as its name in
        square brackets, such as [grinning face], or as [U+0007]; line ends are \\n; a run of more
        than 36 letters has an invisible place to break after every 36.

    Source: the project's own rule; ISO 14289-1 (PDF/UA-1), 7.21.4.1, for signs without a letter.
    """
    lines = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n")
    shown = "".join(_shown(sign) for sign in lines.replace("\t", "    "))
    return _LONG_RUN.sub(_broken, shown)


def _shown(sign: str) -> str:
    point = ord(sign)
    if sign == "\n":
        return sign
    if point in _HINTS:
        return ""
    place = bisect_right(_STARTS, point) - 1
    if place >= 0 and point <= _SHOWN[place][1]:
        return sign
    name = unicodedata.name(sign, "")
    # The names of ideographs are numbers too.
    if not name or "IDEOGRAPH" in name:
        return f"[U+{point:04X}]"
    return f"[{name.lower()}]"


def _broken(run: re.Match[str]) -> str:
    text = run.group()
    pieces = [text[start : start + LONGEST_RUN] for start in range(0, len(text), LONGEST_RUN)]
    return _BREAK_HERE.join(pieces)

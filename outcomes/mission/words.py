"""Numbers and movements in words, the same on the page, in files and in the API."""

from collections.abc import Sequence

from outcomes.mission.shapes import Gap, SexPicture

MEN_AND_WOMEN = {"Male": "men", "Female": "women"}
# Values are published with one digit: less than half of it is no movement to speak of.
_SHOWN = 1
_MINUS = "−"


def sex_words(sex: str) -> str:
    """Return whom a figure is about, in lower case."""
    return MEN_AND_WOMEN.get(sex, sex.lower())


def number_text(value: float) -> str:
    """Return years with one digit, or two where one would hide half a tenth: 3.5, 3.45."""
    text = f"{value:.2f}"
    text = text.removesuffix("0")
    return text.replace("-", _MINUS)


def years_text(value: float) -> str:
    """Return years with their unit."""
    return f"{number_text(value)} years"


def change_text(value: float) -> str:
    """Return a change with its sign; none is 0.0."""
    shown = round(value, _SHOWN)
    if shown == 0:
        return "0.0"
    return f"{'+' if shown > 0 else _MINUS}{abs(shown):.1f}"


def percent_text(share: float) -> str:
    """Return a share as whole percent, with a sign where it is negative."""
    shown = round(100 * share)
    return f"{_MINUS if shown < 0 else ''}{abs(shown)}%"


def progress_text(progress: float) -> str:
    """Return how much of the way to half is gone; moving away is said as such."""
    words = f"{percent_text(progress)} of the way to half"
    return f"{words}: moving away" if round(100 * progress) < 0 else words


def either(words: Sequence[str]) -> str:
    """Return several words as one: London, or London and South East."""
    return " and ".join(words)


def top_changed(before: Gap, now: Gap) -> bool:
    """Whether another region is the highest now."""
    return before.best.names != now.best.names


def bottom_changed(before: Gap, now: Gap) -> bool:
    """Whether another region is the lowest now."""
    return before.worst.names != now.worst.names


def movement_text(picture: SexPicture) -> str:
    """Return what became of the gap, and whether the top or the bottom did it.

    Args:
        picture: with a baseline and a current gap of different periods.

    Returns:
        Sentences; empty where there is nothing to compare.

    Source: the project's own words.
    """
    before, now = picture.baseline, picture.current
    if before is None or now is None or before.period == now.period:
        return ""
    top = round(now.best.value - before.best.value, _SHOWN)
    bottom = round(now.worst.value - before.worst.value, _SHOWN)
    changed = round(top - bottom, _SHOWN)
    highest = "the top" if top_changed(before, now) else before.best.name
    highest = highest if highest == "the top" else f"the {highest}"
    lowest = "the bottom" if bottom_changed(before, now) else f"the {before.worst.name}"
    said = [f"{_verdict(changed)}: {_doing(top, bottom, changed, highest, lowest)}."]
    if changed < 0 and top < 0 < bottom:
        part = min(1.0, top / changed)
        said.append(f"{percent_text(part)} of the narrowing is decline at the top.")
    if top_changed(before, now):
        said.append("The top region changed.")
    if bottom_changed(before, now):
        said.append("The bottom region changed.")
    return " ".join(said)


def _verdict(changed: float) -> str:
    if changed == 0:
        return "The gap is the same"
    return f"The gap is {abs(changed):.1f} {'smaller' if changed < 0 else 'wider'}"


def _doing(top: float, bottom: float, changed: float, highest: str, lowest: str) -> str:
    """Return who moved: the ways in which a gap can shrink, widen or stay."""
    up, down = f"{abs(top):.1f}", f"{abs(bottom):.1f}"
    if top == 0 and bottom == 0:
        return "neither end moved"
    if changed < 0:
        if top < 0 < bottom:
            return f"{up} because {highest} fell, {down} because {lowest} rose"
        if top < 0:
            other = f"{lowest} fell too, by {down}" if bottom else f"{lowest} did not rise"
            return f"only because {highest} fell, by {up}; {other}"
        if top == 0:
            return f"{lowest} rose by {down}, and {highest} did not fall"
        return f"{lowest} rose by {down}, more than {highest}, which rose by {up}"
    if changed > 0:
        if top > 0 > bottom:
            return f"{up} because {highest} rose, {down} because {lowest} fell"
        if top > 0:
            other = f"{lowest} rose by only {down}" if bottom else f"{lowest} did not rise"
            return f"{highest} rose by {up}; {other}"
        if top == 0:
            return f"{lowest} fell by {down}, and {highest} did not move"
        return f"{lowest} fell by more than {highest}"
    return f"both {'rose' if top > 0 else 'fell'} by {up}"

"""The palette of groups: each look is told from the others with and without colour."""

import itertools
import re

import pytest
from django.template import Context, Template

from duty.ui import looks
from tests.architecture.project import PROJECT

INK, PAPER = "#0b0c0c", "#ffffff"


def luminance(colour: str) -> float:
    """Relative luminance by WCAG 2.2."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def test_the_measure_of_contrast_is_the_published_one() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize("look", looks.PALETTE.values(), ids=lambda look: look.code)
def test_text_and_graphics_of_a_look_have_contrast(look: looks.Look) -> None:
    # A plain look is told from the page by its area, others by their pattern on it; each swatch
    # has a line of ink around it, too.
    assert contrast(look.ink or PAPER, look.fill) >= 3
    assert contrast(INK, look.tint) >= 4.5


def patterns() -> dict[str, str]:
    drawn = Template("{% pattern_defs %}").render(Context())
    found = re.findall(r'<pattern id="(p-[a-z]+)"[^>]*>(.*?)</pattern>', drawn)
    return dict(found)


def test_every_look_has_a_pattern_of_its_own_that_does_not_need_colour() -> None:
    found = patterns()
    shapes = {name: re.sub(r"#[0-9a-f]{6}", "", markup) for name, markup in found.items()}

    assert set(found) == {"p-na", *(look.pattern for look in looks.PALETTE.values())}
    for one, other in itertools.combinations(shapes, 2):
        assert shapes[one] != shapes[other], f"{one} and {other} differ by colour alone"


def test_patterns_and_classes_are_of_the_checked_colours() -> None:
    found = patterns()
    styles = (PROJECT / "static" / "figures.css").read_text(encoding="utf-8")

    for look in looks.PALETTE.values():
        colours = set(re.findall(r"#[0-9a-f]{6}", found[look.pattern]))
        assert colours == {look.fill, *filter(None, [look.ink])}
        assert f".app-g-{look.code} {{ background: {look.tint}!important; }}" in styles
        assert f".app-flow .c-{look.code} {{ fill: {look.tint}; }}" in styles

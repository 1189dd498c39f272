"""A theory of change loses nothing: neither in the drawing nor in the list beside it."""

import re
from itertools import combinations, pairwise
from uuid import UUID

import pytest

from outcomes.framework_content import Content, Item, Link
from outcomes.presenters.framework_tree import ABOVE, BELOW, GOES_ON, TreeNode, theory_tree
from outcomes.theory_drawing import Arrow, Box, TheoryDrawing, text_width, theory_drawing

KINDS = ("input", "process", "output", "outcome")


def key(kind: str, number: int) -> UUID:
    return UUID(int=1000 * (1 + KINDS.index(kind)) + number)


def item(kind: str, number: int, title: str = "", **more: str) -> Item:
    return Item(key(kind, number), kind, number, title or f"{kind} {number}", **more)


def theory(*items: Item, links: tuple[Link, ...] = ()) -> Content:
    return Content(number=1, boards=(), items=items, links=links)


def links_of(*ends: tuple[tuple[str, int], tuple[str, int]]) -> tuple[Link, ...]:
    return tuple(Link(key(*cause), key(*effect)) for cause, effect in ends)


def nodes(tree: tuple[TreeNode, ...]) -> list[TreeNode]:
    return [one for node in tree for one in (node, *nodes(node.leads_to))]


def depth(tree: tuple[TreeNode, ...]) -> int:
    return 1 + max((depth(node.leads_to) for node in tree), default=0) if tree else 0


@pytest.fixture
def everything() -> Content:
    """Five of each kind, and each leads to all of later kinds and to the next of its own."""
    every = [item(kind, number) for kind in KINDS for number in range(5)]
    forward = [
        Link(one.lineage, other.lineage)
        for one, other in combinations(every, 2)
        if one.kind != other.kind or other.order == one.order + 1
    ]
    return theory(*every, links=tuple(forward))


def test_a_chain_of_forty_is_told_to_its_end_and_stays_shallow():
    chain = [item("process", number, text=f"About {number}") for number in range(40)]
    links = tuple(Link(one.lineage, other.lineage) for one, other in pairwise(chain))

    tree = theory_tree(content=theory(*chain, links=links))

    assert [node.text for node in nodes(tree) if node.text] == [one.text for one in chain]
    assert depth(tree) <= 7
    ends = [node.title for node in nodes(tree) if node.where == BELOW]
    assert ends == [node.title for node in tree if node.where == GOES_ON]
    assert ends


def test_each_item_is_told_in_full_once_whatever_leads_to_it(everything):
    tree = theory_tree(content=everything)

    whole = [node.title for node in nodes(tree) if node.where in ("", GOES_ON)]
    last = everything.items[-1].title
    # What nothing follows from has nothing more to be told, so that it is only named again.
    assert set(whole) == {one.title for one in everything.items}
    assert len([title for title in whole if title != last]) == len(everything.items) - 1


def test_what_was_told_is_named_where_it_comes_again():
    every = (item("input", 1), item("input", 2), item("output", 1), item("outcome", 1))
    links = links_of(
        (("input", 1), ("output", 1)),
        (("input", 2), ("output", 1)),
        (("output", 1), ("outcome", 1)),
    )

    first, second = theory_tree(content=theory(*every, links=links))

    assert (first.leads_to[0].where, second.leads_to[0].where) == ("", ABOVE)
    assert second.leads_to[0].leads_to == ()


def boxes_of(arrow: Arrow) -> list[tuple[float, float, float, float]]:
    """Return a box around each piece of an arrow, from all points that shape it."""
    found = []
    here = (0.0, 0.0)
    for letter, text in re.findall(r"([MCH])([^MCH]+)", arrow.path):
        numbers = [float(one) for one in text.split()]
        points = (
            [(numbers[0], here[1])]
            if letter == "H"
            else list(zip(numbers[::2], numbers[1::2], strict=True))
        )
        if letter != "M":
            xs, ys = zip(here, *points, strict=True)
            found.append((min(xs), min(ys), max(xs), max(ys)))
        here = points[-1]
    return found


def under(piece: tuple[float, float, float, float], box: Box) -> bool:
    left, top, right, bottom = piece
    return (
        left < box.x + box.width and right > box.x and top < box.y + box.height and bottom > box.y
    )


def test_no_arrow_passes_under_a_box_or_leaves_the_drawing(everything):
    drawing = theory_drawing(content=everything)

    assert len(drawing.arrows) == len(everything.links)
    for arrow in drawing.arrows:
        for piece in boxes_of(arrow):
            assert not [box for box in drawing.boxes if under(piece, box)], arrow
            assert 0 <= piece[0] <= piece[2] <= drawing.width
            assert 0 <= piece[1] <= piece[3] <= drawing.height


def ends_of(drawing: TheoryDrawing) -> list[tuple[str, str]]:
    return [tuple(arrow.path.split()[-2:]) for arrow in drawing.arrows]


def test_no_two_heads_lie_on_each_other(everything):
    drawing = theory_drawing(content=everything)

    heads = [(float(x), float(y)) for x, y in ends_of(drawing)]
    for (x, y), (other_x, other_y) in combinations(heads, 2):
        assert x != other_x or abs(y - other_y) >= 15


@pytest.mark.parametrize(
    "title",
    [
        "Find homes that make people",
        "WWWWW MMMMM WWWWW MMMMM WWWWW MMMMM",
        "Antidisestablishmentarianismandeverythingelsethatgoestogether",
        "A title of many words that must wrap " * 5,
        "ILLITERACY FALLS",
    ],
)
def test_every_line_fits_its_box(title):
    [box] = theory_drawing(content=theory(item("process", 1, title))).boxes

    for line in box.lines:
        assert text_width(text=line.text) <= box.width - 2 * (box.text_x - box.x)
        assert line.y <= box.y + box.height
    said = "".join(line.text for line in box.lines).replace(" ", "")
    assert title.replace(" ", "").startswith(said.rstrip("…"))
    assert len(box.lines) <= 5


def test_assumptions_have_the_same_numbers_on_the_diagram_and_in_the_list():
    every = (
        item("input", 1, assumption="Money comes."),
        item("output", 1),
        item("outcome", 1, assumption="People stay."),
    )
    links = (
        Link(key("output", 1), key("outcome", 1)),
        Link(key("input", 1), key("output", 1), "Builders are there."),
        Link(key("input", 1), key("outcome", 1), "Prices hold."),
    )
    content = theory(*every, links=links)

    drawing = theory_drawing(content=content)
    told = {
        one.number: one.text
        for node in nodes(theory_tree(content=content))
        for one in (node.assumption, node.condition)
        if one
    }

    assert told == {
        1: "Money comes.",
        2: "Builders are there.",
        3: "Prices hold.",
        4: "People stay.",
    }
    assert [arrow.number for arrow in drawing.arrows] == ["", "2", "3"]
    notes = [line.text for box in drawing.boxes for line in box.lines if line.note]
    assert notes == ["assumption 1", "assumption 4"]

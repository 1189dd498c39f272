"""What was taken apart for JSON comes back the same."""

import json
from dataclasses import dataclass

import pytest

from authorities.frozen_json import NotThisKindError, from_plain, to_plain


@dataclass(frozen=True)
class Leaf:
    name: str | None
    size: float


@dataclass(frozen=True)
class Tree:
    leaves: tuple[Leaf, ...]
    strips: tuple[tuple[str | None, float], ...]
    first: Leaf | None
    tall: bool


TREE = Tree(
    leaves=(Leaf("a", 1.5), Leaf(None, 2.0)),
    strips=((None, 0.25), ("x", 0.75)),
    first=Leaf("b", 0.0),
    tall=True,
)


@pytest.mark.parametrize("tree", [TREE, Tree(leaves=(), strips=(), first=None, tall=False)])
def test_a_dataclass_survives_json(tree: Tree) -> None:
    through = json.loads(json.dumps(to_plain(value=tree)))

    assert from_plain(kind=Tree, plain=through) == tree


@pytest.mark.parametrize(
    "plain",
    [
        {},
        [],
        None,
        {**to_plain(value=TREE), "extra": 1},
        {**to_plain(value=TREE), "first": {"name": "a"}},
    ],
)
def test_content_of_another_kind_is_refused(plain: object) -> None:
    with pytest.raises(NotThisKindError):
        from_plain(kind=Tree, plain=plain)


def test_what_was_frozen_before_a_field_was_there_has_its_default() -> None:
    @dataclass(frozen=True)
    class Later(Leaf):
        colours: tuple[str, ...] | None = None

    old, new = {"name": "a", "size": 1.5}, {"name": "a", "size": 1.5, "colours": ["red"]}

    assert from_plain(kind=Later, plain=old) == Later("a", 1.5)
    assert from_plain(kind=Later, plain=new) == Later("a", 1.5, ("red",))


def test_only_dataclasses_are_taken_apart() -> None:
    with pytest.raises(NotThisKindError):
        to_plain(value={"a": 1})

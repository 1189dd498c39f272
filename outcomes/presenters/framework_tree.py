"""A theory of change as a nested list: what leads to what."""

from collections import defaultdict, deque
from dataclasses import dataclass
from uuid import UUID

from outcomes.framework_content import ORDER_OF_KINDS, Content, Item
from outcomes.theory_drawing import assumptions_of

_KINDS = [kind.value for kind in ORDER_OF_KINDS]
# What is deeper stands in the list anew, so that lines stay long enough to be read on a phone.
_DEEPEST = 6
ABOVE = "told above with what follows"
BELOW = "told further down with what follows"
GOES_ON = "goes on from further up"


@dataclass(frozen=True)
class Assumed:
    """An assumption with its number, which the diagram shows."""

    number: int
    text: str


@dataclass(frozen=True)
class TreeNode:
    """An item with what it leads to.

    condition: what must hold for the item above to lead here.
    where: that it is told in full elsewhere in the list, or goes on from elsewhere; empty else.
    """

    kind: str
    title: str
    text: str
    assumption: Assumed | None
    condition: Assumed | None
    measured_by: tuple[str, ...]
    leads_to: tuple["TreeNode", ...]
    where: str = ""


def theory_tree(*, content: Content) -> tuple[TreeNode, ...]:
    """Return the items to which nothing leads, each with all that follows from it.

    What several items lead to is told in full once, and named at the others. What would stand too
    deep is named there, and follows at the end of the list.
    """
    items = {item.lineage: item for item in content.items}
    numbers = assumptions_of(content=content)
    after: defaultdict[UUID, list[tuple[UUID, str]]] = defaultdict(list)
    reached = set()
    for link in content.links:
        after[link.cause].append((link.effect, link.assumption))
        reached.add(link.effect)
    measured: defaultdict[UUID, list[str]] = defaultdict(list)
    for place in content.places:
        measured[place.item].append(f"{place.name}, {place.area}, {place.people}")
    for measure in content.measures:
        measured[measure.item].append(measure.name)
    told: set[UUID] = set()
    later: deque[UUID] = deque()

    def node(key: UUID, condition: Assumed | None, depth: int, where: str = "") -> TreeNode:
        item = items[key]
        named = key in told or depth > _DEEPEST
        if key in told:
            where = ABOVE if after[key] else ""
        elif named:
            where = BELOW
            later.append(key)
        else:
            told.add(key)
        following = [] if named else sorted(after[key], key=lambda one: _place(items[one[0]]))
        return TreeNode(
            kind=item.kind.capitalize(),
            title=item.title,
            text="" if named else item.text,
            assumption=None
            if named or not item.assumption
            else Assumed(numbers.of_items[key], item.assumption),
            condition=condition,
            measured_by=() if named else tuple(measured[key]),
            leads_to=tuple(
                node(
                    effect,
                    Assumed(numbers.of_links[key, effect], why) if why else None,
                    depth + 1,
                )
                for effect, why in following
            ),
            where=where,
        )

    roots = sorted((one for one in content.items if one.lineage not in reached), key=_place)
    found = [node(item.lineage, None, 1) for item in roots]
    while later:
        key = later.popleft()
        if key not in told:
            found.append(node(key, None, 1, GOES_ON))
    return tuple(found)


def _place(item: Item) -> tuple[int, int]:
    return _KINDS.index(item.kind), item.order

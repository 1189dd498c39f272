"""A theory of change as a nested list: what leads to what."""

from collections import defaultdict
from dataclasses import dataclass
from uuid import UUID

from outcomes.framework_content import ORDER_OF_KINDS, Content, Item

_KINDS = [kind.value for kind in ORDER_OF_KINDS]
# Deeper than this a list says no more; a chain within one kind could be as long as its items.
_DEEPEST = 10


@dataclass(frozen=True)
class TreeNode:
    """An item with what it leads to.

    condition: what must hold for the item above to lead here.
    again: it stands with all that follows from it further up.
    """

    kind: str
    title: str
    text: str
    assumption: str
    condition: str
    measured_by: tuple[str, ...]
    leads_to: tuple["TreeNode", ...]
    again: bool = False


def theory_tree(*, content: Content) -> tuple[TreeNode, ...]:
    """Return the items to which nothing leads, each with all that follows from it.

    What several items lead to is told in full once, and named at the others.
    """
    items = {item.lineage: item for item in content.items}
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

    def node(key: UUID, condition: str, depth: int) -> TreeNode:
        item = items[key]
        again = key in told or depth > _DEEPEST
        told.add(key)
        following = [] if again else sorted(after[key], key=lambda one: _place(items[one[0]]))
        return TreeNode(
            kind=item.kind.capitalize(),
            title=item.title,
            text="" if again else item.text,
            assumption="" if again else item.assumption,
            condition=condition,
            measured_by=() if again else tuple(measured[key]),
            leads_to=tuple(node(effect, why, depth + 1) for effect, why in following),
            again=again and bool(after[key]),
        )

    roots = sorted((one for one in content.items if one.lineage not in reached), key=_place)
    return tuple(node(item.lineage, "", 1) for item in roots)


def _place(item: Item) -> tuple[int, int]:
    return _KINDS.index(item.kind), item.order

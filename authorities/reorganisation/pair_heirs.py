"""Where the people of a pair went when it ended."""

from collections import Counter
from datetime import date, timedelta

from authorities.reorganisation.facts import BodyKey, Geography

PairKey = tuple[BodyKey, BodyKey]


def pair_heirs(*, geography: Geography, on: date) -> dict[PairKey, tuple[PairKey, ...]]:
    """Return, for each pair of the day before, the pairs that its people are in on the day.

    Args:
        geography: all dated facts, the change included.
        on: the day of the change.

    Returns:
        Pairs of authority and board, with those that have its people on the day, the most people
        first; slivers are among them. A pair whose people are all in none has none.

    Source: the project's own rule: what two bodies promised each other goes where the area went.
    """
    before = _pairs_of_parts(geography, on - timedelta(days=1))
    after = _pairs_of_parts(geography, on)
    people = {part.key: part.population for part in geography.parts}
    found: dict[PairKey, Counter[PairKey]] = {}
    for part, pair in before.items():
        heirs = found.setdefault(pair, Counter())
        if part in after:
            heirs[after[part]] += people[part]
    return {
        pair: tuple(sorted(heirs, key=lambda heir: (-heirs[heir], heir)))
        for pair, heirs in found.items()
    }


def _pairs_of_parts(geography: Geography, day: date) -> dict[str, PairKey]:
    """The authority and the board of each part that has both on the day."""
    authorities = {
        fact.council: fact.authority
        for fact in geography.members
        if fact.role == "constituent" and fact.valid.holds_on(day)
    }
    boards = {fact.part: fact.board for fact in geography.part_boards if fact.valid.holds_on(day)}
    return {
        fact.part: (authorities[fact.council], boards[fact.part])
        for fact in geography.part_councils
        if fact.valid.holds_on(day) and fact.council in authorities and fact.part in boards
    }

"""What an authority's frameworks say to questions OF1, OF2, OF3 and OF6, in words (pure).

Three things stay apart: none is recorded, which answers the question; a framework that is on its
way, of which it is not yet known what it will say; and what an agreed framework says.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from duty.words import london_date
from outcomes.framework_answers import (
    HEALTH_OUTCOMES,
    FrameworkFacts,
    PairFacts,
    PlaceFacts,
    VersionFacts,
)

_MOST_NAMES = 10
NO_BOARD = "No board overlaps with this authority on the round’s date"
_NONE = "None: no outcomes framework is recorded on this site"
_NOT_YET = "Not yet known: no outcomes framework is agreed yet"
# Of no body in particular: everybody, at all ages.
_EVERYBODY = frozenset({"", "Persons", "All ages"})


@dataclass(frozen=True)
class Derived:
    """An answer that nobody types. `met` is whether the floor is met; None where not yet known."""

    lines: tuple[tuple[str, str], ...]
    met: bool | None


def co_owned(*, boards: Sequence[tuple[UUID, str]], facts: FrameworkFacts) -> Derived:
    """Return OF1: how the framework with each ICB stands.

    Args:
        boards: key and name of each ICB that the round asks about, in their order.
        facts: the authority's frameworks.

    Returns:
        A line for each ICB. The floor is met where each has an agreed one.

    Source: duty specification, question OF1: agreed, proposed, draft or none, with signatures.
    """
    if not boards:
        return Derived((("Boards", NO_BOARD),), None)
    return Derived(
        lines=tuple((name, _pair_words(facts.pairs.get(key))) for key, name in boards),
        met=all(key in facts.pairs and facts.pairs[key].in_force is not None for key, _ in boards),
    )


def own_roles(*, facts: FrameworkFacts) -> Derived:
    """Return OF2: for which wider determinants the authority's own role is stated.

    Args:
        facts: the authority's frameworks.

    Returns:
        How many indicators state it, then the names for each determinant. The floor is met where
        one does.

    Source: duty specification, question OF2: count of indicators with a stated role.
    """
    stated = [
        one
        for one in facts.places
        if one.states_role and one.determinant and one.determinant != HEALTH_OUTCOMES
    ]
    label = "Indicators with a stated role"
    if not facts.any_in_force:
        return _without(label, facts)
    if not stated:
        return Derived(((label, "None in the framework in force"),), met=False)
    by_determinant: dict[str, list[str]] = {}
    for one in stated:
        by_determinant.setdefault(one.determinant_name, []).append(one.indicator)
    return Derived(
        lines=(
            (label, str(len(stated))),
            *((name, _listed(_once(found))) for name, found in by_determinant.items()),
        ),
        met=True,
    )


def direct_outcomes(*, facts: FrameworkFacts) -> Derived:
    """Return OF3: which direct health outcomes the frameworks in force include.

    Args:
        facts: the authority's frameworks.

    Returns:
        The indicators of outcomes that stand for no wider determinant. No floor is asked.

    Source: duty specification, question OF3.
    """
    label = "Health outcomes in the framework"
    if not facts.any_in_force:
        return Derived(_without(label, facts).lines, None)
    names = _once(
        one.indicator
        for one in facts.places
        if one.is_outcome and one.determinant in ("", HEALTH_OUTCOMES)
    )
    return Derived(((label, _counted(names) if names else "None in the framework in force"),), None)


def breakdowns(*, facts: FrameworkFacts) -> Derived:
    """Return OF6: which inequality breakdowns the frameworks in force report.

    Args:
        facts: the authority's frameworks.

    Returns:
        The groups that indicators are of; all people at all ages are no breakdown. No floor is
        asked.

    Source: duty specification, question OF6.
    """
    label = "Breakdowns in the framework"
    if not facts.any_in_force:
        return Derived(_without(label, facts).lines, None)
    groups = _once(group for one in facts.places if (group := _group(one)))
    return Derived(
        (
            (
                label,
                _counted(groups)
                if groups
                else "None in the framework in force: its indicators are of all people",
            ),
        ),
        None,
    )


def _without(label: str, facts: FrameworkFacts) -> Derived:
    if facts.any_on_its_way:
        return Derived(((label, _NOT_YET),), None)
    return Derived(((label, _NONE),), met=False)


def _pair_words(pair: PairFacts | None) -> str:
    if pair is None or (pair.in_force is None and pair.open is None):
        return "None: no framework with this ICB is recorded on this site"
    said = []
    if pair.in_force is not None:
        said.append(f"Agreed: version {pair.in_force.number}, {_signed_words(pair.in_force)}")
        if pair.needs_reconfirmation:
            said.append("this ICB has yet to confirm it after a merger")
    if pair.open is not None:
        said.append(_open_words(pair.open, follows=pair.in_force is not None))
    return "; ".join(said)


def _open_words(version: VersionFacts, *, follows: bool) -> str:
    if version.state == "draft":
        words = f"draft: version {version.number}, {_declined_words(version)}"
    else:
        since = f" since {london_date(moment=version.since)}" if version.since else ""
        waits = f", waits for {_and(version.waits_for)}{since}" if version.waits_for else ""
        words = f"proposed: version {version.number}, {_signed_words(version)}{waits}"
    return f"next {words}" if follows else words[:1].upper() + words[1:]


def _declined_words(version: VersionFacts) -> str:
    no = version.declined
    if no is None:
        return "not proposed yet"
    return f"declined by {no.body} on {london_date(moment=no.on)} ({no.reason.rstrip('.')})"


def _signed_words(version: VersionFacts) -> str:
    if not version.signed:
        return "signed by nobody yet"
    return "signed by " + _and(
        [f"{one.body} ({london_date(moment=one.on)})" for one in version.signed]
    )


def _group(place: PlaceFacts) -> str:
    parts = [place.sex, place.age, place.category]
    told = [one for one in parts if one not in _EVERYBODY]
    return ", ".join(told)


def _once(names: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(names))


def _counted(names: Sequence[str]) -> str:
    return f"{len(names)}: {_listed(names)}"


def _listed(names: Sequence[str]) -> str:
    more = len(names) - _MOST_NAMES
    return "; ".join(names[:_MOST_NAMES]) + (f"; and {more} more" if more > 0 else "")


def _and(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def derived_words(
    *, boards: Sequence[tuple[UUID, str]], facts: FrameworkFacts
) -> Mapping[str, Derived]:
    """Return the answer to each of the questions, by its code.

    Args:
        boards: key and name of each ICB that the round asks about.
        facts: the authority's frameworks.

    Returns:
        OF1, OF2, OF3 and OF6.

    Source: duty specification, part "outcomes framework".
    """
    return {
        "OF1": co_owned(boards=boards, facts=facts),
        "OF2": own_roles(facts=facts),
        "OF3": direct_outcomes(facts=facts),
        "OF6": breakdowns(facts=facts),
    }

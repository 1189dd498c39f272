"""The register on one day, looked up by codes."""

from collections import defaultdict
from datetime import date

from authorities.feed_file import FeedRow, Scheme
from authorities.reorganisation.facts import BodyKey, CodeFact, Geography, NameFact


class RegisterDay:
    """Names and codes as they are on a day; of a body without a name then, its newest."""

    def __init__(self, *, geography: Geography, day: date) -> None:
        self.geography, self.day = geography, day
        self._names: dict[BodyKey, NameFact] = {}
        for name in sorted(geography.names, key=lambda fact: fact.valid.start or date.min):
            if name.valid.holds_on(day) or name.body not in self._names:
                self._names[name.body] = name
        self._bodies: dict[tuple[str, str], BodyKey] = {}
        self._codes: dict[tuple[BodyKey, str], str] = {}
        self._ever: defaultdict[tuple[str, str], list[CodeFact]] = defaultdict(list)
        for code in geography.codes:
            self._ever[code.scheme, code.value].append(code)
            if code.valid.holds_on(day):
                self._bodies[code.scheme, code.value] = code.body
                self._codes[code.body, code.scheme] = code.value
        # The first three characters of an ONS code name the kind of area that it is of.
        # Source: ONS, Guide to GSS codes: an entity code, then six figures of the instance.
        self.entities = frozenset(
            (key.kind, value[:3])
            for (key, scheme), value in self._codes.items()
            if scheme == Scheme.ONS
        )

    def body_of(self, row: FeedRow) -> BodyKey | None:
        """The body that the row's code means on the day."""
        if row.scheme == Scheme.OWN:
            key = BodyKey(row.kind, row.code)
            return key if self.geography.body(key) else None
        return self._bodies.get((row.scheme, row.code))

    def key_of(self, body: BodyKey, scheme: str) -> str:
        """What a file of the scheme would name the body by; empty where it has no such code."""
        return body.slug if scheme == Scheme.OWN else self._codes.get((body, scheme), "")

    def last_meaning(self, row: FeedRow) -> CodeFact | None:
        """The newest body that the row's code has ever meant."""
        facts = self._ever.get((row.scheme, row.code), [])
        return max(facts, key=lambda one: one.valid.start or date.min, default=None)

    def names(self, body: BodyKey) -> tuple[str, ...]:
        """The body's name and short name."""
        held = self._names.get(body)
        return (held.name, held.short_name) if held else ()

    def name(self, body: BodyKey) -> str:
        """What to call the body."""
        held = self._names.get(body)
        return held.short_name if held else body.slug

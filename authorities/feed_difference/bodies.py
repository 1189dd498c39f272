"""The bodies of a file beside those of the register."""

from collections.abc import Iterator
from datetime import date, timedelta

from authorities.feed_difference.differences import NOUNS, Aspect, Difference, DifferenceKind
from authorities.feed_difference.register_day import RegisterDay
from authorities.feed_file import Feed, FeedRow, Scheme
from authorities.name_likeness import most_like, same_name
from authorities.reorganisation.facts import BodyFact, BodyKey


class BodyComparing:
    """Goes through the rows once; then knows which bodies the file has."""

    def __init__(self, *, feed: Feed, register: RegisterDay) -> None:
        self.seen: dict[str, BodyKey] = {}
        self.over = 0
        self._feed, self._register, self._day = feed, register, register.day
        # Whom the file means by a code need not be looked for by name.
        self._meant = {register.body_of(row) for row in feed.rows}
        self._entities = {(row.kind, row.code[:3]) for row in feed.rows}

    def of_rows(self) -> Iterator[Difference]:
        """Give what the rows say."""
        found: dict[tuple[str, str], FeedRow] = {}
        for row in self._feed.rows:
            held = found.get((row.kind, row.code))
            if held is None or not held.holds_on(self._day):
                found[row.kind, row.code] = row
        for row in found.values():
            yield from self._of_row(row)

    def absent(self) -> Iterator[Difference]:
        """Give the bodies of ours that the file lacks and would have."""
        for fact in self._register.geography.bodies:
            body = fact.key
            code = self._register.key_of(body, self._feed.scheme)
            if (
                body.kind in self._feed.covers
                and fact.exists_on(self._day)
                and code
                and code not in self.seen
                and self.lists_such(body.kind, code)
            ):
                yield self._closed(body, None, "Open here; the file does not have it.", code)

    def lists_such(self, kind: str, code: str) -> bool:
        """Whether the file has bodies whose ONS codes begin as this one does."""
        return self._feed.scheme != Scheme.ONS or (kind, code[:3]) in self._entities

    def _of_row(self, row: FeedRow) -> Iterator[Difference]:
        body = self._register.body_of(row)
        is_over = row.closed is not None and row.closed <= self._day
        if body is None:
            yield from self._of_unknown_code(row, is_over)
        elif row.kind and body.kind != row.kind:
            yield self._unknown(
                row,
                f"The code is that of {self._register.name(body)}, a "
                f"{NOUNS.get(body.kind, 'body of another kind')}.",
            )
        else:
            self.seen[row.code] = body
            fact = self._register.geography.body(body)
            if fact is not None:
                yield from self._of_known(row, fact, is_over)

    def _of_known(self, row: FeedRow, fact: BodyFact, is_over: bool) -> Iterator[Difference]:
        if is_over:
            if self._feed.covers and fact.exists_on(self._day):
                yield self._closed(fact.key, row, f"In the file until {_last_day(row)}.")
        elif row.holds_on(self._day):
            yield from self._of_open(row, fact)

    def _of_open(self, row: FeedRow, fact: BodyFact) -> Iterator[Difference]:
        body = fact.key
        if fact.closed is not None and fact.closed <= self._day:
            text = f"In the file still; here it closed on {_words(fact.closed)}."
            yield self._unknown(row, text, body)
            return
        if not fact.exists_on(self._day) and (
            row.opened is not None or self._feed.scheme != Scheme.OWN
        ):
            begins = f"begins on {_words(fact.opened)}" if fact.opened else "is only planned"
            text = f"Here it {begins}; the file has it as a body."
            yield self._changed(row, body, Aspect.OPENING, text)
        names = self._register.names(body)
        if row.name and not any(same_name(one=row.name, other=name) for name in names):
            text = f"Here: {self._register.name(body)}."
            yield self._changed(row, body, Aspect.NAME, text)
        for scheme, value in row.other_codes:
            own = self._register.key_of(body, scheme)
            if own != value:
                text = f"{scheme.upper()} code in the file: {value}. Here: {own or 'none'}."
                yield self._changed(row, body, Aspect.CODE, text, scheme=scheme, value=value)

    def _of_unknown_code(self, row: FeedRow, is_over: bool) -> Iterator[Difference]:
        before = self._register.last_meaning(row)
        if is_over:
            self.over += before is None
        elif before is not None:
            end = before.valid.end
            when = f"until {_words(end)}" if end and end <= self._day else "from a later day"
            text = f"The code is that of {self._register.name(before.body)} {when}."
            yield self._unknown(row, text, before.body)
        elif not row.kind:
            yield self._unknown(row, "Neither the code nor the kind of body is in the register.")
        elif row.scheme == Scheme.ONS and (row.kind, row.code[:3]) not in self._register.entities:
            text = f"No {NOUNS[row.kind]} here has a code that begins with {row.code[:3]}."
            yield self._unknown(row, text)
        else:
            opens = f" It opens on {_words(row.opened)}." if row.opened else ""
            yield Difference(
                kind=DifferenceKind.ADDED,
                aspect=Aspect.BODY,
                body_kind=row.kind,
                scheme=row.scheme,
                code=row.code,
                name=row.name or row.code,
                detail=f"No {NOUNS[row.kind]} here has this code.{opens}",
                other_codes=row.other_codes,
                offers=self._offers(row),
                row=row.row,
            )

    def _offers(self, row: FeedRow) -> tuple[BodyKey, ...]:
        """The bodies that the row may mean: those that no row of the file means by its code."""
        others = {
            fact.key.slug: fact.key
            for fact in self._register.geography.bodies
            if fact.key.kind == row.kind
            and fact.key not in self._meant
            and (fact.closed is None or self._day < fact.closed)
        }
        names = ((slug, self._register.names(key)) for slug, key in others.items())
        return tuple(others[slug] for slug in most_like(name=row.name, others=names))

    def _changed(
        self,
        row: FeedRow,
        body: BodyKey,
        aspect: Aspect,
        detail: str,
        *,
        scheme: str = "",
        value: str = "",
    ) -> Difference:
        return Difference(
            kind=DifferenceKind.CHANGED,
            aspect=aspect,
            body_kind=body.kind,
            scheme=scheme or row.scheme,
            code=row.code,
            name=row.name or self._register.name(body),
            detail=detail,
            body=body,
            value=value,
            row=row.row,
        )

    def _closed(
        self, body: BodyKey, row: FeedRow | None, detail: str, code: str = ""
    ) -> Difference:
        return Difference(
            kind=DifferenceKind.CLOSED,
            aspect=Aspect.BODY,
            body_kind=body.kind,
            scheme=self._feed.scheme,
            code=row.code if row else code,
            name=self._register.name(body),
            detail=detail,
            body=body,
            row=row.row if row else None,
        )

    def _unknown(self, row: FeedRow, detail: str, body: BodyKey | None = None) -> Difference:
        return Difference(
            kind=DifferenceKind.UNKNOWN,
            aspect=Aspect.BODY,
            body_kind=row.kind,
            scheme=row.scheme,
            code=row.code,
            name=row.name or row.code,
            detail=detail,
            body=body,
            row=row.row,
        )


def _words(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def _last_day(row: FeedRow) -> str:
    return _words(row.closed - timedelta(days=1)) if row.closed else ""

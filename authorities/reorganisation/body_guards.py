"""What stands in the way of operations on bodies: that they exist, and what they are called."""

from collections.abc import Sequence
from datetime import date

from authorities.reorganisation.cases import (
    NOUNS,
    About,
    Case,
    Field,
    Found,
    Guard,
    Problem,
    in_words,
    with_article,
)
from authorities.reorganisation.facts import (
    AUTHORITY,
    BOARD,
    COUNCIL,
    NHS_REGION,
    BodyFact,
    BodyKey,
)
from authorities.reorganisation.operations import (
    Close,
    Open,
    Operation,
    Recode,
    Rename,
    Retype,
)
from authorities.span import LAST_DAY, Span

OPENABLE = frozenset({AUTHORITY, BOARD, COUNCIL})
TYPES = frozenset(
    {
        "combined_authority",
        "combined_county_authority",
        "greater_london_authority",
        "single_authority",
    }
)
TIERS = frozenset({"foundation", "mayoral", "established_mayoral"})
SCHEMES = frozenset({"ons", "ods"})


def body_problems(*, operation: Operation, case: Case) -> Found:
    """Yield what stands in the way of an operation on bodies and what they are called."""
    match operation:
        case Open():
            yield from _of_open(operation, case)
        case Close(body=body):
            known = case.geography.body(body)
            if known is not None and known.is_plan_on(case.on):
                yield from _may_be_given_up(known, case)
            else:
                yield from may_end(body=body, case=case, field=Field.BODY)
        case Rename(body=body, name=name, short_name=short_name):
            yield from goes_on(body=body, case=case)
            if not name.strip() or not short_name.strip():
                yield Problem(
                    Guard.NAME_MISSING,
                    "Enter the new name and the new short name.",
                    About(Field.SHORT_NAME if name.strip() else Field.NAME),
                )
            held = [f for f in case.geography.names if f.body == body and f.valid.holds_on(case.on)]
            if any((f.name, f.short_name) == (name, short_name) for f in held):
                yield Problem(
                    Guard.SAME_AS_NOW,
                    f"It is called {name} already. Enter another name.",
                    About(Field.NAME),
                )
            yield from no_later_fact(
                spans=[f.valid for f in case.geography.names if f.body == body],
                case=case,
                about=About(Field.BODY, body=body),
            )
        case Recode(body=body, scheme=scheme, value=value):
            yield from goes_on(body=body, case=case)
            yield from _code_is_free(body, scheme, value, case, Field.VALUE)
        case Retype(body=body, type=type_, tier=tier):
            yield from goes_on(body=body, case=case, kinds={AUTHORITY})
            yield from _is_designation(type_, tier, body)
            own = [f for f in case.geography.designations if f.body == body]
            if any((f.type, f.tier) == (type_, tier) for f in own if f.valid.holds_on(case.on)):
                yield Problem(
                    Guard.SAME_AS_NOW,
                    "It has this type and tier already. Choose another.",
                    About(Field.TIER),
                )
            yield from no_later_fact(
                spans=[f.valid for f in own], case=case, about=About(Field.BODY, body=body)
            )


def _of_open(operation: Open, case: Case) -> Found:
    body = operation.body
    itself = About(Field.BODY, body=body)
    if body.kind not in OPENABLE:
        yield Problem(Guard.WRONG_KIND, "Open a strategic authority, an ICB or a council.", itself)
        return
    known = case.geography.body(body)
    twice = [o for o in case.change.operations if isinstance(o, Open) and o.body == body]
    if len(twice) > 1:
        yield Problem(Guard.SLUG_TAKEN, f"{body.slug} is opened twice. Keep one of them.", itself)
    if known is not None and (known.opened is not None or known.closed is not None):
        yield Problem(
            Guard.SLUG_TAKEN,
            f"There is or was {with_article(body.kind)} with the address {body.slug}. An address "
            "is never used again: enter another one.",
            itself,
        )
    elif known is not None:
        # A plan begins to be on record on some day, and cannot come true before.
        yield from no_later_fact(
            spans=[
                *(f.valid for f in case.geography.names if f.body == body),
                *(f.valid for f in case.geography.designations if f.body == body),
                *(f.valid for f in case.geography.members if f.authority == body),
            ],
            case=case,
            about=itself,
        )
    if known is None and not (operation.name.strip() and operation.short_name.strip()):
        yield Problem(
            Guard.NAME_MISSING,
            "Enter the name and the short name of the new body.",
            About(Field.SHORT_NAME if operation.name.strip() else Field.NAME, body=body),
        )
    if body.kind == AUTHORITY and (known is None or operation.type or operation.tier):
        yield from _is_designation(operation.type, operation.tier, body)
    if operation.group is not None:
        group = case.geography.body(operation.group)
        if body.kind != BOARD or operation.group.kind != NHS_REGION or group is None:
            yield Problem(
                Guard.WRONG_KIND,
                "Choose an NHS region, for an ICB only.",
                About(Field.GROUP, body=body),
            )
    for scheme, value, field in (
        ("ons", operation.ons_code, Field.ONS_CODE),
        ("ods", operation.ods_code, Field.ODS_CODE),
    ):
        if value:
            yield from _code_is_free(body, scheme, value, case, field)


def is_open(
    *,
    body: BodyKey,
    case: Case,
    field: Field,
    kinds: set[str] | None = None,
    or_planned: bool = False,
) -> Found:
    """Yield a problem unless the body exists on the day of the change, and began before it.

    field: where the operation names the body.
    """
    about = About(field, body=body)
    if kinds is not None and body.kind not in kinds:
        wanted = " or ".join(sorted(NOUNS.get(kind, kind) for kind in kinds))
        yield Problem(Guard.WRONG_KIND, f"{case.name(body)} is no {wanted}. Choose one.", about)
        return
    known = case.geography.body(body)
    if known is None:
        yield Problem(
            Guard.UNKNOWN_BODY,
            f"There is no {NOUNS.get(body.kind, body.kind)} {body.slug}. Choose one of the "
            "register, or open it in this change.",
            about,
        )
    elif known.closed is not None and known.closed <= case.on:
        ended = in_words(known.closed)
        happened = (
            f"closed on {ended}" if known.opened else f"was given up on {ended}, before it began"
        )
        yield Problem(
            Guard.NOT_OPEN,
            f"{case.name(body)} {happened}. Choose a body that exists on {in_words(case.on)}.",
            about,
        )
    elif known.closed is not None:
        yield from _no_later_change(known.closed, about)
    elif known.opened is None:
        if not or_planned:
            yield Problem(
                Guard.NOT_OPEN,
                f"{case.name(body)} is only planned. Open it first.",
                about,
            )
    elif case.on <= known.opened:
        yield Problem(
            Guard.BEFORE_OPENING,
            f"{case.name(body)} opened on {in_words(known.opened)}. Enter a later day "
            "for the change.",
            about,
        )


def may_end(*, body: BodyKey, case: Case, field: Field, kinds: set[str] | None = None) -> Found:
    """Yield a problem unless the body is open and nothing of it is on record for later days."""
    yield from is_open(body=body, case=case, field=field, kinds=kinds)
    geography = case.geography
    yield from no_later_fact(
        spans=[
            *(f.valid for f in geography.names if f.body == body),
            *(f.valid for f in geography.codes if f.body == body),
            *(f.valid for f in geography.designations if f.body == body),
            *(f.valid for f in geography.groups if body in (f.member, f.group)),
        ],
        case=case,
        about=About(field, body=body),
    )


def _may_be_given_up(plan: BodyFact, case: Case) -> Found:
    """Yield a problem unless the plan was on record before, and nothing else is after the day."""
    body, geography = plan.key, case.geography
    about = About(Field.BODY, body=body)
    names = [fact.valid for fact in geography.names if fact.body == body]
    since = min((span.start for span in names if span.start), default=None)
    if since is not None and case.on <= since:
        yield Problem(
            Guard.BEFORE_OPENING,
            f"The plan of {case.name(body)} is on record from {in_words(since)}. Enter a later "
            "day for the change.",
            about,
        )
        return
    if case.opens(body):
        yield Problem(
            Guard.NOT_OPEN,
            f"{case.name(body)} is opened and closed by this change. Remove one of both.",
            about,
        )
    if plan.closed is not None:
        yield from _no_later_change(plan.closed, about)
    yield from no_later_fact(
        spans=[
            *names,
            *(f.valid for f in geography.codes if f.body == body),
            *(f.valid for f in geography.designations if f.body == body),
            *(f.valid for f in geography.members if f.authority == body),
            *(f.valid for f in geography.groups if f.member == body),
            *(Span(f.on_date, None) for f in geography.successions if f.successor == body),
        ],
        case=case,
        about=about,
        # What begins on the first day of the plan is not to come.
        but=plan.opened,
    )


def goes_on(
    *, body: BodyKey, case: Case, kinds: set[str] | None = None, field: Field = Field.BODY
) -> Found:
    """Yield a problem unless the body is open and does not end with this very change."""
    yield from is_open(body=body, case=case, field=field, kinds=kinds)
    if body in case.ending:
        yield Problem(
            Guard.NOT_OPEN,
            f"{case.name(body)} ends with this change. Remove this operation or the one that ends "
            "it.",
            About(field, body=body),
        )


def takes_over(*, body: BodyKey, case: Case, field: Field, or_planned: bool = False) -> Found:
    """Yield a problem unless the body is open or is opened by this very change."""
    if body in case.ending:
        yield Problem(
            Guard.ENDS_TWICE,
            f"{case.name(body)} ends with this change and cannot take over.",
            About(field, body=body),
        )
    elif not case.opens(body):
        yield from is_open(body=body, case=case, field=field, or_planned=or_planned)


def _is_designation(type_: str, tier: str, body: BodyKey) -> Found:
    if type_ not in TYPES or tier not in TIERS:
        yield Problem(
            Guard.NAME_MISSING,
            "Choose the legal type and the tier of the authority.",
            About(Field.TIER if type_ in TYPES else Field.TYPE, body=body),
        )


def _code_is_free(body: BodyKey, scheme: str, value: str, case: Case, field: Field) -> Found:
    about = About(field, body=body)
    if scheme not in SCHEMES or not (3 <= len(value) <= 12 and value.isalnum() and value.isupper()):
        yield Problem(
            Guard.NAME_MISSING,
            f"“{value}” is no code. Enter 3 to 12 capital letters and figures, and whether it is "
            "an ONS or an ODS code.",
            About(Field.SCHEME) if scheme not in SCHEMES else about,
        )
        return
    ending = set(case.ending) | {
        one.body
        for one in case.change.operations
        if isinstance(one, Recode) and one.scheme == scheme
    }
    for fact in case.geography.codes:
        if (
            (fact.scheme, fact.value) == (scheme, value)
            and (fact.valid.end or LAST_DAY) > case.on
            and (fact.body == body or fact.body not in ending)
        ):
            whose = "its own" if fact.body == body else f"of {case.name(fact.body)}"
            yield Problem(
                Guard.CODE_IN_USE,
                f"The {scheme.upper()} code {value} is {whose} on {in_words(case.on)}. Enter "
                "another code.",
                about,
            )
    given = [
        code
        for one in case.change.operations
        for code in _codes_given(one)
        if code == (scheme, value)
    ]
    if len(given) > 1:
        yield Problem(
            Guard.CODE_IN_USE,
            f"The {scheme.upper()} code {value} is given twice in this change. Correct one.",
            about,
        )
    own = [f.valid for f in case.geography.codes if (f.body, f.scheme) == (body, scheme)]
    yield from no_later_fact(spans=own, case=case, about=About(Field.BODY, body=body))


def _codes_given(operation: Operation) -> list[tuple[str, str]]:
    match operation:
        case Open(ons_code=ons, ods_code=ods):
            return [("ons", ons), ("ods", ods)]
        case Recode(scheme=scheme, value=value):
            return [(scheme, value)]
        case _:
            return []


def no_later_fact(
    *, spans: Sequence[Span], case: Case, about: About, but: date | None = None
) -> Found:
    """Yield a problem where one of the stretches begins or ends after the day of the change.

    but: a day that does not count.
    """
    later = sorted(
        day
        for span in spans
        for day in (span.start, span.end)
        if day is not None and day > case.on and day != but
    )
    if later:
        yield from _no_later_change(later[0], about)


def _no_later_change(day: date, about: About) -> Found:
    yield Problem(
        Guard.LATER_CHANGE,
        f"A later change is on record, on {in_words(day)}. Changes are entered in the order of "
        "their days: enter a day after it.",
        about,
    )

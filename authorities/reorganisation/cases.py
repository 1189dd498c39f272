"""A change beside the geography that it is to change, and what may stand in its way."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from authorities.reorganisation.facts import (
    AUTHORITY,
    BOARD,
    CLUSTER,
    COUNCIL,
    NHS_REGION,
    BodyKey,
    Geography,
)
from authorities.reorganisation.operations import Change, Open, closing_bodies

NOUNS = {
    AUTHORITY: "strategic authority",
    BOARD: "ICB",
    COUNCIL: "council",
    CLUSTER: "cluster",
    NHS_REGION: "NHS region",
}


class Guard(StrEnum):
    """The rules, as tests and the page name them."""

    NO_OPERATION = "no_operation"
    TOO_FAR_AHEAD = "too_far_ahead"
    NO_SOURCE = "no_source"
    SOURCE_TWICE = "source_twice"
    TARGET_IS_SOURCE = "target_is_source"
    TOO_FEW_TARGETS = "too_few_targets"
    TARGET_TWICE = "target_twice"
    NO_PRIMARY = "no_primary"
    UNKNOWN_BODY = "unknown_body"
    NOT_OPEN = "not_open"
    BEFORE_OPENING = "before_opening"
    WRONG_KIND = "wrong_kind"
    SLUG_TAKEN = "slug_taken"
    NAME_MISSING = "name_missing"
    SAME_AS_NOW = "same_as_now"
    CODE_IN_USE = "code_in_use"
    UNKNOWN_AREA = "unknown_area"
    NOT_OF_SOURCE = "not_of_source"
    AREA_TWICE = "area_twice"
    NO_AREA = "no_area"
    SHARE_RANGE = "share_range"
    SHARES_SUM = "shares_sum"
    AREA_LEFT = "area_left"
    NOT_DIVISIBLE = "not_divisible"
    LATER_CHANGE = "later_change"
    BUSY = "busy"
    ENDS_TWICE = "ends_twice"
    WHICH_AUTHORITY = "which_authority"
    CLUSTER_TOO_SMALL = "cluster_too_small"
    IN_A_CLUSTER = "in_a_cluster"
    NOT_IN_CLUSTER = "not_in_cluster"
    PEOPLE_LEFT = "people_left"


class Field(StrEnum):
    """What of a change or of one of its operations is to be put right, as its class names it."""

    WHOLE = ""
    DAY = "on"
    BODY = "body"
    NAME = "name"
    SHORT_NAME = "short_name"
    ONS_CODE = "ons_code"
    ODS_CODE = "ods_code"
    GROUP = "group"
    TYPE = "type"
    TIER = "tier"
    SCHEME = "scheme"
    VALUE = "value"
    SOURCE = "source"
    SOURCES = "sources"
    TARGET = "target"
    TARGETS = "targets"
    PRIMARY = "primary"
    AREAS = "areas"
    SHARE = "share"
    MEMBERS = "members"


@dataclass(frozen=True)
class About:
    """What a problem is about, so that a page can say it there.

    field: WHOLE and DAY are of the change, the others of one operation.
    body: which body, where the field holds several or there is no one field.
    area: which part, or which council of an authority.
    """

    field: Field
    body: BodyKey | None = None
    area: str = ""


@dataclass(frozen=True)
class Problem:
    """One thing that stands in the way.

    operation: its place among the change's operations, from 0; None for the change as a whole.
    """

    guard: Guard
    text: str
    about: About
    operation: int | None = None


Found = Iterator[Problem]


@dataclass(frozen=True)
class Case:
    """A change and the geography that it is to change."""

    change: Change
    geography: Geography

    @property
    def on(self) -> date:
        """The day of the change."""
        return self.change.on

    @property
    def ending(self) -> tuple[BodyKey, ...]:
        """The bodies that end with the change."""
        return closing_bodies(self.change)

    def opens(self, body: BodyKey) -> bool:
        """Whether the change itself opens the body."""
        return any(isinstance(one, Open) and one.body == body for one in self.change.operations)

    def areas(self, body: BodyKey) -> set[str]:
        """The parts of a board or a council; the councils, by slug, of an authority."""
        if body.kind == AUTHORITY:
            return {f.council.slug for f in self.geography.members_of(body, self.on)}
        return set(self.geography.parts_of(body, self.on))

    def name(self, body: BodyKey) -> str:
        """What the body is called on the day, with what it is."""
        for operation in self.change.operations:
            if isinstance(operation, Open) and operation.body == body and operation.short_name:
                return operation.short_name
        name = self.geography.name_on(body, self.on)
        if body.kind in NOUNS:
            return f"{name} {NOUNS[body.kind]}"
        return name


def with_article(kind: str) -> str:
    """Return what a body of the kind is, as in "an ICB"."""
    noun = NOUNS[kind]
    return f"{'an' if noun[0] in 'aeiouAEIOU' else 'a'} {noun}"


def in_words(day: date) -> str:
    """Return the day as people write it."""
    return f"{day.day} {day:%B %Y}"

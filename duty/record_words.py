"""Standing records in words: their kinds, their labels, and an entry as lines."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from uuid import UUID

from duty import words
from duty.standing_records import (
    AgreementFile,
    AgreementStatus,
    AssessmentMade,
    CommitteeRole,
    Content,
    Ending,
    Prevention,
    RecordKind,
    RoleOf,
    StrategyStatus,
    Theme,
)
from duty.words import london_date

STRATEGY_WORDS = {
    StrategyStatus.ADOPTED: "Adopted",
    StrategyStatus.BEING_REFRESHED: "Being refreshed",
    StrategyStatus.IN_DEVELOPMENT: "In development",
}
ASSESSMENT_WORDS = {
    AssessmentMade.NONE: "None",
    AssessmentMade.HEALTH: "Health impact assessment",
    AssessmentMade.INEQUALITIES: "Health inequalities impact assessment",
    AssessmentMade.BOTH: "Both, or one that covers both",
}
AGREEMENT_WORDS = {
    AgreementStatus.IN_DEVELOPMENT: "In development",
    AgreementStatus.SIGNED: "Signed",
}
THEME_WORDS = {
    Theme.FAIR_GROWTH: "Fair growth",
    Theme.CLIMATE: "Climate",
    Theme.TACKLING_INEQUALITY: "Tackling inequality",
    Theme.WIDER_DETERMINANTS: "Wider determinants",
    Theme.WORK_AND_HEALTH: "Work and health",
    Theme.HOUSING: "Housing",
    Theme.TRANSPORT: "Transport",
    Theme.OTHER: "Other",
}
ROLE_WORDS = {RoleOf.BOARD: "The ICB’s", RoleOf.AUTHORITY: "The authority’s"}
PREVENTION_WORDS = {
    Prevention.YES: "Yes",
    Prevention.NO: "No",
    Prevention.UNKNOWN: "Not known",
}
ENDING_WORDS = {Ending.ENDED: "Ended", Ending.MISTAKE: "Entered by mistake"}
# A field's words may depend on the kind: a role, a decision and a source are titles of their own.
_TITLES = {
    RecordKind.STRATEGY: "Title",
    RecordKind.POST: "Role title",
    RecordKind.ASSESSMENT: "Decision",
    RecordKind.AGREEMENT: "Title",
    RecordKind.FUNDING: "Source",
}
_LABELS = {
    "status": "Status",
    "adopted_on": "Adopted",
    "review_on": "Next review",
    "link": "Link",
    "progress_link": "Where progress is reported",
    "covers": "What it covers",
    "fte": "Full-time equivalent",
    "employer": "Employer",
    "joint_with": "Joint with",
    "filled": "Filled",
    "since": "Since",
    "decided_on": "Decided",
    "assessment": "Impact assessment",
    "boards": "With",
    "signed_on": "Signed",
    "themes": "Work plan covers",
    "other_theme": "What else it covers",
    "work_plan": "Work plan",
    "work_plan_link": "Link to the work plan",
    "roles": "Roles on each other’s boards and committees",
    "renews": "Takes the place of",
    "document": "Document",
    "amount": "Amount",
    "starts_on": "First day",
    "ends_on": "Ends",
    "prevention": "For prevention",
    "plan": "Plan to take the cost in-house",
    "pays_for": "What it pays for",
}
_CODES: dict[str, str] = {
    **{status.value: words for status, words in STRATEGY_WORDS.items()},
    **{status.value: words for status, words in AGREEMENT_WORDS.items()},
}
_CODES_OF: dict[str, Mapping[str, str]] = {
    "status": _CODES,
    "assessment": {made.value: words for made, words in ASSESSMENT_WORDS.items()},
    "prevention": {tag.value: words for tag, words in PREVENTION_WORDS.items()},
}


@dataclass(frozen=True)
class KindWords:
    """How pages call a kind: its list, one of it in a sentence, and why it is kept."""

    title: str
    one: str
    why: str

    @property
    def any_one(self) -> str:
        """One of it with its article, as 'an agreement'."""
        return f"{'an' if self.one[0] in 'aeiou' else 'a'} {self.one}"


KIND_WORDS = {
    RecordKind.STRATEGY: KindWords(
        "Strategies",
        "strategy",
        "Your health inequalities strategy and others that serve the same purpose.",
    ),
    RecordKind.POST: KindWords(
        "Health team posts",
        "post",
        "Posts by the title of their role, never by a person’s name.",
    ),
    RecordKind.ASSESSMENT: KindWords(
        "Impact assessments",
        "decision",
        "Decisions that may affect health, and which of them had an impact assessment.",
    ),
    RecordKind.AGREEMENT: KindWords(
        "Partnership agreements",
        "agreement",
        "Agreements and memoranda of understanding with ICBs.",
    ),
    RecordKind.FUNDING: KindWords(
        "Funding of the duty",
        "source of funding",
        "What pays for the team and for joint work, until when, and what follows.",
    ),
}


def label_of(*, kind: RecordKind, field: str) -> str:
    """Return how pages call a field of an entry.

    Args:
        kind: the kind of record.
        field: the field's name in its content.

    Returns:
        The label, in sentence case.

    Source: the project's own words.
    """
    return _TITLES[kind] if field == "title" else _LABELS[field]


def content_lines(
    *, kind: RecordKind, content: Content, board_names: Mapping[str, str]
) -> tuple[tuple[str, str], ...]:
    """Return an entry as lines of label and text, its title first.

    Args:
        kind: the kind of record.
        content: the entry.
        board_names: names of ICBs by slug, and titles of agreements by key; one without a name is
            shown by its slug.

    Returns:
        A line for each field that says something.

    Source: GOV.UK style guide, dates and money.
    """
    lines = []
    for field in fields(content):
        text = _text(field.name, getattr(content, field.name), board_names)
        if text:
            lines.append((label_of(kind=kind, field=field.name), text))
    return tuple(lines)


def _text(name: str, value: object, board_names: Mapping[str, str]) -> str:
    match value:
        case None | "" | ():
            return ""
        case bool():
            return "Yes" if value else "No"
        case date():
            return london_date(moment=value)
        case Decimal():
            return words.pounds(amount=value) if name == "amount" else f"{value.normalize():f}"
        case tuple():
            if name == "roles":
                return "\n".join(role_words(role=role, board_names=board_names) for role in value)
            if name == "boards":
                return ", ".join(sorted(board_names.get(slug, slug) for slug in value))
            return ", ".join(words for theme, words in THEME_WORDS.items() if theme in value)
        case AgreementFile():
            return f"{value.name} ({value.kind.upper()}, {words.file_size(size=value.size)})"
        case UUID():
            return board_names.get(str(value), "An agreement that was a mistake")
        case _:
            return _CODES_OF.get(name, {}).get(str(value), str(value))


def role_words(*, role: CommitteeRole, board_names: Mapping[str, str]) -> str:
    """Return a role of an agreement in words.

    Args:
        role: the role.
        board_names: names of ICBs by slug.

    Returns:
        A line such as 'Director of strategy of NHS North ICB, on Skills committee of the
            authority'.

    Source: the project's own words.
    """
    board = board_names.get(role.board, role.board)
    whose, at = (board, "the authority") if role.of == RoleOf.BOARD else ("the authority", board)
    return f"{role.title} of {whose}, on {role.committee} of {at}"

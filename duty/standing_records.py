"""What an authority keeps on record between rounds: five kinds, and what makes an entry wrong."""

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

_EARLIEST, _LATEST = date(1900, 1, 1), date(2100, 12, 31)
# Largest figures that an entry may hold; anything above is a slip of the keyboard.
LARGEST_FTE = Decimal("9999.99")
LARGEST_AMOUNT = Decimal("99999999999.99")
# A post is kept by its role; these begin the name of a person.
_NAMED = re.compile(r"(mr|mrs|ms|miss|mx|dr|prof|professor|sir|dame|cllr)\.?\s+\S", re.IGNORECASE)


class RecordKind(StrEnum):
    """A kind of standing record; the value stands in addresses."""

    STRATEGY = "strategies"
    POST = "posts"
    ASSESSMENT = "impact-assessments"
    AGREEMENT = "agreements"
    FUNDING = "funding"


class StrategyStatus(StrEnum):
    """Where a strategy is."""

    ADOPTED = "adopted"
    BEING_REFRESHED = "being_refreshed"
    IN_DEVELOPMENT = "in_development"


class AssessmentMade(StrEnum):
    """Which impact assessment a decision had."""

    NONE = "none"
    HEALTH = "health"
    INEQUALITIES = "inequalities"
    BOTH = "both"


class AgreementStatus(StrEnum):
    """Where a partnership agreement is."""

    IN_DEVELOPMENT = "in_development"
    SIGNED = "signed"


class Theme(StrEnum):
    """What an agreement's work plan is about: the choices of question CO4."""

    FAIR_GROWTH = "fair_growth"
    CLIMATE = "climate"
    TACKLING_INEQUALITY = "tackling_inequality"
    WIDER_DETERMINANTS = "wider_determinants"
    WORK_AND_HEALTH = "work_and_health"
    HOUSING = "housing"
    TRANSPORT = "transport"
    OTHER = "other"


class RoleOf(StrEnum):
    """Whose colleague holds a role on a board or committee of the other side."""

    BOARD = "board"
    AUTHORITY = "authority"


class Prevention(StrEnum):
    """Whether money is for prevention; not known is not no."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


class Ending(StrEnum):
    """How an entry ended: it came to an end, or it should never have been there."""

    ENDED = "ended"
    MISTAKE = "mistake"


@dataclass(frozen=True)
class StrategyContent:
    """A strategy on health or health inequalities."""

    title: str
    status: str
    adopted_on: date | None = None
    review_on: date | None = None
    link: str = ""
    progress_link: str = ""
    covers: str = ""


@dataclass(frozen=True)
class PostContent:
    """A post of the health team, by its role. `fte` is in full-time equivalents."""

    title: str
    fte: Decimal
    employer: str
    joint_with: str = ""
    filled: bool = False
    since: date | None = None


@dataclass(frozen=True)
class AssessmentContent:
    """A relevant decision, and which impact assessment it had."""

    title: str
    decided_on: date
    assessment: str
    link: str = ""


@dataclass(frozen=True, order=True)
class CommitteeRole:
    """A role of one side's colleague on a board or committee of the other; never a person's name.

    board: the slug of the ICB; of: whose colleague, a `RoleOf`.
    """

    board: str
    of: str
    title: str
    committee: str


@dataclass(frozen=True)
class AgreementFile:
    """The document of an agreement: its key, the person's name for it, its kind, bytes, SHA-256."""

    id: UUID
    name: str
    kind: str
    size: int
    sha256: str


@dataclass(frozen=True)
class AgreementContent:
    """A partnership agreement; `boards` are slugs of the ICBs that are party to it.

    renews: the key of the agreement that it takes the place of.
    document: the file of the agreement itself, added and taken away on a page of its own.
    """

    title: str
    boards: tuple[str, ...]
    status: str
    signed_on: date | None = None
    review_on: date | None = None
    link: str = ""
    themes: tuple[str, ...] = ()
    other_theme: str = ""
    work_plan: str = ""
    work_plan_link: str = ""
    roles: tuple[CommitteeRole, ...] = ()
    renews: UUID | None = None
    document: AgreementFile | None = None


@dataclass(frozen=True)
class FundingContent:
    """A source of money for the duty; the amount is in pounds, for the whole period."""

    title: str
    amount: Decimal
    starts_on: date
    ends_on: date | None = None
    prevention: str = Prevention.UNKNOWN.value
    plan: str = ""
    pays_for: str = ""
    joint_with: str = ""


Content = StrategyContent | PostContent | AssessmentContent | AgreementContent | FundingContent

CONTENT_OF: dict[RecordKind, type[Content]] = {
    RecordKind.STRATEGY: StrategyContent,
    RecordKind.POST: PostContent,
    RecordKind.ASSESSMENT: AssessmentContent,
    RecordKind.AGREEMENT: AgreementContent,
    RecordKind.FUNDING: FundingContent,
}


@dataclass(frozen=True)
class ContentProblem:
    """What is wrong with an entry: the field that it is about, and what to do."""

    field: str
    message: str


def first_day(*, content: Content) -> date | None:
    """Return the day from which an entry holds.

    Args:
        content: an entry of any kind.

    Returns:
        The day of adoption, appointment, decision, signature or the first day of the money; None
        where there is none or nobody knows.

    Source: the project's own rule.
    """
    match content:
        case StrategyContent():
            return content.adopted_on
        case PostContent():
            return content.since
        case AssessmentContent():
            return content.decided_on
        case AgreementContent():
            return content.signed_on
        case FundingContent():
            return content.starts_on


def check_content(*, content: Content) -> tuple[ContentProblem, ...]:
    """Return everything that is wrong with an entry, or nothing.

    Args:
        content: an entry of any kind.

    Returns:
        Problems in the order of the fields. The database holds the same rules.

    Source: the project's own rules.
    """
    found: list[ContentProblem] = []
    if not content.title.strip():
        found.append(ContentProblem("title", "Enter what it is called"))
    match content:
        case StrategyContent():
            found += _strategy(content)
        case PostContent():
            found += _post(content)
        case AssessmentContent():
            found += _links(link=content.link)
        case AgreementContent():
            found += _agreement(content)
        case FundingContent():
            found += _funding(content)
    first = first_day(content=content)
    if first is not None and not _EARLIEST <= first <= _LATEST:
        name = _FIRST_DAYS[type(content)]
        found.append(ContentProblem(name, "The year must be between 1900 and 2100"))
    return tuple(found)


def check_end(
    *, content: Content, ending: str, on: date | None, reason: str
) -> ContentProblem | None:
    """Return what is wrong with ending an entry, or nothing.

    Args:
        content: the entry.
        ending: how it ends.
        on: the last day on which it holds, of one that came to an end.
        reason: why, in the person's words.

    Returns:
        The first problem.

    Source: the project's own rules.
    """
    if ending == Ending.MISTAKE:
        if not reason.strip():
            return ContentProblem("reason", "Say what was wrong with the entry")
        return None
    if ending != Ending.ENDED or isinstance(content, AssessmentContent):
        return ContentProblem("ending", "Select what happened")
    if on is None:
        return ContentProblem("ended_on", "Enter the last day on which it held")
    first = first_day(content=content)
    if first is not None and on < first:
        return ContentProblem("ended_on", "The last day must not be before the first")
    return None


def _strategy(content: StrategyContent) -> list[ContentProblem]:
    found = []
    if content.status not in set(StrategyStatus):
        found.append(ContentProblem("status", "Select how far it is"))
    if content.status == StrategyStatus.ADOPTED and content.adopted_on is None:
        found.append(ContentProblem("adopted_on", "Enter the date it was adopted"))
    found += _order(
        content.adopted_on, content.review_on, "The next review must be after the adoption"
    )
    return found + _links(link=content.link, progress_link=content.progress_link)


def _post(content: PostContent) -> list[ContentProblem]:
    found = []
    if _NAMED.match(content.title.strip()):
        found.append(
            ContentProblem("title", "Enter the title of the role, not the name of a person")
        )
    if not 0 <= content.fte <= LARGEST_FTE:
        found.append(ContentProblem("fte", f"Enter a number between 0 and {LARGEST_FTE:,f}"))
    if not content.employer.strip():
        found.append(ContentProblem("employer", "Enter the employer"))
    return found


def _agreement(content: AgreementContent) -> list[ContentProblem]:
    found = []
    if not content.boards:
        found.append(ContentProblem("boards", "Select at least one ICB"))
    if content.status not in set(AgreementStatus):
        found.append(ContentProblem("status", "Select how far it is"))
    if content.status == AgreementStatus.SIGNED and content.signed_on is None:
        found.append(ContentProblem("signed_on", "Enter the date it was signed"))
    if content.status != AgreementStatus.SIGNED and content.signed_on is not None:
        found.append(ContentProblem("signed_on", "Only a signed agreement has a date of signing"))
    found += _order(
        content.signed_on, content.review_on, "The next review must be after the signature"
    )
    found += _links(link=content.link, work_plan_link=content.work_plan_link)
    found += _roles(content)
    if not set(content.themes) <= set(Theme):
        found.append(ContentProblem("themes", "Select themes from the list"))
    if Theme.OTHER in content.themes and not content.other_theme.strip():
        found.append(ContentProblem("other_theme", "Enter what else it covers"))
    return found


def _roles(content: AgreementContent) -> list[ContentProblem]:
    messages = []
    for role in content.roles:
        if role.board not in content.boards:
            messages.append("Select one of the ICBs of the agreement for each role")
        if role.of not in set(RoleOf):
            messages.append("Select whose colleague holds each role")
        if not role.title.strip() or not role.committee.strip():
            messages.append("Enter each role with its board or committee")
        if _NAMED.match(role.title.strip()):
            messages.append("Enter the title of each role, not the name of a person")
    return [ContentProblem("roles", message) for message in dict.fromkeys(messages)]


def _funding(content: FundingContent) -> list[ContentProblem]:
    found = []
    if not 0 <= content.amount <= LARGEST_AMOUNT:
        found.append(ContentProblem("amount", "Enter an amount of £0 or more"))
    if content.ends_on is not None and content.ends_on < content.starts_on:
        found.append(ContentProblem("ends_on", "The last day must not be before the first"))
    if content.prevention not in set(Prevention):
        found.append(ContentProblem("prevention", "Select whether it is for prevention"))
    if content.joint_with.strip() and not content.pays_for.strip():
        found.append(ContentProblem("pays_for", "Enter what you pay for together"))
    return found


def _order(first: date | None, review: date | None, message: str) -> list[ContentProblem]:
    if first is None or review is None or review > first:
        return []
    return [ContentProblem("review_on", message)]


def _links(**links: str) -> list[ContentProblem]:
    return [
        ContentProblem(name, "Enter a full link that starts with https")
        for name, link in links.items()
        if link and not re.match(r"https?://", link)
    ]


_FIRST_DAYS: dict[type[Content], str] = {
    StrategyContent: "adopted_on",
    PostContent: "since",
    AssessmentContent: "decided_on",
    AgreementContent: "signed_on",
    FundingContent: "starts_on",
}

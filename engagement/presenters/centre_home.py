"""What the home page shows to the centre."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from authorities.queries.messages import MessageCounts
from duty import words
from duty.bank_holidays import england
from duty.deadlines import CalendarTooShortError, days_left, london_date, working_days_left
from duty.models import Round, RoundState
from duty.queries.due_rounds import RoundTurn
from duty.ui.components import Count
from engagement.presenters.commitment_lists import counted
from engagement.presenters.home_changes import ChangeRow
from engagement.presenters.home_waits import WaitRow
from engagement.queries.centre import JobCounts, PeopleCounts, RoundStanding
from engagement.queries.desk import DeskCounts
from engagement.queries.publications import WaitingProposal

_KEEPING = (
    ("Prevent misaligned geographies", "authorities:geography-warnings"),
    ("Changes of bodies and areas", "changes:list"),
    ("Compare the register with official files", "authorities:feed-list"),
    ("Boundary sets", "authorities:boundary-list"),
)


@dataclass(frozen=True)
class RoundBlock:
    """One open round: how far it is, with the way to its national picture."""

    key: str
    title: str
    days: str
    returns: tuple[Count, ...]
    views: str
    url: str
    returns_url: str


@dataclass(frozen=True)
class RoundLink:
    """A published round."""

    name: str
    url: str


@dataclass(frozen=True)
class JobsLine:
    """How the recomputes do; the link is for those who may read the jobs."""

    sentence: str
    failed: str
    url: str


@dataclass(frozen=True)
class Keeping:
    """Where people of the centre keep bodies and areas."""

    label: str
    url: str


@dataclass(frozen=True)
class Asks:
    """What may wait for the person: which it is depends on their rights.

    reviews: rounds with how many returns wait for a review; proposals: publications that another
    person has proposed; releases: of bodies' values, to approve; held_up: rounds whose step the job
    could not take; changes: of bodies, to approve or to set; desk: national views.
    """

    reviews: Sequence[tuple[Round, int]]
    messages: MessageCounts | None
    changes: int
    proposals: Sequence[WaitingProposal] = ()
    releases: int = 0
    # Bodies that asked for support, and practice examples that bodies proposed.
    support: int = 0
    examples: int = 0
    held_up: Sequence[RoundTurn] = ()
    desk: DeskCounts | None = None
    drafts: bool = False
    moderates: bool = False


@dataclass(frozen=True)
class CentreHome:
    """The centre's home page; empty parts are for others."""

    rounds: tuple[RoundBlock, ...]
    is_shown_rounds: bool
    published: tuple[RoundLink, ...]
    jobs: JobsLine | None
    people: str
    keeping: tuple[Keeping, ...]
    waits: tuple[WaitRow, ...]
    shows_waits: bool
    changes: tuple[ChangeRow, ...]
    messages: str
    audit_url: str


def centre_home(
    *,
    standings: Sequence[RoundStanding],
    shows_rounds: bool,
    published: Sequence[Round],
    jobs: JobCounts | None,
    jobs_are_linked: bool,
    people: PeopleCounts | None,
    keeps_geography: bool,
    reads_audit: bool,
    asks: Asks,
    changes: tuple[ChangeRow, ...],
    now: datetime,
) -> CentreHome:
    """Return the page for a role at a national body."""
    return CentreHome(
        audit_url=reverse("authorities:audit") if reads_audit else "",
        rounds=tuple(_round(standing=standing, now=now) for standing in standings),
        is_shown_rounds=shows_rounds,
        published=tuple(
            RoundLink(name=round.name, url=_picture(round=round)) for round in published
        ),
        jobs=_jobs(jobs=jobs, linked=jobs_are_linked) if jobs else None,
        people=f"{counted(people.active, 'person', 'people')} can sign in; {people.with_a_role} "
        f"{'holds' if people.with_a_role == 1 else 'hold'} a role."
        if people
        else "",
        keeping=tuple(Keeping(label, reverse(name)) for label, name in _KEEPING)
        if keeps_geography
        else (),
        waits=_waits(jobs=jobs if jobs_are_linked else None, asks=asks),
        shows_waits=shows_rounds,
        changes=changes,
        messages=_messages(asks.messages) if asks.messages else "",
    )


def _waits(*, jobs: JobCounts | None, asks: Asks) -> tuple[WaitRow, ...]:
    rows = [
        *(_held_up(turn) for turn in asks.held_up),
        *(_proposal(one) for one in asks.proposals),
    ]
    rows.extend(
        WaitRow(
            title=f"{counted(count, 'return', 'returns')} to review",
            url=f"{reverse('duty:review-list')}?round={round.slug}&show=to-review",
            when="",
            note=round.name,
        )
        for round, count in asks.reviews
    )
    rows.extend(_desk(asks))
    if asks.releases:
        noun = counted(asks.releases, "file of values", "files of values")
        rows.append(
            WaitRow(title=f"{noun} to approve", url=reverse("outcomes:approval-list"), when="")
        )
    if asks.support:
        noun = counted(asks.support, "body asks", "bodies ask")
        rows.append(WaitRow(title=f"{noun} for support", url=reverse("support:desk"), when=""))
    if asks.examples:
        noun = counted(asks.examples, "practice example", "practice examples")
        url = reverse("practice:moderation")
        rows.append(WaitRow(title=f"{noun} to publish or return", url=url, when=""))
    if asks.changes:
        noun = counted(asks.changes, "change of bodies", "changes of bodies")
        rows.append(WaitRow(title=f"{noun} to decide", url=reverse("changes:list"), when=""))
    if asks.messages and asks.messages.failed:
        noun = counted(asks.messages.failed, "message", "messages")
        rows.append(
            WaitRow(
                title=f"{noun} could not be sent",
                url=reverse("authorities:message-list"),
                when="",
            )
        )
    if jobs and jobs.failed:
        noun = counted(jobs.failed, "recompute", "recomputes")
        rows.append(WaitRow(title=f"{noun} failed", url=reverse("jobs"), when=""))
    return tuple(rows)


def _desk(asks: Asks) -> list[WaitRow]:
    """Return the national views that wait for the person, by what is to be done."""
    if asks.desk is None:
        return []
    desk, moderation = reverse("assessments:desk"), reverse("assessments:moderation")
    challenges = reverse("assessments:challenges")
    view = ("national view", "national views")
    waiting = [
        (asks.drafts, asks.desk.to_draft, view, "to draft", f"{desk}?assigned=mine"),
        (asks.moderates, asks.desk.to_moderate, view, "to moderate", f"{moderation}#drafts"),
        (asks.moderates, asks.desk.to_share, view, "to share", f"{moderation}#share"),
        (asks.moderates, asks.desk.to_resolve, view, "challenged", f"{challenges}#list"),
        (asks.moderates, asks.desk.to_finalise, view, "to make final", f"{moderation}#final"),
        (asks.moderates, asks.desk.second_looks, view, "to look at again", f"{moderation}#looks"),
        (
            asks.moderates,
            asks.desk.to_correct,
            ("correction of a published level", "corrections of published levels"),
            "to decide",
            f"{moderation}#corrections",
        ),
    ]
    return [
        WaitRow(title=f"{counted(count, *nouns)} {what}", url=url, when="")
        for may_do, count, nouns, what, url in waiting
        if may_do and count
    ]


def _held_up(turn: RoundTurn) -> WaitRow:
    return WaitRow(
        title=f"{turn.round.name} is held up",
        url=reverse("rounds:control", args=[turn.round.slug]),
        when="",
        note=turn.held_up_by,
    )


def _proposal(one: WaitingProposal) -> WaitRow:
    what = "correction" if one.round.state == RoundState.PUBLISHED else "publication"
    return WaitRow(
        title=f"{one.round.name}: approve its {what}",
        url=reverse("publications:publish", args=[one.round.slug]),
        when="",
        note=f"{one.by.full_name} proposed it on {words.london_datetime(moment=one.at)}",
    )


def _messages(counts: MessageCounts) -> str:
    waiting = counted(counts.waiting, "message waits", "messages wait")
    return f"{waiting} to be sent."


def days_words(*, round: Round, now: datetime) -> str:
    """Return how long a round still takes returns, in days and working days."""
    left = days_left(closing_date=round.due_on, now=now)
    if left < 0:
        return f"{counted(-left, 'day', 'days')} past the due date."
    if left == 0:
        return "Due today, by midnight in London."
    try:
        working = working_days_left(
            until=round.due_on, from_=london_date(now=now), bank_holidays=england()
        )
    except CalendarTooShortError:
        return f"{counted(left, 'day', 'days')} left."
    return (
        f"{counted(left, 'day', 'days')} left, "
        f"{counted(working, 'of them a working day', 'of them working days')}."
    )


def _round(*, standing: RoundStanding, now: datetime) -> RoundBlock:
    of = str(standing.expected)
    counts = [Count(number=str(standing.not_started), of=of, label="Not started", kind="na")]
    counts.extend(
        Count(number=str(number), of=of, label=state) for state, number in standing.by_state
    )
    due = words.london_weekday(moment=standing.round.due_on)
    return RoundBlock(
        key=standing.round.slug,
        title=f"{standing.round.name}: due {due}",
        days=days_words(round=standing.round, now=now),
        returns=tuple(counts),
        views=f"{standing.views_confirmed} of {standing.views_expected} own views are confirmed.",
        url=_picture(round=standing.round),
        returns_url=f"{reverse('duty:review-list')}?round={standing.round.slug}",
    )


def _picture(*, round: Round) -> str:
    return f"{reverse('engagement:national')}?round={round.slug}"


def _jobs(*, jobs: JobCounts, linked: bool) -> JobsLine:
    last = (
        f"The last recompute finished on {words.london_datetime(moment=jobs.last_finished_at)}."
        if jobs.last_finished_at
        else "No recompute has finished yet."
    )
    waiting = f" {jobs.waiting} {'waits' if jobs.waiting == 1 else 'wait'}." if jobs.waiting else ""
    failed = (
        f"{counted(jobs.failed, 'recompute', 'recomputes')} failed. What they feed is not up to "
        "date."
        if jobs.failed
        else ""
    )
    return JobsLine(sentence=last + waiting, failed=failed, url=reverse("jobs") if linked else "")

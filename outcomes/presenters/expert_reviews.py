"""Expert reviews in words: the list with when the next is due, one review, and beside numbers."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.urls import reverse

from authorities.presenters.register_feeds import moment_text
from authorities.presenters.tables import Cell, Column, Link, SummaryRow
from authorities.presenters.words import day_text
from outcomes.expert_reviews import RIGHT_THINGS, THINGS_RIGHT, Lack
from outcomes.models import Framework, Judgement
from outcomes.queries.expert_reviews import Beside, ReviewFacts, SaidFacts


@dataclass(frozen=True)
class ReviewList:
    """The reviews of a framework, the newest first, and when the next is due."""

    due: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True)
class ReviewPage:
    """One review. missing: what keeps a draft from being signed."""

    title: str
    signed: bool
    facts: tuple[SummaryRow, ...]
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    missing: tuple[str, ...]


@dataclass(frozen=True)
class ReviewBeside:
    """The last signed review as it stands beside numbers; `url` is empty where there is none."""

    framework: str
    due: str
    url: str
    list_url: str
    title: str = ""
    facts: tuple[SummaryRow, ...] = ()


@dataclass(frozen=True)
class SaidBeside:
    """What a group said of one indicator, beside its status."""

    text: str
    status_then: str
    review: Link


def review_list(
    *, framework: Framework, reviews: tuple[ReviewFacts, ...], due_on: date | None, today: date
) -> ReviewList:
    """Return the list."""
    return ReviewList(
        due=due_text(due_on=due_on, last=_last(reviews), today=today),
        columns=(
            Column("Day"),
            Column("Group"),
            Column(THINGS_RIGHT.rstrip("?")),
            Column(RIGHT_THINGS.rstrip("?")),
            Column("State"),
        ),
        rows=tuple(
            (
                Cell(
                    day_text(day=one.text.met_on),
                    url=reverse("outcomes:review", args=[framework.pk, one.id]),
                ),
                Cell(one.text.group_name),
                Cell(_judged(one.text.things_right)),
                Cell(_judged(one.text.right_things)),
                Cell(f"Signed by the {one.signed_role}" if one.signed else "Draft, not public"),
            )
            for one in reviews
        ),
    )


def review_page(*, review: ReviewFacts, lacks: tuple[Lack, ...]) -> ReviewPage:
    """Return one review."""
    return ReviewPage(
        title=_title(review.text.met_on, review.text.group_name),
        signed=review.signed,
        facts=_facts(review),
        columns=(
            Column("Indicator"),
            Column("Status then"),
            Column("What the group says"),
        ),
        rows=tuple(
            (
                Cell(one.name),
                Cell(one.status_then or "None was computed"),
                Cell(one.text or "Nothing in particular"),
            )
            for one in review.indicators
        ),
        missing=tuple(one.message for one in lacks),
    )


def reviews_beside(*, found: Sequence[Beside], today: date) -> tuple[ReviewBeside, ...]:
    """Return what stands beside the numbers of frameworks: `outcomes/_expert_reviews.html`."""
    return tuple(_beside(one, today) for one in found)


def _beside(one: Beside, today: date) -> ReviewBeside:
    key, last = one.due.framework_id, one.last
    return ReviewBeside(
        framework=one.due.name,
        due=due_text(due_on=one.due.due_on, last=one.due.last, today=today),
        list_url=reverse("outcomes:review-list", args=[key]),
        url=reverse("outcomes:review", args=[key, last.id]) if last else "",
        title=_title(last.text.met_on, last.text.group_name) if last else "",
        facts=_facts(last) if last else (),
    )


def said_beside(*, framework: UUID, said: SaidFacts) -> SaidBeside:
    """Return what a group said of an indicator."""
    return SaidBeside(
        text=said.text,
        status_then=said.status_then,
        review=Link(
            label=_title(said.met_on, said.group_name),
            url=reverse("outcomes:review", args=[framework, said.review]),
        ),
    )


def due_text(*, due_on: date | None, last: date | None, today: date) -> str:
    """Return when the next review is due, in a sentence."""
    if due_on is None:
        return "A framework is reviewed twice a year once it is in force."
    since = "the last one" if last else "the framework was first agreed"
    if due_on < today:
        return f"A review has been due since {day_text(day=due_on)}, six months after {since}."
    return f"The next review is due by {day_text(day=due_on)}, six months after {since}."


def _last(reviews: tuple[ReviewFacts, ...]) -> date | None:
    return next((one.text.met_on for one in reviews if one.signed), None)


def _title(met_on: date, group_name: str) -> str:
    return f"Review of {day_text(day=met_on)} by {group_name}"


def _facts(review: ReviewFacts) -> tuple[SummaryRow, ...]:
    text = review.text
    signed_at = review.signed_at
    return (
        SummaryRow(THINGS_RIGHT, _with_words(text.things_right, text.things_right_text)),
        SummaryRow(RIGHT_THINGS, _with_words(text.right_things, text.right_things_text)),
        SummaryRow("Conclusion", text.conclusion or "Not written yet"),
        SummaryRow(
            "Signed for the group",
            f"{review.signed_role}, {moment_text(moment=signed_at)}" if signed_at else "Not yet",
        ),
        SummaryRow("Brought by", review.written_for),
    )


def _with_words(judgement: str, words: str) -> str:
    return f"{_judged(judgement)}. {words}" if words else f"{_judged(judgement)}."


def _judged(judgement: str) -> str:
    return str(Judgement(judgement).label)

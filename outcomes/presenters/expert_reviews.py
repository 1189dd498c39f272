"""Expert reviews in words: the list with when the next is due, one review, and beside numbers."""

from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from authorities.presenters.register_feeds import moment_text
from authorities.presenters.tables import Cell, Column, SummaryRow
from authorities.presenters.words import day_text
from outcomes.expert_reviews import RIGHT_THINGS, THINGS_RIGHT, Lack
from outcomes.models import Framework, Judgement
from outcomes.queries.expert_reviews import ReviewFacts


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

    due: str
    url: str
    list_url: str
    title: str = ""
    facts: tuple[SummaryRow, ...] = ()


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
        title=_title(review),
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


def review_beside(
    *, framework: Framework, signed: tuple[ReviewFacts, ...], due_on: date | None, today: date
) -> ReviewBeside:
    """Return what stands beside a framework's numbers, shown by `outcomes/_expert_review.html`.

    Args:
        framework: of which.
        signed: its signed reviews, the newest first: `reviews_of(with_drafts=False)`.
        due_on: the day by which the next is due: `due_of()`.
        today: the day of the page.
    """
    due = due_text(due_on=due_on, last=_last(signed), today=today)
    list_url = reverse("outcomes:review-list", args=[framework.pk])
    if not signed:
        return ReviewBeside(due=due, url="", list_url=list_url)
    newest = signed[0]
    return ReviewBeside(
        due=due,
        url=reverse("outcomes:review", args=[framework.pk, newest.id]),
        list_url=list_url,
        title=_title(newest),
        facts=_facts(newest),
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


def _title(review: ReviewFacts) -> str:
    return f"Review of {day_text(day=review.text.met_on)} by {review.text.group_name}"


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

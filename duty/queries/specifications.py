"""What the centre's pages ask of the versions of a specification."""

from dataclasses import dataclass

from django.db.models import Count, Prefetch

from duty.models import Question, Round, Specification
from duty.queries.asked import spec_of
from duty.questions import QuestionSpec
from duty.specification_checks import in_order

PAGE_SIZE = 25


@dataclass(frozen=True)
class SpecificationRow:
    """A version of the list, with the rounds that use it, the newest period first."""

    specification: Specification
    questions: int
    rounds: tuple[Round, ...]


@dataclass(frozen=True)
class SpecificationPage:
    """A page of versions, the newest first."""

    rows: tuple[SpecificationRow, ...]
    page: int
    pages: int


def specifications_page(*, page: int) -> SpecificationPage:
    """Return a page of all versions, from three queries."""
    count = Specification.objects.count()
    pages = max(1, -(-count // PAGE_SIZE))
    page = min(max(page, 1), pages)
    first = (page - 1) * PAGE_SIZE
    rounds = Round.objects.order_by("-covers_to", "-opens_on", "slug")
    found = (
        Specification.objects.annotate(asked=Count("questions"))
        .select_related("published_by", "drafted_by")
        .prefetch_related(Prefetch("rounds", queryset=rounds))
        .order_by("-version")[first : first + PAGE_SIZE]
    )
    return SpecificationPage(
        rows=tuple(
            SpecificationRow(
                specification=row,
                questions=getattr(row, "asked"),  # noqa: B009 - the annotation has no type
                rounds=tuple(row.rounds.all()),
            )
            for row in found
        ),
        page=page,
        pages=pages,
    )


def rounds_using(*, specification: Specification) -> tuple[Round, ...]:
    """Return the rounds that use a version, the newest period first."""
    found = Round.objects.filter(specification=specification)
    return tuple(found.order_by("-covers_to", "-opens_on", "slug"))


def questions_of(*, specification: Specification) -> tuple[QuestionSpec, ...]:
    """Return the questions of a version in the order in which a return asks them."""
    rows = Question.objects.filter(specification=specification).order_by("pk")
    return in_order(
        questions=[spec_of(row=row) for row in rows], sections=specification.section_order
    )


def titles_of(*, specification: Specification) -> dict[str, str]:
    """Return the titles of the sections by code, in the order of a return."""
    return {code: specification.section_title(code) for code in specification.section_order}

"""What published rounds say of answers, for the files of readers."""

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from authorities.models import CodeScheme
from authorities.queries.dated import codes_on
from duty.lifecycle import ReturnState
from duty.models import Round, Submission
from duty.queries.answer_files import ReturnInFile
from duty.queries.review import body_names
from engagement.models import Publication, PublishedReturn

# Snapshots held at once.
_AT_ONCE = 4


@dataclass(frozen=True)
class PublishedAnswers:
    """What a round's current revision names: authorities, and what each had submitted by then."""

    number: int
    rows: tuple[tuple[UUID, str, UUID | None], ...]
    names: dict[UUID, str]
    ons_codes: dict[UUID, str]


def published_answers(*, round_: Round) -> PublishedAnswers | None:
    """Return what a round's current revision names; None before its instant. Four queries."""
    publication = Publication.objects.current().filter(round=round_).first()
    if publication is None:
        return None
    rows = tuple(
        PublishedReturn.objects.filter(publication=publication)
        .order_by("authority__slug")
        .values_list("authority_id", "authority__slug", "submission_id")
    )
    bodies = [row[0] for row in rows]
    codes = codes_on(day=round_.geography_date, bodies=bodies)
    return PublishedAnswers(
        number=publication.number,
        rows=rows,
        names=body_names(bodies=bodies),
        ons_codes={
            body: value for (body, scheme), value in codes.items() if scheme == CodeScheme.ONS.value
        },
    )


def returns_of(*, published: PublishedAnswers) -> Iterator[ReturnInFile]:
    """Give the returns of a revision by authority, a few snapshots at once."""
    for start in range(0, len(published.rows), _AT_ONCE):
        rows = published.rows[start : start + _AT_ONCE]
        found = Submission.objects.in_bulk([key for _, _, key in rows if key is not None])
        for body, slug, key in rows:
            yield in_file(
                slug=slug,
                name=published.names.get(body, slug),
                ons_code=published.ons_codes.get(body, ""),
                submission=found[key] if key is not None else None,
            )


def one_return(*, submission: Submission) -> ReturnInFile:
    """Return one submission as a file has it."""
    duty_return = submission.duty_return
    body, day = duty_return.authority_id, duty_return.round.geography_date
    slug = duty_return.authority.slug
    codes = codes_on(day=day, bodies=[body])
    return in_file(
        slug=slug,
        name=body_names(bodies=[body]).get(body, slug),
        ons_code=codes.get((body, CodeScheme.ONS.value), ""),
        submission=submission,
    )


def in_file(*, slug: str, name: str, ons_code: str, submission: Submission | None) -> ReturnInFile:
    """Return what was submitted; what the centre asked for since is no business of a reader's."""
    return ReturnInFile(
        authority=slug,
        authority_name=name,
        ons_code=ons_code,
        state=ReturnState.SUBMITTED if submission else ReturnState.NOT_SUBMITTED,
        submission=submission,
        content=submission.content if submission else None,
    )

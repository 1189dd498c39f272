"""Expert reviews of a framework: drafted by an owner's editor, signed by an owner's signatory."""

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from authorities import audit
from authorities.models import Body, User
from outcomes import recompute
from outcomes.access import Acting, owners_of
from outcomes.actions.expert_review_messages import tell_of_signed
from outcomes.expert_reviews import Lack, ReviewText, lacks_as_draft, lacks_to_be_signed
from outcomes.models import (
    ExpertReview,
    Framework,
    FrameworkVersion,
    Judgement,
    ReviewedIndicator,
    ReviewState,
    Subject,
    VersionState,
)
from outcomes.queries.expert_reviews import choices_of, text_of


class ReviewRefusedError(ValueError):
    """A review cannot be stored or signed; `lacks` says what is to be corrected, field by field."""

    def __init__(self, *lacks: Lack) -> None:
        super().__init__(" ".join(one.message for one in lacks))
        self.lacks = lacks


@transaction.atomic
def draft(
    *,
    framework: Framework,
    text: ReviewText,
    form_key: UUID,
    acting: Acting,
    by: User,
    at: datetime,
) -> ExpertReview:
    """Store the note of a group on a framework in force; a form sent twice stores it once.

    Raises:
        ReviewRefusedError: nothing is stored.
    """
    version = _hold(framework, acting)
    sent = ExpertReview.objects.filter(form_key=form_key).first()
    if sent is not None:
        if sent.framework_id != framework.pk:
            raise _refused("This form was used for another framework. Open the page again.")
        return sent
    statuses = {
        one.lineage: one.status for one in choices_of(version=version, day=timezone.localdate(at))
    }
    _check(text, known=statuses, at=at)
    review = ExpertReview.objects.create(
        framework=framework,
        **_fields(text),
        body=acting.body,
        written_at=at,
        written_by=by,
        form_key=form_key,
    )
    _look_at(review, text, statuses=statuses, before=())
    audit.record(action="expert_review.drafted", target=review, body=acting.body, by=by, at=at)
    return review


@transaction.atomic
def edit(
    *,
    framework: Framework,
    review_id: UUID,
    expected_version: int,
    text: ReviewText,
    acting: Acting,
    by: User,
    at: datetime,
) -> ExpertReview:
    """Change a draft. An indicator that stays keeps the status that was read with it first.

    Raises:
        ExpertReview.DoesNotExist: the framework has no such note.
        ReviewRefusedError: it is signed, was changed meanwhile, or the note may not be stored.
    """
    version = _hold(framework, acting)
    row = _draft(framework, review_id, expected_version)
    statuses = {
        one.lineage: one.status for one in choices_of(version=version, day=timezone.localdate(at))
    }
    before = list(ReviewedIndicator.objects.filter(review=row).order_by("pk"))
    _check(text, known={*statuses, *(one.lineage for one in before)}, at=at)
    for name, value in _fields(text).items():
        setattr(row, name, value)
    row.version += 1
    row.save()
    ReviewedIndicator.objects.filter(review=row).delete()
    _look_at(row, text, statuses=statuses, before=before)
    audit.record(
        action="expert_review.edited",
        target=row,
        body=acting.body,
        by=by,
        at=at,
        version=row.version,
    )
    return row


@transaction.atomic
def give_up(
    *,
    framework: Framework,
    review_id: UUID,
    expected_version: int,
    acting: Acting,
    by: User,
    at: datetime,
) -> None:
    """Delete a draft: its history and the audit row stay.

    Raises:
        ExpertReview.DoesNotExist: the framework has no such note.
        ReviewRefusedError: it is signed, was changed meanwhile, or another owner wrote it.
    """
    _hold(framework, acting)
    row = _draft(framework, review_id, expected_version)
    authors = may_give_up(framework=framework, author=row.body_id)
    if acting.body.pk not in {body.pk for body in authors}:
        raise _refused("Only the organisation that wrote this draft can delete it.")
    audit.record(action="expert_review.given_up", target=row, body=acting.body, by=by, at=at)
    row.delete()


def may_give_up(*, framework: Framework, author: UUID) -> tuple[Body, ...]:
    """Return the owners that may delete a draft: its author, or all once that one owns no more."""
    owners = owners_of(framework=framework)
    return tuple(one for one in owners if one.pk == author) or owners


@transaction.atomic
def sign(
    *,
    framework: Framework,
    review_id: UUID,
    expected_version: int,
    role: str,
    acting: Acting,
    by: User,
    at: datetime,
) -> ExpertReview:
    """Sign a draft for the group: it is public from now on, and stays as it is.

    Whoever signs twice has signed once.

    Args:
        framework: of which.
        review_id: the note's key.
        expected_version: of the note that was read.
        role: of the person who signs for the group; no name.
        acting: the owner whose signatory brings the signature.
        by: who.
        at: when.

    Raises:
        ExpertReview.DoesNotExist: the framework has no such note.
        ReviewRefusedError: it was changed meanwhile, lacks something, or names no role.
    """
    _hold(framework, acting)
    stored = ExpertReview.objects.get(pk=review_id, framework=framework)
    if stored.state == ReviewState.SIGNED and stored.version == expected_version + 1:
        return stored
    row = _draft(framework, review_id, expected_version)
    lacks = list(lacks_to_be_signed(text=text_of(review=row)))
    if not role.strip():
        lacks.append(Lack("role", "Enter the role of the person who signs for the group"))
    if lacks:
        raise ReviewRefusedError(*lacks)
    row.state = ReviewState.SIGNED
    row.signed_role, row.signed_at, row.signed_by = role.strip(), at, by
    row.version += 1
    row.save()
    audit.record(action="expert_review.signed", target=row, body=acting.body, by=by, at=at)
    recompute.request(
        subject=Subject.AUTHORITY,
        subject_id=row.framework.authority_id,
        reason="expert review signed",
        at=at,
    )
    tell_of_signed(review=row, actor=acting.body, at=at)
    return row


def _refused(message: str) -> ReviewRefusedError:
    return ReviewRefusedError(Lack("", message))


def _hold(framework: Framework, acting: Acting) -> FrameworkVersion:
    """Lock the framework until the end, and return its version in force."""
    Framework.objects.select_for_update(of=("self",)).get(pk=framework.pk)
    if acting.body.pk not in {body.pk for body in owners_of(framework=framework)}:
        raise _refused("Your organisation is not one of the owners of this framework.")
    version = FrameworkVersion.objects.filter(
        framework=framework, state=VersionState.AGREED
    ).first()
    if version is None:
        raise _refused("A framework is reviewed once it is in force.")
    return version


def _draft(framework: Framework, review_id: UUID, expected_version: int) -> ExpertReview:
    row = ExpertReview.objects.select_related("framework__authority").get(
        pk=review_id, framework=framework
    )
    if row.state == ReviewState.SIGNED:
        raise _refused("This review is signed, so it stays as it is.")
    if row.version != expected_version:
        raise _refused(
            "Somebody else changed this review since you opened the page. Look at it again."
        )
    return row


def _check(text: ReviewText, *, known: Collection[UUID], at: datetime) -> None:
    lacks = lacks_as_draft(
        text=text, judgements=Judgement.values, known=known, today=timezone.localdate(at)
    )
    if lacks:
        raise ReviewRefusedError(*lacks)


def _fields(text: ReviewText) -> dict[str, object]:
    return {
        "group_name": text.group_name.strip(),
        "met_on": text.met_on,
        "things_right": text.things_right,
        "things_right_text": text.things_right_text.strip(),
        "right_things": text.right_things,
        "right_things_text": text.right_things_text.strip(),
        "conclusion": text.conclusion.strip(),
    }


def _look_at(
    review: ExpertReview,
    text: ReviewText,
    *,
    statuses: dict[UUID, str],
    before: Sequence[ReviewedIndicator],
) -> None:
    read = {one.lineage: one.status_then for one in before}
    ReviewedIndicator.objects.bulk_create(
        ReviewedIndicator(
            review=review,
            lineage=one.lineage,
            text=one.text.strip(),
            status_then=read.get(one.lineage, statuses.get(one.lineage, ""))[:200],
        )
        for one in text.looked_at
    )

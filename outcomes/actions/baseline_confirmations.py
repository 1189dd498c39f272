"""Owners confirm a baseline that was revised by more than half of the agreed change."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.urls import reverse

from authorities import audit
from authorities.actions import messages
from authorities.models import Body, Notice, Role, User
from authorities.notices import Letter, NoticeKind, people_at
from outcomes.models import BaselineConfirmation, Framework
from outcomes.queries import owner_notes, progress, revised_baselines

KIND = "framework.baseline_revised"
_EDITORS = (Role.EDITOR, Role.SIGNATORY)


class ConfirmationRefusedError(Exception):
    """A confirmation may not be stored; the message says why to the person who tried."""


@transaction.atomic
def confirm(
    *, framework: Framework, lineage: UUID, body: Body, value_read: float, by: User, at: datetime
) -> BaselineConfirmation:
    """Store an owner's word that the baseline holds as it is revised now.

    Whoever confirms the same value twice has confirmed it once.

    Args:
        framework: in force.
        lineage: of the indicator.
        body: the owner that confirms.
        value_read: the revised value on the page that was read.
        by: who.
        at: when.

    Raises:
        ConfirmationRefusedError: the body owns no part of it, or the value is another by now.
    """
    Framework.objects.select_for_update().get(pk=framework.pk)
    if body.pk not in owner_notes.owners_of(framework=framework):
        raise ConfirmationRefusedError("Only those who own the framework confirm its baselines.")
    status = progress.status_in_force(framework=framework.pk, lineage=lineage)
    value = None if status is None else revised_baselines.revised_value(content=status.content)
    if status is None or value is None:
        raise ConfirmationRefusedError("Nothing is asked about this baseline any more.")
    if value != value_read:
        raise ConfirmationRefusedError(
            "The baseline was revised again since you opened the page. Read what it is now."
        )
    before = (
        BaselineConfirmation.objects.filter(
            framework_indicator=status.framework_indicator_id, body=body
        )
        .order_by("-at", "-pk")
        .first()
    )
    if before is not None and before.value == value:
        return before
    made = BaselineConfirmation.objects.create(
        framework_indicator_id=status.framework_indicator_id, body=body, value=value, at=at, by=by
    )
    audit.record(action="baseline.confirmed", target=made, body=body, by=by, at=at, value=value)
    return made


def tell_of_revisions(*, rows: Collection[int], at: datetime) -> None:
    """Tell the owners of indicators whose baselines a recompute found to be revised by much."""
    if not rows:
        return
    concerned: defaultdict[UUID, set[UUID]] = defaultdict(set)
    for one in revised_baselines.asked(rows=rows):
        concerned[one.framework] |= one.waits_for
    for framework, bodies in sorted(concerned.items()):
        for body in sorted(bodies):
            messages.announce(
                kind=KIND,
                key=f"{framework} {at.isoformat()} {body}",
                about=framework,
                body_id=body,
                at=at,
            )


def _letters(notice: Notice, at: datetime) -> Sequence[Letter]:
    if notice.body_id is None:
        return ()
    waiting = [
        one
        for one in revised_baselines.asked(frameworks=[notice.about])
        if notice.body_id in one.waits_for
    ]
    if not waiting:
        return ()
    names = ", ".join(dict.fromkeys(one.name for one in waiting))
    return tuple(
        Letter(
            person,
            "A baseline of an outcomes framework was revised",
            f"What was published as a baseline of “{waiting[0].framework_name}” was revised by "
            f"more than half of the agreed change: {names}. Confirm the revised baseline, or "
            "propose a change to the framework:",
            (("", reverse("progress:framework", args=[notice.about])),),
        )
        for person in people_at(body_id=notice.body_id, roles=_EDITORS)
    )


KINDS = {
    KIND: NoticeKind(label="Baseline of an outcomes framework revised by much", letters=_letters)
}

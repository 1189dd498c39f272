"""Invented counts, notes of owners and expert reviews of the demonstration's frameworks in force.

Does nothing for a framework that is not in force, or that has some already.
"""

import uuid
from collections.abc import Mapping
from datetime import date, datetime, timedelta

from authorities.models import Role, User
from outcomes.access import Acting
from outcomes.actions import count_values, expert_reviews, owner_notes
from outcomes.actions.count_values import Said
from outcomes.counts import Aggregation
from outcomes.expert_reviews import LookedAt, ReviewText
from outcomes.models import (
    CountValue,
    ExpertReview,
    FrameworkVersion,
    Judgement,
    OwnerNote,
    VersionState,
)
from outcomes.queries.counts import MeasureFacts, measures_of
from outcomes.queries.expert_reviews import choices_of

# What of a target is reached, measure by measure: on it, short of it, beyond it.
_REACHED = (1.04, 0.7, 1.3)


def fill(*, people: Mapping[str, User], at: datetime) -> None:
    """Record counts, notes and reviews of frameworks in force, by their authorities' people."""
    versions = FrameworkVersion.objects.filter(state=VersionState.AGREED).select_related(
        "framework__authority"
    )
    for version in versions.order_by("framework__authority__slug", "pk"):
        slug = version.framework.authority.slug
        editor = people.get(f"editor@{slug}.example")
        signatory = people.get(f"signatory@{slug}.example")
        if editor is None or signatory is None:
            continue
        if not CountValue.objects.filter(framework=version.framework).exists():
            _count(version, by=editor, at=at)
        if not ExpertReview.objects.filter(framework=version.framework).exists():
            _review(version, by=editor, signed_by=signatory, at=at)
        if not OwnerNote.objects.filter(framework=version.framework).exists():
            _say(version, by=editor, at=at)


def _count(version: FrameworkVersion, *, by: User, at: datetime) -> None:
    for number, measure in enumerate(measures_of(version=version, day=at.date())):
        for target in measure.targets:
            if target.days.end > at.date():
                continue
            count_values.record(
                framework=version.framework,
                lineage=measure.lineage,
                days=target.days,
                said=_said(measure, target.value * _REACHED[number % len(_REACHED)]),
                correcting=None,
                form_key=uuid.uuid4(),
                acting=Acting(body=version.framework.authority, role=Role.EDITOR),
                by=by,
                at=at,
            )


def _say(version: FrameworkVersion, *, by: User, at: datetime) -> None:
    """Let the authority contest a status, and say something beside another."""
    told = {
        "off_track": ("The register of children is being corrected; half a year is missing.", True),
        "ahead": (
            "The shared offer to stop smoking began in 2022. We do not claim a cause.",
            False,
        ),
    }
    for status, (text, contested) in told.items():
        row = (
            version.indicators.filter(statuses__status=status)
            .exclude(indicator__code="healthy-life-expectancy-at-birth")
            .order_by("order")
            .first()
        )
        if row is not None:
            owner_notes.add(
                framework=version.framework,
                lineage=row.lineage,
                body=version.framework.authority,
                role="Director of health and inclusion",
                text=text,
                contested=contested,
                form_key=uuid.uuid4(),
                by=by,
                at=at,
            )


def _said(measure: MeasureFacts, reached: float) -> Said:
    if measure.aggregation is Aggregation.PERCENTAGE:
        return Said(numerator=float(min(100, round(reached))), denominator=100.0)
    return Said(value=float(round(reached)))


def _review(version: FrameworkVersion, *, by: User, signed_by: User, at: datetime) -> None:
    """Sign a review of some months ago, and leave the next one as a draft."""
    framework = version.framework
    signed = expert_reviews.draft(
        framework=framework,
        text=_text(
            version,
            met_on=at.date() - timedelta(days=150),
            conclusion=(
                "Keep the indicators. Bring forward the offer to people out of work, and add "
                "one on damp homes."
            ),
            words=(
                "The overlap of its periods makes it slow. Read it together with what is counted.",
            ),
        ),
        form_key=uuid.uuid4(),
        acting=Acting(body=framework.authority, role=Role.EDITOR),
        by=by,
        at=at,
    )
    expert_reviews.sign(
        framework=framework,
        review_id=signed.pk,
        expected_version=signed.version,
        role="Chair of the outcomes group, a professor of public health",
        acting=Acting(body=framework.authority, role=Role.SIGNATORY),
        by=signed_by,
        at=at,
    )
    expert_reviews.draft(
        framework=framework,
        text=_text(version, met_on=at.date() - timedelta(days=3), conclusion="", words=()),
        form_key=uuid.uuid4(),
        acting=Acting(body=framework.authority, role=Role.EDITOR),
        by=by,
        at=at,
    )


def _text(
    version: FrameworkVersion, *, met_on: date, conclusion: str, words: tuple[str, ...]
) -> ReviewText:
    lineages = [one.lineage for one in choices_of(version=version, day=met_on)][:3]
    said = (*words, *("",) * len(lineages))
    return ReviewText(
        group_name="Outcomes review group",
        met_on=met_on,
        things_right=Judgement.PARTLY,
        things_right_text="Partners do what they said; two outputs are behind their targets.",
        right_things=Judgement.YES,
        right_things_text="The chosen determinants are those with the strongest evidence.",
        conclusion=conclusion,
        looked_at=tuple(
            LookedAt(lineage, text) for lineage, text in zip(lineages, said, strict=False)
        ),
    )

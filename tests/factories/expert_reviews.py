"""Expert reviews for tests; every default may be said otherwise."""

import uuid
from datetime import date, datetime
from typing import Any

from authorities.models import Body, Role, User
from outcomes.access import Acting
from outcomes.actions import expert_reviews
from outcomes.expert_reviews import LookedAt, ReviewText
from outcomes.models import ExpertReview, FrameworkIndicator, FrameworkVersion, Judgement
from tests.factories.outcomes import NOW


def review_text(**said: Any) -> ReviewText:
    """Return a note that lacks nothing but indicators."""
    return ReviewText(
        **{
            "group_name": "Outcomes group",
            "met_on": date(2026, 11, 2),
            "things_right": Judgement.PARTLY,
            "things_right_text": "Two of three work.",
            "right_things": Judgement.YES,
            "right_things_text": "They follow the evidence.",
            "conclusion": "Go on, and look at housing.",
        }
        | said
    )


def drafted_review(
    version: FrameworkVersion, *, body: Body, by: User, at: datetime = NOW, **said: Any
) -> ExpertReview:
    """Draft a review of all indicators of a framework in force."""
    lineages = FrameworkIndicator.objects.filter(framework_version=version).order_by("order")
    said.setdefault(
        "looked_at", tuple(LookedAt(one.lineage, "It moves slowly.") for one in lineages)
    )
    return expert_reviews.draft(
        framework=version.framework,
        text=review_text(**said),
        form_key=uuid.uuid4(),
        acting=Acting(body=body, role=Role.EDITOR),
        by=by,
        at=at,
    )


def signed_review(
    version: FrameworkVersion, *, body: Body, by: User, at: datetime = NOW, **said: Any
) -> ExpertReview:
    """Draft a review and sign it."""
    review = drafted_review(version, body=body, by=by, at=at, **said)
    return expert_reviews.sign(
        framework=version.framework,
        review_id=review.pk,
        expected_version=review.version,
        role="Chair of the outcomes group",
        acting=Acting(body=body, role=Role.SIGNATORY),
        by=by,
        at=at,
    )

"""What stands in the addresses of versions of how engagement is read."""

import uuid
from datetime import timedelta
from decimal import Decimal

from django.utils import timezone

from authorities.actions import thresholds
from authorities.models import User
from engagement.actions import configuration, reading_drafts
from engagement.queries.reading_versions import version_numbered
from engagement.rubric_content import RubricContent
from tests.architecture.addresses import Visitor


def approve_copy(*, kind: str, number: int) -> None:
    """Store a version like the first, as two people would have approved it."""
    said = {
        "reason": "The tests look at it.",
        "proposed_by": User.objects.get(email=Visitor.ANALYST),
        "approved_by": User.objects.get(email=Visitor.LEAD_ANALYST),
        "approved_at": timezone.now(),
    }
    content = version_numbered(kind=kind, number=1).content
    if isinstance(content, RubricContent):
        meaning = {"keeps_meaning": True, "meaning_reason": "It says the same."}
        configuration.store_rubric(version=number, content=content, **said, **meaning)
    else:
        configuration.store_group_map(version=number, content=content, **said)


def reading_things() -> dict[str, str]:
    """Draft the next rubric and the next matrix, and propose a sliver threshold."""
    by = User.objects.get(email=Visitor.ANALYST)
    made = {
        kind: reading_drafts.begin(
            kind=kind,
            reason="The tests look at it.",
            form_key=uuid.uuid4(),
            by=by,
            at=timezone.now(),
        )
        for kind in ("rubric", "matrix")
    }
    waiting = thresholds.propose(
        share=Decimal("0.03"),
        holds_from=timezone.localdate() + timedelta(days=60),
        reason="The tests look at it.",
        form_key=uuid.uuid4(),
        by=by,
        at=timezone.now(),
    )
    return {
        "sliver_threshold": str(waiting.number),
        "reading_kind": "rubric",
        "reading_version": "1",
        "reading_file": "statements",
        "reading_draft": str(made["rubric"].pk),
        "matrix_draft": str(made["matrix"].pk),
        "reading_side": "sa",
        "reading_theme": "S1",
    }

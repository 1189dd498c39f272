"""What stands in the addresses of versions of how engagement is read."""

import uuid

from django.utils import timezone

from authorities.models import User
from engagement.actions import reading_drafts
from tests.architecture.addresses import Visitor


def reading_things() -> dict[str, str]:
    """Draft the next rubric and the next matrix."""
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
    return {
        "reading_kind": "rubric",
        "reading_version": "1",
        "reading_file": "statements",
        "reading_draft": str(made["rubric"].pk),
        "matrix_draft": str(made["matrix"].pk),
        "reading_side": "sa",
        "reading_theme": "S1",
    }

"""What stands in addresses of the assessment desk, beyond what the demonstration holds."""

from django.utils import timezone

from authorities.models import User
from engagement.actions import corrections
from engagement.models import Assessment, FindingCorrection, Side
from tests.architecture.addresses import Visitor
from tests.factories.engagement_assessments import side_draft


def correction_of(*, held: Assessment) -> FindingCorrection:
    """Have an analyst propose to correct a published level, which waits for its second person."""
    finding = held.findings.get(side="sa")
    level = "partial" if finding.level != "partial" else "high"
    return corrections.propose(
        assessment=held,
        side=Side.AUTHORITY,
        draft=side_draft(round=held.round, side=Side.AUTHORITY, level=level),
        reason="A statement was read from the wrong minutes.",
        expected_version=held.version,
        by=User.objects.get(email=Visitor.ANALYST),
        at=timezone.now(),
    )

"""Revisions that name what was submitted, for tests."""

from datetime import timedelta

from django.utils import timezone

from authorities.models import Role
from duty.models import Submission
from engagement.models import Publication, PublishedReturn
from tests.factories import engagement as make
from tests.factories.duty import ReturnStory


def publish(story: ReturnStory, *, in_future: bool = False) -> None:
    """A revision that names the submission."""
    now = timezone.now()
    revision = Publication.objects.create(
        round=story.round,
        number=1,
        approved_at=now,
        published_at=now + timedelta(hours=1) if in_future else now,
        proposed_by=make.central(Role.LEAD_ANALYST),
        approved_by=make.central(Role.LEAD_ANALYST),
    )
    PublishedReturn.objects.create(
        publication=revision,
        authority=story.authority,
        submission=Submission.objects.get(),
        accepted=False,
    )

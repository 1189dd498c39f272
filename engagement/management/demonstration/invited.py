"""Who is invited in the demonstration: one may still come, one is too late."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from authorities.actions import invitations
from authorities.models import Body, BodyKind, Invitation, Role, User
from engagement.management.demonstration.accounts import LEAD

_INVITED = (
    ("new.editor@south-yorkshire.example", Role.EDITOR, timedelta(0)),
    ("new.signatory@south-yorkshire.example", Role.SIGNATORY, timedelta(days=20)),
)


def fill(*, people: Mapping[str, User], at: datetime) -> None:
    """Invite them once."""
    body = Body.objects.get(kind=BodyKind.STRATEGIC_AUTHORITY, slug="south-yorkshire")
    for email, role, before in _INVITED:
        if not Invitation.objects.filter(email=email).exists():
            invitations.invite(
                email=email,
                body=body,
                role=role,
                role_ends_at=None,
                by=people[LEAD],
                at=at - before,
            )

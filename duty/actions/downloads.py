"""Who took what away: an audit row for each file, with the role that gave the right."""

from datetime import datetime
from typing import Any

from django.db import models, transaction

from authorities import audit
from authorities.access import acting_as
from authorities.models import Body, User
from authorities.permissions import Permission


@transaction.atomic
def note(
    *,
    action: str,
    target: models.Model,
    body: Body | None,
    permission: Permission,
    by: User,
    at: datetime,
    **detail: Any,
) -> None:
    """Record that somebody took a file away, in which role and for which body they did.

    Args:
        action: what was taken, such as return.downloaded.
        target: the row that the file is about.
        body: the authority that it is about; None for a file about several.
        permission: the right by which it was taken.
        by: who.
        at: when.
        detail: what else is kept, such as the format and the number of rows.
    """
    held = acting_as(by, permission, body)
    audit.record(
        action=action,
        target=target,
        body=body,
        by=by,
        at=at,
        role=held.role,
        role_body=held.body.slug,
        **detail,
    )

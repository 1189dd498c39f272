"""What people of the centre have to do with bodies: declared, and ended."""

from datetime import datetime

from django.db import transaction

from authorities import audit
from authorities.models import Body, User
from engagement.models import Interest


class InterestRefusedError(ValueError):
    """An interest cannot be declared or ended so; the message says why."""


@transaction.atomic
def declare(*, body: Body, what: str, by: User, at: datetime) -> Interest:
    """Say what one has to do with a body. Declaring it again changes nothing.

    Raises:
        InterestRefusedError: it says nothing.
    """
    if not what.strip():
        raise InterestRefusedError("Say what you have to do with the body.")
    User.objects.select_for_update().get(pk=by.pk)
    standing = Interest.objects.filter(person=by, body=body, ended_at__isnull=True).first()
    if standing is not None:
        return standing
    made = Interest.objects.create(person=by, body=body, what=what.strip(), declared_at=at)
    # What it is stays with the row: an audit row goes to more people than a declaration.
    audit.record(action="interest.declared", target=made, by=by, at=at, body=body)
    return made


@transaction.atomic
def end(*, interest: Interest, by: User, at: datetime) -> Interest:
    """Say that an interest has ended; it stays on record. Ending it again changes nothing.

    Raises:
        InterestRefusedError: it is somebody else's.
    """
    held = (
        Interest.objects.select_for_update(of=("self",)).select_related("body").get(pk=interest.pk)
    )
    if held.person_id != by.pk:
        raise InterestRefusedError("Only the person who declared an interest ends it.")
    if held.ended_at is not None:
        return held
    held.ended_at = at
    held.save(update_fields=["ended_at"])
    audit.record(action="interest.ended", target=held, by=by, at=at, body=held.body)
    return held

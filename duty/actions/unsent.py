"""Keeping what was typed when the session had ended, until the same person saves it."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction

from authorities import audit
from authorities.models import User
from duty.models import UnsentText
from duty.queries.unsent import KEPT_FOR


@transaction.atomic
def keep_unsent(
    *, path: str, fields: Mapping[str, Sequence[str]], by: User, at: datetime
) -> UnsentText:
    """Keep the fields of a form for the person who typed them; what they kept before goes.

    Texts of anybody that are older than a day go with it.
    """
    forget_old(at=at)
    kept, _ = UnsentText.objects.update_or_create(
        user=by,
        path=path,
        defaults={"fields": [[name, list(fields[name])] for name in fields], "kept_at": at},
    )
    audit.record(action="unsent_text.kept", target=kept, by=by, at=at, path=path)
    return kept


@transaction.atomic
def forget_unsent(*, path: str, by: User, at: datetime) -> None:
    """Throw away what somebody typed into a page, once it is saved or no longer wanted."""
    for kept in UnsentText.objects.filter(user=by, path=path):
        audit.record(action="unsent_text.forgotten", target=kept, by=by, at=at, path=path)
        kept.delete()


def forget_drafts_of(*, person: User) -> int:
    """Throw away all that a person typed and did not send; return how much."""
    return UnsentText.objects.filter(user=person).delete()[0]


def forget_old(*, at: datetime) -> int:
    """Throw away what nobody fetched for a day; return how many."""
    return UnsentText.objects.filter(kept_at__lte=at - KEPT_FOR).delete()[0]

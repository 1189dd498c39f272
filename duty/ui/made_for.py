"""A signed word on who a page was made for, which its forms carry back."""

from datetime import timedelta

from django.core import signing

from authorities.models import User

TYPED_BY = "typed_by"
_SALT = "duty.unsent"


def made_for(*, user: User) -> str:
    """Return the signed word on who a page is made for."""
    return signing.dumps(str(user.pk), salt=_SALT)


def read_made_for(*, word: str, max_age: timedelta) -> str | None:
    """Return whom a page was made for; None where the word is missing, forged or too old."""
    try:
        key: str = signing.loads(word, salt=_SALT, max_age=max_age)
    except signing.BadSignature:
        return None
    return key

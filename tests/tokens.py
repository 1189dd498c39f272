"""Tokens of people for tests, and how a program shows them."""

from datetime import timedelta

from django.utils import timezone

from authorities.actions import tokens
from authorities.actions.tokens import MadeToken
from authorities.models import TokenScope, User

DAY = timedelta(days=1)


def token_of(
    person: User,
    *,
    scope: TokenScope = TokenScope.WRITE,
    ago: timedelta = timedelta(minutes=5),
    lasts: timedelta = DAY,
    name: str = "Planning system",
) -> MadeToken:
    """Make a token of a person; `ago` before now."""
    made_at = timezone.now() - ago
    return tokens.make(name=name, scope=scope, ends_at=made_at + lasts, by=person, at=made_at)


def bearer(text: str) -> dict[str, str]:
    """The header by which a program shows a token."""
    return {"Authorization": f"Bearer {text}"}

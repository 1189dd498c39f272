"""Tokens of programs: a person's own, and the one that a program shows."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from allauth.socialaccount.models import SocialAccount
from django.conf import settings
from django.db.models import Exists, OuterRef

from authorities.models import ApiToken, Membership, TokenScope, User
from authorities.sessions import second_steps_of
from authorities.token_text import digest_of

# So many of those that ended are listed.
ENDED_SHOWN = 20


@dataclass(frozen=True)
class OwnToken:
    """A token as its owner sees it. Its text is nowhere."""

    key: UUID
    name: str
    scope: TokenScope
    first_characters: str
    made_at: datetime
    ends_at: datetime
    last_used_at: datetime | None
    revoked_at: datetime | None
    revoked_by: str


@dataclass(frozen=True)
class OwnTokens:
    """A person's tokens: those in force, and the newest of those that ended."""

    in_force: tuple[OwnToken, ...]
    ended: tuple[OwnToken, ...]
    ended_count: int


@dataclass(frozen=True)
class ShownToken:
    """The token whose text a program shows, and whether its owner could use it themselves.

    has_second_step: kept on this site, or taken at an organisation whose sign-in the account is
        linked to and whose second step counts here.
    """

    token: ApiToken
    has_role: bool
    has_second_step: bool


def shown_token(*, text: str) -> ShownToken | None:
    """Return the token with this text, whatever became of it, from one query."""
    two_step_issuers = [one.issuer for one in settings.SIGN_IN_PROVIDERS if one.second_step]
    # With what is annotated, which the model does not have.
    row: Any = (
        ApiToken.objects.select_related("owner")
        .annotate(
            has_role=Exists(Membership.objects.current().filter(user=OuterRef("owner"))),
            has_second_step=Exists(second_steps_of(OuterRef("owner")))
            | Exists(
                SocialAccount.objects.filter(user=OuterRef("owner"), provider__in=two_step_issuers)
            ),
        )
        .filter(digest=digest_of(text=text))
        .first()
    )
    if row is None:
        return None
    return ShownToken(token=row, has_role=row.has_role, has_second_step=row.has_second_step)


def own_tokens(*, person: User, at: datetime) -> OwnTokens:
    """Return a person's tokens, the newest first, from three queries."""
    rows = (
        ApiToken.objects.filter(owner=person)
        .select_related("revoked_by")
        .order_by("-made_at", "-pk")
    )
    held = rows.in_force(at)
    ended = rows.exclude(pk__in=held.order_by().values("pk"))
    return OwnTokens(
        in_force=tuple(_own(row) for row in held),
        ended=tuple(_own(row) for row in ended[:ENDED_SHOWN]),
        ended_count=ended.count(),
    )


def own_token(*, person: User, key: UUID) -> ApiToken | None:
    """Return one token of a person's own."""
    return ApiToken.objects.filter(owner=person, pk=key).first()


def count_in_force(*, person_id: UUID, at: datetime) -> int:
    """Return how many tokens of a person work."""
    return ApiToken.objects.in_force(at).filter(owner_id=person_id).count()


def _own(row: ApiToken) -> OwnToken:
    return OwnToken(
        key=row.pk,
        name=row.name,
        scope=TokenScope(row.scope),
        first_characters=row.first_characters,
        made_at=row.made_at,
        ends_at=row.ends_at,
        last_used_at=row.last_used_at,
        revoked_at=row.revoked_at,
        revoked_by=row.revoked_by.full_name if row.revoked_by is not None else "",
    )

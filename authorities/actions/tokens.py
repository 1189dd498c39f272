"""Tokens of programs: made by their owner, revoked by them or by who looks after people.

The text of a token is returned once, by `make`, and stands in no row, audit or log.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q

from authorities import audit
from authorities.models import (
    TOKEN_LASTS_AT_MOST,
    ApiToken,
    Body,
    Membership,
    TokenScope,
    User,
)
from authorities.token_text import digest_of, first_characters_of, new_text

# Who needs more has lost count of what they gave away.
MOST_IN_FORCE = 10
# A use is written down once in so long, so that most calls write nothing.
NOTED_EVERY = timedelta(hours=1)
# For so long it can be seen which tokens there were; then the history and the audit tell of them.
KEPT_AFTER_END = timedelta(days=365)


class TokenError(ValueError):
    """The token cannot be made or revoked; the message says why and what to do."""


class NameInUseError(TokenError):
    """Another token of the person in force is called so."""


class TooManyTokensError(TokenError):
    """The person has as many tokens as one may have."""


class WrongEndError(TokenError):
    """A token ends after it is made, and within a year."""


class NoRoleError(TokenError):
    """A token of somebody without a role would open nothing."""


class OverError(TokenError):
    """The token has ended or is revoked already, or there is none to revoke."""


@dataclass(frozen=True)
class MadeToken:
    """A token just made, and its text, which nobody can be shown again."""

    token: ApiToken
    text: str = field(repr=False)


@transaction.atomic
def make(*, name: str, scope: TokenScope, ends_at: datetime, by: User, at: datetime) -> MadeToken:
    """Make a token of the person themselves.

    Raises:
        NameInUseError, TooManyTokensError, WrongEndError, NoRoleError: nothing is stored.
    """
    # Two forms at once take their turns.
    User.objects.select_for_update(no_key=True).get(pk=by.pk)
    if not at < ends_at <= at + TOKEN_LASTS_AT_MOST:
        raise WrongEndError("A token lasts a year at most. Choose a day within a year from today.")
    if not Membership.objects.current().filter(user=by).exists():
        raise NoRoleError(
            "You hold no role at a body now, so a token would open nothing. Ask the people lead of "
            "your body for a role."
        )
    held = ApiToken.objects.in_force(at).filter(owner=by)
    if held.filter(name__iexact=name).exists():
        raise NameInUseError(
            "You have a token with this name. Choose another name, or revoke that token first."
        )
    if held.count() >= MOST_IN_FORCE:
        raise TooManyTokensError(
            f"You have {MOST_IN_FORCE} tokens, which is the most. Revoke one that is not used "
            "any more."
        )
    text = new_text()
    row = ApiToken.objects.create(
        owner=by,
        name=name,
        scope=scope,
        digest=digest_of(text=text),
        first_characters=first_characters_of(text=text),
        made_at=at,
        ends_at=ends_at,
    )
    audit.record(action="token.made", target=row, by=by, at=at, scope=row.scope)
    return MadeToken(token=row, text=text)


@transaction.atomic
def revoke(*, token: ApiToken, by: User, at: datetime) -> None:
    """Let a token open nothing any more: each request looks it up, so from the next one on.

    Raises:
        OverError: it has ended or is revoked already.
    """
    row = ApiToken.objects.select_for_update(of=("self",)).get(pk=token.pk)
    if row.revoked_at is not None:
        raise OverError("This token is revoked already.")
    if row.ends_at <= at:
        raise OverError("This token has ended already.")
    _revoke(row, by=by, at=at)


@transaction.atomic
def revoke_all(*, person: User, by: User, at: datetime, body: Body | None = None) -> int:
    """Revoke every token of a person; return how many.

    body: the body whose people lead asks for it; None for an administrator.

    Raises:
        OverError: none is in force.
    """
    User.objects.select_for_update(no_key=True).get(pk=person.pk)
    rows = list(
        ApiToken.objects.select_for_update(of=("self",))
        .in_force(at)
        .filter(owner=person)
        .order_by("pk")
    )
    if not rows:
        raise OverError("This person has no token in force.")
    for row in rows:
        _revoke(row, by=by, at=at, body=body)
    return len(rows)


def note_use(*, token: ApiToken, at: datetime) -> bool:
    """Write down that a token was used, once an hour at most; say whether that was due."""
    if token.last_used_at is not None and token.last_used_at > at - NOTED_EVERY:
        return False
    due = Q(last_used_at__isnull=True) | Q(last_used_at__lte=at - NOTED_EVERY)
    # Of several requests at once, one writes; none writes to what was revoked meanwhile.
    return bool(ApiToken.objects.in_force(at).filter(due, pk=token.pk).update(last_used_at=at))


def forget_ended(*, at: datetime) -> int:
    """Delete tokens that ended or were revoked a year ago; return how many."""
    before = at - KEPT_AFTER_END
    over = ApiToken.objects.filter(Q(ends_at__lte=before) | Q(revoked_at__lte=before))
    return over.delete()[0]


def _revoke(row: ApiToken, *, by: User, at: datetime, body: Body | None = None) -> None:
    row.revoked_at, row.revoked_by = at, by
    row.save(update_fields=["revoked_at", "revoked_by"])
    audit.record(action="token.revoked", target=row, by=by, at=at, body=body)

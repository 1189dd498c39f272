"""Tokens, by which programs of a person call the API, and how often callers did so."""

import uuid
from datetime import datetime, timedelta

import pghistory
import pgtrigger
from django.db import models
from django.db.models import F, Q

from authorities.models.people import User

# A year, and the leap day or the hours of its last day.
TOKEN_LASTS_AT_MOST = timedelta(days=366)


class TokenScope(models.TextChoices):
    """What a token lets a program do with its owner's rights."""

    READ = "read", "Read"
    WRITE = "write", "Read and write"


class ApiTokenQuerySet(models.QuerySet["ApiToken"]):
    """Tokens, those that ended included."""

    def in_force(self, at: datetime) -> "ApiTokenQuerySet":
        """Keep those that have not ended and are not revoked."""
        return self.filter(revoked_at__isnull=True, ends_at__gt=at)


@pghistory.track(exclude=["digest", "last_used_at"])
class ApiToken(models.Model):
    """What a program shows instead of a session: its owner's rights, or the reading part of them.

    Of its text only a digest is kept, and a beginning by which its owner knows it again.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    owner = models.ForeignKey(User, on_delete=models.PROTECT, related_name="api_tokens")
    name = models.CharField(max_length=60)
    scope = models.CharField(max_length=5, choices=TokenScope.choices)
    digest = models.CharField(max_length=64, unique=True, help_text="SHA-256, in hexadecimal.")
    first_characters = models.CharField(max_length=10)
    made_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    revoked_by = models.ForeignKey(
        User, null=True, on_delete=models.PROTECT, related_name="api_tokens_revoked"
    )
    last_used_at = models.DateTimeField(null=True, help_text="Written once an hour at most.")

    objects = ApiTokenQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(scope__in=TokenScope.values), name="token_scope_is_known"
            ),
            models.CheckConstraint(condition=~Q(name=""), name="token_has_a_name"),
            models.CheckConstraint(
                condition=Q(digest__regex=r"^[0-9a-f]{64}$"), name="token_is_kept_as_a_digest"
            ),
            models.CheckConstraint(
                condition=Q(first_characters__regex=r"^hdt_[A-Za-z0-9_-]{6}$"),
                name="token_shows_its_beginning_alone",
            ),
            models.CheckConstraint(
                condition=Q(
                    ends_at__gt=F("made_at"), ends_at__lte=F("made_at") + TOKEN_LASTS_AT_MOST
                ),
                name="token_lasts_a_year_at_most",
            ),
            models.CheckConstraint(
                condition=Q(revoked_at__isnull=True, revoked_by__isnull=True)
                | Q(
                    revoked_at__isnull=False,
                    revoked_at__gte=F("made_at"),
                    revoked_by__isnull=False,
                ),
                name="revoked_token_says_by_whom",
            ),
            models.CheckConstraint(
                condition=Q(last_used_at__isnull=True)
                | Q(last_used_at__gte=F("made_at"), last_used_at__lt=F("ends_at")),
                name="token_used_while_in_force",
            ),
        ]
        indexes = [models.Index(fields=["ends_at"], name="tokens_by_end")]
        triggers = [
            pgtrigger.Trigger(
                name="token_stays",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                func="""
                    IF OLD.revoked_at IS NOT NULL
                        OR (OLD.id, OLD.owner_id, OLD.name, OLD.scope, OLD.digest,
                            OLD.first_characters, OLD.made_at, OLD.ends_at)
                        IS DISTINCT FROM
                        (NEW.id, NEW.owner_id, NEW.name, NEW.scope, NEW.digest,
                            NEW.first_characters, NEW.made_at, NEW.ends_at)
                    THEN
                        RAISE EXCEPTION 'a token stays as it was made, and is revoked once'
                            USING ERRCODE = 'check_violation';
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.first_characters}… of {self.owner_id}"


class CallCount(models.Model):
    """How often a caller of the API called in the newest minute of theirs."""

    caller = models.CharField(
        max_length=80,
        primary_key=True,
        help_text="A person, a token, or the place that shows tokens which are refused.",
    )
    minute = models.DateTimeField()
    calls = models.PositiveIntegerField()

    class Meta:
        indexes = [models.Index(fields=["minute"], name="calls_by_minute")]

    def __str__(self) -> str:
        return f"{self.caller} {self.calls}"

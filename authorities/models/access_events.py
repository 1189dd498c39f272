"""Who signed in, was refused, and saw or took away what: beside the audit of what was changed."""

import pgtrigger
from django.db import models
from django.db.models import Q

from authorities.models.bodies import Body
from authorities.models.people import User


class AccessKind(models.TextChoices):
    """What happened."""

    SIGNED_IN = "signed_in", "Signed in"
    SIGNED_OUT = "signed_out", "Signed out"
    SIGN_IN_FAILED = "sign_in_failed", "Failed to sign in"
    LIMITED = "limited", "Was stopped by a limit"
    RESET_ASKED = "reset_asked", "Asked for a new password"
    PASSWORD_CHANGED = "password_changed", "Changed the password"
    STEP_ADDED = "step_added", "Set up a second step"
    STEP_REMOVED = "step_removed", "Removed a second step"
    STEP_USED = "step_used", "Took the second step"
    STEP_FAILED = "step_failed", "Failed the second step"
    CODES_MADE = "codes_made", "Made new recovery codes"
    PROVED_ANEW = "proved_anew", "Proved anew who they are"
    REFUSED = "refused", "Was refused"
    VIEWED = "viewed", "Looked at"
    DOWNLOADED = "downloaded", "Downloaded"
    TOKEN_USED = "token_used", "Used a token"


class AccessEvent(models.Model):
    """One thing that a person did at the door, or saw. Holds keys and codes alone.

    `person` is the account that it is about: who signed in or looked, or whose password somebody
    tried. Where there is no such account, `unknown_account` is a keyed hash of what was entered, so
    that the same wrong address is seen to come again, and nobody reads which it was.
    """

    at = models.DateTimeField()
    kind = models.CharField(max_length=20, choices=AccessKind.choices)
    person = models.ForeignKey(
        User, null=True, on_delete=models.PROTECT, related_name="access_events", db_index=False
    )
    unknown_account = models.CharField(max_length=32, blank=True)
    # Of sign-ins alone, and shortened: the first 24 bits of IPv4, 48 of IPv6.
    network = models.CharField(max_length=43, blank=True)
    # The name of the address and what stands in it: slugs and keys, never a query.
    route = models.CharField(max_length=100, blank=True)
    named = models.JSONField(default=dict)
    permission = models.CharField(
        max_length=40, blank=True, help_text="The right by which it was seen, or that was refused."
    )
    body = models.ForeignKey(
        Body, null=True, on_delete=models.PROTECT, related_name="access_events", db_index=False
    )
    status = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=AccessKind.values), name="access_kind_is_known"
            ),
            models.CheckConstraint(
                condition=Q(unknown_account="") | Q(person=None), name="account_is_known_or_not"
            ),
        ]
        indexes = [
            models.Index(fields=["at", "id"], name="access_by_time"),
            models.Index(fields=["person", "at", "id"], name="access_by_person"),
            models.Index(fields=["body", "at", "id"], name="access_by_body"),
            models.Index(fields=["kind", "at", "id"], name="access_by_kind"),
            models.Index(fields=["route", "at", "id"], name="access_by_route"),
        ]
        triggers = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.route}"

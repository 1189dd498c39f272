"""Invitations: how a person comes to a role at a body."""

import uuid

import pghistory
import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower

from authorities.leaver_words import AT_DOMAIN
from authorities.models.bodies import Body
from authorities.models.histories import stays_but_for_who_left
from authorities.models.people import ROLE_FITS_BODY, Role, User


class InvitationQuerySet(models.QuerySet["Invitation"]):
    """Invitations, the answered ones included."""

    def waiting(self) -> "InvitationQuerySet":
        """Keep those that nobody has accepted or withdrawn, the expired ones included."""
        return self.filter(accepted_at__isnull=True, withdrawn_at__isnull=True)


@pghistory.track(
    exclude=["token_hash"],
    append_only=False,
    meta={"triggers": [stays_but_for_who_left(history="authorities_invitationevent")]},
)
class Invitation(models.Model):
    """A role at a body that is offered to whoever reads the mail of an address.

    Of the link in the mail only a hash is kept: a copy of the database opens nothing.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    email = models.EmailField(max_length=254)
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="invitations")
    role = models.CharField(max_length=13, choices=Role.choices)
    role_ends_at = models.DateTimeField(null=True, help_text="When the role is to end by itself.")
    # Nobody: the site's first administrator, by the command.
    invited_by = models.ForeignKey(
        User, null=True, on_delete=models.PROTECT, related_name="invitations_given"
    )
    invited_at = models.DateTimeField()
    sent_at = models.DateTimeField(help_text="When the newest mail was asked for.")
    times_sent = models.PositiveSmallIntegerField(default=1)
    expires_at = models.DateTimeField()
    token_hash = models.CharField(max_length=64, unique=True, help_text="SHA-256, in hexadecimal.")
    accepted_at = models.DateTimeField(null=True)
    accepted_by = models.ForeignKey(
        User, null=True, on_delete=models.PROTECT, related_name="invitations_accepted"
    )
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey(
        User, null=True, on_delete=models.PROTECT, related_name="invitations_withdrawn"
    )

    objects = InvitationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(email=Lower("email")), name="invitation_address_is_lower_case"
            ),
            models.CheckConstraint(
                condition=Q(role__in=Role.values), name="invitation_role_is_known"
            ),
            models.CheckConstraint(
                condition=Q(accepted_at__isnull=True) | Q(withdrawn_at__isnull=True),
                name="invitation_ends_one_way",
            ),
            models.CheckConstraint(
                condition=Q(accepted_at__isnull=True, accepted_by__isnull=True)
                | Q(accepted_at__isnull=False, accepted_by__isnull=False),
                name="accepted_invitation_says_by_whom",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, withdrawn_by__isnull=True)
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False),
                name="withdrawn_invitation_says_by_whom",
            ),
            models.CheckConstraint(
                condition=Q(accepted_by__isnull=True)
                | Q(invited_by__isnull=True)
                | ~Q(accepted_by=F("invited_by")),
                name="nobody_accepts_their_own_invitation",
            ),
            models.CheckConstraint(
                condition=Q(accepted_at__isnull=True) | Q(accepted_at__lt=F("expires_at")),
                name="invitation_accepted_in_time",
            ),
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("sent_at"), sent_at__gte=F("invited_at")),
                name="invitation_expires_after_it_was_sent",
            ),
            models.CheckConstraint(
                condition=Q(role_ends_at__isnull=True) | Q(role_ends_at__gt=F("invited_at")),
                name="invited_role_ends_after_the_invitation",
            ),
            models.UniqueConstraint(
                fields=["email", "body", "role"],
                condition=Q(accepted_at__isnull=True, withdrawn_at__isnull=True),
                name="one_invitation_waits",
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="invitation_never_deleted", operation=pgtrigger.Delete),
            pgtrigger.Trigger(
                name="invitation_stays",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                # The address of a person who left is taken out, and nothing else with it.
                func=f"""
                    IF to_jsonb(NEW) - 'email' = to_jsonb(OLD) - 'email'
                        AND NEW.email LIKE '%{AT_DOMAIN}'
                        AND EXISTS (SELECT FROM authorities_user WHERE email = NEW.email)
                    THEN
                        RETURN NEW;
                    END IF;
                    IF OLD.accepted_at IS NOT NULL OR OLD.withdrawn_at IS NOT NULL
                        OR (OLD.email, OLD.body_id, OLD.role, OLD.role_ends_at, OLD.invited_by_id,
                            OLD.invited_at)
                        IS DISTINCT FROM
                        (NEW.email, NEW.body_id, NEW.role, NEW.role_ends_at, NEW.invited_by_id,
                            NEW.invited_at)
                    THEN
                        RAISE EXCEPTION 'an invitation stays as it was given, and is answered once'
                            USING ERRCODE = 'check_violation';
                    END IF;
                    RETURN NEW;
                """,
            ),
            pgtrigger.Trigger(
                name="role_fits_body",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                func=ROLE_FITS_BODY,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.role} at {self.body_id}"

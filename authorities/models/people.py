"""People, and the roles that they hold at bodies."""

import uuid
from typing import Any, ClassVar

import pghistory
import pgtrigger
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower, Now

from authorities.models.bodies import Body, BodyKind


class UserManager(BaseUserManager["User"]):
    """Makes users; their e-mail addresses are kept in lower case."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """Store a user.

        Raises:
            ValueError: there is no e-mail address.
        """
        if not email:
            raise ValueError("A user needs an e-mail address.")
        user = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, email: str | None) -> "User":
        """Find by e-mail address, whatever its case."""
        return self.get(email__iexact=email)


@pghistory.track(exclude=["password", "last_login"])
class User(AbstractBaseUser):
    """A person who signs in. There are no superusers: every right comes from a membership."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    email = models.EmailField(max_length=254, unique=True)
    full_name = models.CharField(max_length=120)
    is_active = models.BooleanField(default=True)
    joined_at = models.DateTimeField()

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["full_name"]

    class Meta:
        constraints = [
            models.UniqueConstraint(Lower("email"), name="user_email_once"),
        ]

    def __str__(self) -> str:
        return self.email


class Role(models.TextChoices):
    """What a person is at a body. What each may do stands in `permissions.py`."""

    EDITOR = "editor", "Editor"
    SIGNATORY = "signatory", "Signatory"
    ANALYST = "analyst", "Analyst"
    MODERATOR = "moderator", "Moderator"
    LEAD_ANALYST = "lead_analyst", "Lead analyst"
    READER = "reader", "Reader"
    ADMINISTRATOR = "administrator", "Administrator"


# Local roles act for an authority or a board, national ones for a national body.
LOCAL_ROLES = frozenset({Role.EDITOR, Role.SIGNATORY})
_LOCAL = "', '".join(sorted(LOCAL_ROLES))
_LOCAL_KINDS = "', '".join([BodyKind.STRATEGIC_AUTHORITY, BodyKind.INTEGRATED_CARE_BOARD])


class MembershipQuerySet(models.QuerySet["Membership"]):
    """Memberships, the ended ones included."""

    def current(self) -> "MembershipQuerySet":
        """Keep those that have not ended, of people who are active.

        An end may lie ahead: work at a body that is no more may be finished until then.
        """
        return self.filter(Q(ended_at__isnull=True) | Q(ended_at__gt=Now()), user__is_active=True)


@pghistory.track()
class Membership(models.Model):
    """A role that a person holds at a body."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="memberships")
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=13, choices=Role.choices)
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "body", "role"],
                condition=Q(ended_at__isnull=True),
                name="membership_once",
            ),
            models.CheckConstraint(condition=Q(role__in=Role.values), name="role_is_known"),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="role_fits_body",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                func=f"""
                    IF (NEW.role IN ('{_LOCAL}')) <> (
                        (SELECT kind FROM authorities_body WHERE id = NEW.body_id)
                        IN ('{_LOCAL_KINDS}')
                    ) THEN
                        RAISE EXCEPTION 'the role % does not fit the body', NEW.role
                            USING ERRCODE = 'check_violation';
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.role} at {self.body_id}"

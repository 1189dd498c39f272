"""People, and the roles that they hold at bodies."""

import uuid
from datetime import date, datetime
from typing import Any, ClassVar

import pghistory
import pgtrigger
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Cast, Concat, Left, Lower, Now
from django.utils import timezone
from django.utils.crypto import salted_hmac

from authorities.leaver_words import AT_DOMAIN, is_of_leaver
from authorities.models.bodies import Body, BodyKind
from authorities.models.histories import stays_but_for_who_left

_KEY = Cast("id", models.CharField())


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


@pghistory.track(
    exclude=["password", "last_login", "sessions_ended"],
    append_only=False,
    meta={"triggers": [stays_but_for_who_left(history="authorities_userevent")]},
)
class User(AbstractBaseUser):
    """A person who signs in. There are no superusers: every right comes from a membership.

    The row of a person who left stays, for audit and signatures point at it; see leaver_words.py.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    email = models.EmailField(max_length=254, unique=True)
    full_name = models.CharField(max_length=120)
    is_active = models.BooleanField(default=True)
    joined_at = models.DateTimeField()
    # How often all sessions of the person were ended: a session of before is none any more.
    sessions_ended = models.PositiveIntegerField(default=0)

    objects: ClassVar[UserManager] = UserManager()

    # Whether the person proved who they are a short while ago, as the session of the request that
    # this object belongs to knows. Outside a request there is nobody who could have left a screen.
    proven_recently = True

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["full_name"]

    class Meta:
        constraints = [
            models.UniqueConstraint(Lower("email"), name="user_email_once"),
            # Who has an address of those who left is called by their key, and cannot sign in.
            models.CheckConstraint(
                condition=~Q(email__iendswith=AT_DOMAIN)
                | Q(
                    is_active=False,
                    password__startswith="!",  # noqa: S106 - marks one that opens nothing
                    email=Concat(Value("person-"), _KEY, Value(AT_DOMAIN)),
                    full_name=Concat(Value("Person "), Left(_KEY, 8), Value(" (left)")),
                ),
                name="leaver_is_called_by_their_key",
            ),
        ]

    def __str__(self) -> str:
        return self.email

    @property
    def has_left(self) -> bool:
        """Whether name and address were taken out, since the person left."""
        return is_of_leaver(address=self.email)

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """Bind each session to the password, as Django does, and to how often all were ended."""
        return salted_hmac(
            "authorities.User.session",
            f"{self.sessions_ended}:{self.password}",
            secret=secret,
            algorithm="sha256",
        ).hexdigest()


class Role(models.TextChoices):
    """What a person is at a body. What each may do stands in `permissions.py`."""

    EDITOR = "editor", "Editor"
    SIGNATORY = "signatory", "Signatory"
    ANALYST = "analyst", "Analyst"
    MODERATOR = "moderator", "Moderator"
    LEAD_ANALYST = "lead_analyst", "Lead analyst"
    READER = "reader", "Reader"
    ADMINISTRATOR = "administrator", "Administrator"
    # Says who holds roles at a body, and does none of its work.
    PEOPLE_LEAD = "people_lead", "People lead"
    # Reads who did and saw what, and changes nothing.
    AUDITOR = "auditor", "Auditor"


# Who does the work of an authority or a board, and is written to about it.
WORKING_ROLES = frozenset({Role.EDITOR, Role.SIGNATORY})
# Local roles act for an authority or a board, national ones for a national body.
LOCAL_ROLES = WORKING_ROLES | {Role.PEOPLE_LEAD}
_LOCAL = "', '".join(sorted(LOCAL_ROLES))
_LOCAL_KINDS = "', '".join([BodyKind.STRATEGIC_AUTHORITY, BodyKind.INTEGRATED_CARE_BOARD])
# Of a trigger on whatever has a role and a body.
ROLE_FITS_BODY = f"""
                    IF (NEW.role IN ('{_LOCAL}')) <> (
                        (SELECT kind FROM authorities_body WHERE id = NEW.body_id)
                        IN ('{_LOCAL_KINDS}')
                    ) THEN
                        RAISE EXCEPTION 'the role % does not fit the body', NEW.role
                            USING ERRCODE = 'check_violation';
                    END IF;
                    RETURN NEW;
                """


class MembershipQuerySet(models.QuerySet["Membership"]):
    """Memberships, the ended ones included."""

    def current(self) -> "MembershipQuerySet":
        """Keep those that have not ended, of people who are active.

        An end may lie ahead: work at a body that is no more may be finished until then.
        """
        return self.filter(Q(ended_at__isnull=True) | Q(ended_at__gt=Now()), user__is_active=True)

    def at(self, instant: datetime) -> "MembershipQuerySet":
        """Keep those that have not ended by then, of people whose accounts are closed, too."""
        return self.filter(Q(ended_at__isnull=True) | Q(ended_at__gt=instant))

    def to_confirm_by(self, person: User) -> "MembershipQuerySet":
        """Keep current ones that the person may confirm: nobody confirms their own."""
        return self.current().exclude(user=person)


@pghistory.track()
class Membership(models.Model):
    """A role that a person holds at a body."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="memberships")
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=13, choices=Role.choices)
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    # When somebody last said that the person still needs the role, after it began; and since when
    # that is asked for again.
    confirmed_at = models.DateTimeField(null=True)
    confirmed_by = models.ForeignKey(
        User, null=True, on_delete=models.PROTECT, related_name="memberships_confirmed"
    )
    asked_at = models.DateTimeField(null=True)
    asked_again_at = models.DateTimeField(null=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "body", "role"],
                condition=Q(ended_at__isnull=True),
                name="membership_once",
            ),
            models.CheckConstraint(condition=Q(role__in=Role.values), name="role_is_known"),
            models.CheckConstraint(
                condition=Q(confirmed_at__isnull=True, confirmed_by__isnull=True)
                | Q(confirmed_at__isnull=False, confirmed_by__isnull=False)
                & ~Q(confirmed_by=F("user")),
                name="membership_confirmed_by_another_person",
            ),
            models.CheckConstraint(
                condition=Q(asked_again_at__isnull=True)
                | Q(asked_at__isnull=False, asked_again_at__gt=F("asked_at")),
                name="membership_asked_of_again_after_once",
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="role_fits_body",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                func=ROLE_FITS_BODY,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.role} at {self.body_id}"

    @property
    def confirmed_on(self) -> date:
        """The London day of the last confirmation, or of the beginning."""
        return timezone.localdate(self.confirmed_at or self.started_at)

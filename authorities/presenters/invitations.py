"""What the page behind the link of an invitation shows."""

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone

from authorities.models import Invitation, User
from authorities.presenters.people import day_of, last_day_of
from authorities.presenters.tables import SummaryRow
from authorities.queries.people import body_name


@dataclass(frozen=True)
class InvitationPage:
    """An invitation that can be accepted.

    other: who is signed in though somebody else is invited; empty where that is not so.
    may_accept: the invited person is signed in. sign_in_url: where they do that, with an account.
    """

    body: str
    email: str
    rows: tuple[SummaryRow, ...]
    other: str
    may_accept: bool
    sign_in_url: str


@dataclass(frozen=True)
class DeadLink:
    """Why a link does not work, and what to do."""

    title: str
    text: str
    may_sign_in: bool


_UNKNOWN = DeadLink(
    title="This link does not work",
    text="It may be incomplete, or a newer mail was sent, whose link counts. Copy the whole link "
    "from the newest mail. If that does not work either, ask whoever invited you for another one.",
    may_sign_in=False,
)
_USED = DeadLink(
    title="This invitation was accepted already",
    text="The link works once. If it was you, sign in with your e-mail address and your password. "
    "If it was not you, tell whoever invited you now.",
    may_sign_in=True,
)
_WITHDRAWN = DeadLink(
    title="This invitation was withdrawn",
    text="If you think that you should have the role, ask whoever invited you.",
    may_sign_in=False,
)
_EXPIRED = DeadLink(
    title="This invitation is too old",
    text="A link works for 14 days. Ask whoever invited you to send the invitation again. If you "
    "do not know who that was, ask the lead for the health duty at your body.",
    may_sign_in=False,
)
_BODY_ENDED = DeadLink(
    title="This body has ended",
    text="Nobody takes up a role there any more. Ask whoever invited you for an invitation to the "
    "body that took over.",
    may_sign_in=False,
)


def why_dead(*, invitation: Invitation | None, at: datetime) -> DeadLink | None:
    """Return why the link of an invitation does not work; None where it does."""
    if invitation is None:
        return _UNKNOWN
    if invitation.accepted_at is not None:
        return _USED
    if invitation.withdrawn_at is not None:
        return _WITHDRAWN
    closed_on = invitation.body.closed_on
    if closed_on is not None and closed_on <= timezone.localdate(at):
        return _BODY_ENDED
    ends = [one for one in (invitation.expires_at, invitation.role_ends_at) if one is not None]
    return _EXPIRED if min(ends) <= at else None


def invitation_page(
    *, invitation: Invitation, person: User | None, is_new: bool, path: str, at: datetime
) -> InvitationPage:
    """Return the page of an invitation that can be accepted."""
    name = body_name(body=invitation.body, today=timezone.localdate(at))
    mine = person is not None and person.email == invitation.email
    rows = [
        SummaryRow("Body", name),
        SummaryRow("Role", invitation.get_role_display()),
        SummaryRow("For", invitation.email),
    ]
    if invitation.role_ends_at is not None:
        rows.append(SummaryRow("Last day in the role", last_day_of(invitation.role_ends_at)))
    if invitation.invited_by is not None:
        rows.append(SummaryRow("Invited by", invitation.invited_by.full_name))
    rows.append(SummaryRow("Accept by", day_of(invitation.expires_at)))
    return InvitationPage(
        body=name,
        email=invitation.email,
        rows=tuple(rows),
        other=person.full_name if person is not None and not mine else "",
        may_accept=mine,
        sign_in_url=f"{reverse('account_login')}?{urlencode({'next': path})}"
        if person is None and not is_new
        else "",
    )

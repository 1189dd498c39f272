"""Roles at bodies that end which a change does not decide about."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.urls import reverse
from django.utils import timezone

from authorities.models import BodyKind, Membership, Reorganisation, ReorganisationState
from authorities.presenters.words import day_text

_GRANTED = (
    "These roles at bodies that end are not in the preview: they were granted after it, or their "
    "person was not active then. "
)
_STAYS = "Each stays at the body that ends, and gives no right at a body that takes over. "


@dataclass(frozen=True)
class RoleRow:
    """One role; `now` is what became of it, once the change is applied."""

    person: str
    email: str
    role: str
    granted: str
    now: str


@dataclass(frozen=True)
class RolesNotDecided:
    """The roles with what to do; with an address, the reader may preview the change again."""

    heading: str
    text: str
    rows: tuple[RoleRow, ...]
    preview_url: str


def roles_section(
    *,
    reorganisation: Reorganisation,
    roles: Sequence[Membership],
    names: Mapping[UUID, str],
    may_propose: bool,
) -> RolesNotDecided | None:
    """Return the roles granted since the preview; nothing where there is none.

    Args:
        roles: up to the application those without a decision, then those that it left.
        names: of the bodies, before they end.
    """
    if not roles:
        return None
    state = ReorganisationState(reorganisation.state)
    applied = state is ReorganisationState.APPLIED
    again = state is ReorganisationState.READY and may_propose
    return RolesNotDecided(
        heading="Roles that were not decided"
        if applied
        else "Granted since the preview, not decided",
        text=_text(state, again=again),
        rows=tuple(
            RoleRow(
                person=role.user.full_name,
                email=role.user.email,
                role=f"{role.get_role_display()} at {names[role.body_id]}{_ending(role)}",
                granted=day_text(day=timezone.localtime(role.started_at).date()),
                now=_now(role) if applied else "",
            )
            for role in roles
        ),
        preview_url=reverse("changes:preview-make", args=[reorganisation.pk]) if again else "",
    )


def _text(state: ReorganisationState, *, again: bool) -> str:
    match state:
        case ReorganisationState.APPLIED:
            return (
                "These roles were not in the preview, so the change neither moved nor ended them. "
                "An administrator can end each, and grant one at a body that took over."
            )
        case ReorganisationState.READY:
            what = "Preview the change again" if again else "An analyst can preview it again"
            return f"{_GRANTED}{what} to decide what becomes of them."
        case _:
            return (
                f"{_GRANTED}The change will neither move nor end them. {_STAYS}An administrator "
                "can act once the change is applied. To decide before, cancel the change and copy "
                "it into a new one."
            )


def _ending(role: Membership) -> str:
    return " ICB" if role.body.kind == BodyKind.INTEGRATED_CARE_BOARD else ""


def _now(role: Membership) -> str:
    if role.ended_at is None:
        return "Still held"
    return f"Ended on {day_text(day=timezone.localtime(role.ended_at).date())}"

"""The only ways to an authority's levers, and to the catalogue of those that were shared."""

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404

from authorities.access import Visitor, may, require_sign_in, rights_of
from authorities.models import StrategicAuthority
from authorities.permissions import Permission
from engagement.models import Lever


def access_own_levers(visitor: Visitor, slug: str, *, permission: Permission) -> StrategicAuthority:
    """Return an authority, if the person may do this with its levers.

    Raises:
        SignInNeededError: nobody is signed in.
        Http404: it does not exist, or the person is no member: to the centre, too, no list exists.
        PermissionDenied: the person is a member without the right.
    """
    require_sign_in(visitor, permission=permission)
    authority = StrategicAuthority.objects.filter(slug=slug).first()
    if authority is None:
        raise Http404
    _check(visitor, authority, permission)
    return authority


def access_lever(visitor: Visitor, lever_id: UUID, *, permission: Permission) -> Lever:
    """Return a lever, if the person may do this at its authority.

    Raises:
        SignInNeededError: nobody is signed in.
        Http404: it does not exist, or the person is no member of its authority.
        PermissionDenied: the person is a member without the right.
    """
    require_sign_in(visitor, permission=permission)
    found = Lever.objects.select_related("authority").filter(pk=lever_id).first()
    if found is None:
        raise Http404
    _check(visitor, found.authority, permission)
    return found


def access_catalogue(visitor: Visitor) -> frozenset[UUID]:
    """Let in the centre and people of authorities; return the authorities that they are of.

    Raises:
        SignInNeededError: nobody is signed in.
        Http404: the person is of neither.
    """
    right = Permission.LEVER_CATALOGUE_READ
    require_sign_in(visitor, permission=right)
    rights = rights_of(visitor)
    held = [UUID(key) for key, given in rights.at_bodies.items() if right in given]
    own = frozenset(
        StrategicAuthority.objects.filter(pk__in=held).values_list("pk", flat=True) if held else ()
    )
    if not own and not may(visitor, right):
        raise Http404
    return own


def may_read_levers(visitor: Visitor, *, authority: StrategicAuthority) -> bool:
    """Whether the person is one of the authority's own, who alone read its levers."""
    held = rights_of(visitor).at_bodies.get(str(authority.pk), frozenset())
    return Permission.LEVER_READ in held


def may_edit_levers(visitor: Visitor, *, authority: StrategicAuthority) -> bool:
    """Whether the person is one of the authority's own who write its levers."""
    held = rights_of(visitor).at_bodies.get(str(authority.pk), frozenset())
    return Permission.LEVER_EDIT in held


def may_share_levers(visitor: Visitor, *, authority: StrategicAuthority) -> bool:
    """Whether the person is a signatory of the authority, who shares for it."""
    held = rights_of(visitor).at_bodies.get(str(authority.pk), frozenset())
    return Permission.LEVER_SHARE in held


def _check(visitor: Visitor, authority: StrategicAuthority, permission: Permission) -> None:
    held = rights_of(visitor).at_bodies.get(str(authority.pk))
    if held is None:
        raise Http404
    if permission not in held:
        raise PermissionDenied

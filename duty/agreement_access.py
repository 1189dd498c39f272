"""The only way to a partnership agreement: its authority's people, those it was shown to, others.

An authority's draft is its own. Its signatory's signature shows what was signed to the ICBs that
are party to it, and to the centre.
"""

from dataclasses import dataclass
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404

from authorities.access import Visitor, acting_as, require_sign_in, rights_of
from authorities.models import Body, User
from authorities.permissions import Permission
from duty.models import AgreementSignature, PartnershipAgreement
from duty.queries.agreements import shown_as, shown_to
from outcomes.access import Acting


@dataclass(frozen=True)
class AgreementAccess:
    """An agreement, and the parties for which the person may do this, the authority first.

    shown: the authority's newest signature with what it signed, which others read; None before.
    """

    agreement: PartnershipAgreement
    bodies: tuple[Body, ...]
    shown: AgreementSignature | None

    @property
    def of_authority(self) -> bool:
        """Whether the person is of the authority, whose draft it is."""
        return any(body.pk == self.agreement.authority_id for body in self.bodies)

    def acting(self, visitor: User, *, permission: Permission, body: Body) -> Acting:
        """Return as whom the person takes a step for one of the bodies."""
        return Acting(body=body, role=acting_as(visitor, permission, body).role)


def access_agreement(
    visitor: Visitor, agreement_id: UUID, *, permission: Permission
) -> AgreementAccess:
    """Return the agreement, if the person may do this for a party, or may everywhere.

    Raises:
        SignInNeededError: nobody is signed in.
        Http404: it does not exist, or nobody has shown it to the person's body.
        PermissionDenied: the person may read it, and lacks this right.
    """
    require_sign_in(visitor, permission=permission)
    found = PartnershipAgreement.objects.select_related("authority").filter(pk=agreement_id).first()
    if found is None:
        raise Http404
    rights = rights_of(visitor)
    shown = shown_as(agreement=found)
    known: tuple[Body, ...] = (found.authority,)
    if shown is not None:
        known += shown_to(agreement=found, shown_at=shown.given_at)
    bodies = tuple(
        body for body in known if permission in rights.at_bodies.get(str(body.pk), frozenset())
    )
    if bodies or (shown is not None and permission in rights.everywhere):
        return AgreementAccess(found, bodies, shown)
    if any(rights.belongs_to(body) for body in known) or (
        shown is not None and Permission.AGREEMENT_READ in rights.everywhere
    ):
        raise PermissionDenied
    raise Http404

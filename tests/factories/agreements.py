"""Partnership agreements with their parties, signed or on their way."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone

from authorities.models import (
    Body,
    IntegratedCareBoard,
    Membership,
    Role,
    StrategicAuthority,
    User,
)
from duty.actions import agreements
from duty.agreements import content_hash
from duty.models import AgreementSignature, PartnershipAgreement
from duty.queries.standing_records import record_of
from duty.standing_records import AgreementContent, RecordKind
from outcomes.access import Acting
from tests.factories.authorities import (
    BoardFactory,
    MembershipFactory,
    StrategicAuthorityFactory,
)
from tests.factories.reorganisations import Country
from tests.factories.standing_records import on_record


@dataclass(frozen=True)
class AgreementStory:
    """An agreement of an authority with two ICBs, and a signatory of each."""

    authority: StrategicAuthority
    north: IntegratedCareBoard
    south: IntegratedCareBoard
    agreement: PartnershipAgreement
    editor: User

    def content(self) -> AgreementContent:
        """What stands in it now."""
        found = record_of(
            authority=self.authority, kind=RecordKind.AGREEMENT, key=self.agreement.pk
        ).content
        assert isinstance(found, AgreementContent)
        return found

    def signatory(self, body: Body) -> User:
        """Who signs for a body."""
        held = Membership.objects.filter(body=body, role=Role.SIGNATORY).select_related("user")
        return held.order_by("pk")[0].user

    def sign(self, body: Body, *, at: datetime | None = None) -> AgreementSignature:
        """Sign it for a body, as it now is."""
        return agreements.sign(
            agreement=self.agreement,
            content_read=content_hash(content=self.content()),
            acting=Acting(body=body, role=Role.SIGNATORY),
            by=self.signatory(body),
            at=at or timezone.now(),
        )

    def decline(self, body: Body, reason: str = "No money for it") -> AgreementSignature:
        """Decline it for a body."""
        return agreements.decline(
            agreement=self.agreement,
            content_read=content_hash(content=self.content()),
            reason=reason,
            acting=Acting(body=body, role=Role.SIGNATORY),
            by=self.signatory(body),
            at=timezone.now(),
        )


def tell_agreement(**changes: Any) -> AgreementStory:
    """Put an agreement in development on record, with two ICBs."""
    authority = StrategicAuthorityFactory()
    north, south = BoardFactory(slug="north"), BoardFactory(slug="south")
    for body in (authority, north, south):
        MembershipFactory(body=body, role=Role.SIGNATORY)
    editor = MembershipFactory(body=authority, role=Role.EDITOR).user
    given = {"boards": ("north", "south"), "status": "in_development", "signed_on": None}
    row = on_record(authority, RecordKind.AGREEMENT, by=editor, **(given | changes))
    assert isinstance(row, PartnershipAgreement)
    return AgreementStory(authority, north, south, row, editor)


def agreement_of(country: Country, boards: Sequence[IntegratedCareBoard]) -> AgreementStory:
    """An agreement of North that its authority and the boards can sign."""
    for body in (country.north, *boards):
        MembershipFactory(body=body, role=Role.SIGNATORY)
    editor = MembershipFactory(body=country.north, role=Role.EDITOR).user
    row = on_record(
        country.north,
        RecordKind.AGREEMENT,
        by=editor,
        boards=tuple(board.slug for board in boards),
        status="in_development",
        signed_on=None,
    )
    assert isinstance(row, PartnershipAgreement)
    return AgreementStory(country.north, country.west, country.mid, row, editor)

"""Invented partnership agreements: one signed by all, one that waits, one that was declined."""

import uuid
from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path

from django.core.files.base import ContentFile

from authorities.models import Body, BodyKind, Role, StrategicAuthority, User
from duty.actions import agreement_documents, agreements, standing_records
from duty.agreements import content_hash
from duty.documents.typeset import typeset
from duty.models import PartnershipAgreement
from duty.queries.standing_records import record_of
from duty.standing_records import AgreementContent, CommitteeRole, RecordKind
from outcomes.access import Acting

_MEMORANDUM = Path(__file__).with_name("memorandum.typ")
_LINK = "https://example.org/demonstration"
_SOUTH = "south-yorkshire"
_YORK = "york-and-north-yorkshire"
_HUMBER, _WEST = "humber-and-north-yorkshire", "west-yorkshire"


def fill(*, people: Mapping[str, User], at: datetime) -> None:
    """Put agreements on record, and let parties sign them or not."""
    day = at.date()
    memorandum = _add(
        authority=_SOUTH,
        content=AgreementContent(
            title="Memorandum of understanding on work and health",
            boards=(_SOUTH,),
            status="signed",
            signed_on=day - timedelta(days=400),
            review_on=day + timedelta(days=200),
            link=f"{_LINK}/memorandum",
            themes=("housing", "work_and_health"),
            work_plan=(
                "The ICB refers people who are out of work with long-term conditions. The "
                "authority pays for advisers in surgeries until March 2028. Both read the numbers "
                "every quarter."
            ),
            work_plan_link=f"{_LINK}/work-plan",
            roles=(
                CommitteeRole(_SOUTH, "authority", "Director of health", "Integrated care board"),
                CommitteeRole(_SOUTH, "board", "Director of strategy", "Skills committee"),
            ),
        ),
        people=people,
        at=at,
    )
    agreement_documents.add_document(
        agreement=memorandum,
        file=ContentFile(typeset(template=_MEMORANDUM, content={}, at=at)),
        file_name="Memorandum of understanding.pdf",
        form_key=uuid.uuid4(),
        by=people[f"editor@{_SOUTH}.example"],
        at=at + timedelta(hours=1),
    )
    _sign(memorandum, BodyKind.STRATEGIC_AUTHORITY, _SOUTH, people, at + timedelta(days=2))
    homes = _add(
        authority=_SOUTH,
        content=AgreementContent(
            title="Partnership agreement on warm and healthy homes",
            boards=(_SOUTH,),
            status="in_development",
            review_on=day + timedelta(days=365),
            themes=("climate", "housing"),
            work_plan="Both sides find and visit 400 cold homes of people with lung disease.",
            roles=(CommitteeRole(_SOUTH, "board", "Medical director", "Housing board"),),
        ),
        people=people,
        at=at,
    )
    _sign(homes, BodyKind.STRATEGIC_AUTHORITY, _SOUTH, people, at + timedelta(days=3))
    _sign(homes, BodyKind.INTEGRATED_CARE_BOARD, _SOUTH, people, at + timedelta(days=9))
    growth = _add(
        authority=_YORK,
        content=AgreementContent(
            title="Agreement on fair growth and health",
            boards=(_HUMBER, _WEST),
            status="in_development",
            themes=("fair_growth", "work_and_health"),
        ),
        people=people,
        at=at,
    )
    _sign(growth, BodyKind.STRATEGIC_AUTHORITY, _YORK, people, at + timedelta(days=3))
    _sign(growth, BodyKind.INTEGRATED_CARE_BOARD, _HUMBER, people, at + timedelta(days=6))
    _decline(growth, _WEST, people, at + timedelta(days=7))


def _add(
    *, authority: str, content: AgreementContent, people: Mapping[str, User], at: datetime
) -> PartnershipAgreement:
    row = standing_records.add(
        authority=StrategicAuthority.objects.get(slug=authority),
        kind=RecordKind.AGREEMENT,
        content=content,
        form_key=uuid.uuid4(),
        by=people[f"editor@{authority}.example"],
        at=at,
    )
    assert isinstance(row, PartnershipAgreement)  # noqa: S101 - narrows the type
    return row


def _sign(
    agreement: PartnershipAgreement,
    kind: BodyKind,
    slug: str,
    people: Mapping[str, User],
    at: datetime,
) -> None:
    domain = slug if kind == BodyKind.STRATEGIC_AUTHORITY else f"{slug}-icb"
    agreements.sign(
        agreement=agreement,
        content_read=_digest(agreement),
        acting=Acting(body=Body.objects.get(kind=kind, slug=slug), role=Role.SIGNATORY),
        by=people[f"signatory@{domain}.example"],
        at=at,
    )


def _decline(
    agreement: PartnershipAgreement, slug: str, people: Mapping[str, User], at: datetime
) -> None:
    board = Body.objects.get(kind=BodyKind.INTEGRATED_CARE_BOARD, slug=slug)
    agreements.decline(
        agreement=agreement,
        content_read=_digest(agreement),
        reason="Our board decides on growth funding in March, and cannot sign before.",
        acting=Acting(body=board, role=Role.SIGNATORY),
        by=people[f"signatory@{slug}-icb.example"],
        at=at,
    )


def _digest(agreement: PartnershipAgreement) -> str:
    found = record_of(
        authority=agreement.authority, kind=RecordKind.AGREEMENT, key=agreement.pk
    ).content
    assert isinstance(found, AgreementContent)  # noqa: S101 - narrows the type
    return content_hash(content=found)

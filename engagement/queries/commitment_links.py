"""What a commitment may be linked with: what both sides of its pair know."""

from typing import Any

from django.db.models import Q, QuerySet

from authorities.models import Pair
from duty.models import PartnershipAgreement
from duty.standing_records import AgreementStatus
from engagement.models import Commitment
from outcomes.models import Indicator, ItemKind, TheoryItem, VersionState


def agreements_of(*, pair: Pair) -> QuerySet[PartnershipAgreement]:
    """Return the signed agreements of the pair's authority to which its ICB is a party.

    One that is still written is the authority's own affair.
    """
    return PartnershipAgreement.objects.filter(
        authority=pair.authority_id,
        status=AgreementStatus.SIGNED,
        ending="",
        parties__board=pair.board_id,
        parties__left_at__isnull=True,
    ).order_by("title", "pk")


def outcomes_of(*, pair: Pair) -> QuerySet[TheoryItem]:
    """Return the outcomes of the frameworks in force that the pair's bodies own together."""
    return TheoryItem.objects.filter(
        kind=ItemKind.OUTCOME,
        framework_version__state=VersionState.AGREED,
        framework_version__framework__partners__pair=pair,
        framework_version__framework__partners__ended_on__isnull=True,
    ).order_by("framework_version__framework__name", "order", "pk")


def indicators() -> QuerySet[Indicator]:
    """Return the indicators of the catalogue that everybody may read."""
    return Indicator.objects.filter(draft=False).order_by("name", "pk")


def offered(*, pair: Pair, linked: Commitment | None = None) -> dict[str, QuerySet[Any]]:
    """Return what each link may be, by its field; what is linked already may stay."""
    rows: dict[str, QuerySet[Any]] = {
        "indicator": indicators(),
        "framework_outcome": outcomes_of(pair=pair),
        "agreement": agreements_of(pair=pair),
    }
    if linked is None:
        return rows
    return {
        name: found.model._default_manager.filter(
            Q(pk__in=found.values("pk")) | Q(pk=getattr(linked, f"{name}_id"))
        ).order_by(*found.query.order_by)
        for name, found in rows.items()
    }


def outcome_words(*, item: TheoryItem) -> str:
    """Return an outcome as it was linked, with the version that it stood in."""
    version = item.framework_version
    return f"{item.title} ({version.framework.name}, version {version.number})"


def outcome_in_force(*, item: TheoryItem | None) -> TheoryItem | None:
    """Return the same outcome in what its framework has in force now; None where there is none."""
    if item is None:
        return None
    return (
        TheoryItem.objects.filter(
            lineage=item.lineage,
            framework_version__framework=item.framework_version.framework_id,
            framework_version__state=VersionState.AGREED,
        )
        .select_related("framework_version__framework")
        .first()
    )

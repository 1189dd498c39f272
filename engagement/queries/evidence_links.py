"""Links in evidence of views and of findings: those to ask, and those that did not answer.

See `duty/queries/link_holders.py`. Asked are links that somebody can still mend: of views while
their round takes views, of national views until their round is published.
"""

from collections.abc import Iterable, Iterator

from duty.answer_links import MOST_CHARACTERS
from duty.models import RoundState
from duty.queries.links import LinkNote, dead_links
from engagement.models import (
    Finding,
    FindingCorrection,
    FindingEvidence,
    PartnerPick,
    Pick,
    StatementPick,
)
from engagement.queries.placements import WORKING_STATES

_ON_THE_WEB = r"^https?://"


def links_to_ask() -> Iterator[str]:
    """Give the links of evidence that somebody can still mend; four queries."""
    for kind in (Pick, PartnerPick):
        yield from (
            kind._default_manager.filter(
                view__round__state=RoundState.OPEN, evidence_url__iregex=_ON_THE_WEB
            )
            .values_list("evidence_url", flat=True)
            .distinct()
            .order_by("evidence_url")
        )
    yield from (
        FindingEvidence.objects.filter(
            finding__assessment__round__state__in=WORKING_STATES,
            withdrawn_at__isnull=True,
            address__iregex=_ON_THE_WEB,
        )
        .values_list("address", flat=True)
        .distinct()
        .order_by("address")
    )
    waiting = FindingCorrection.objects.filter(state="proposed").order_by("pk")
    for evidence in waiting.values_list("evidence", flat=True):
        for one in evidence:
            if str(one["address"]).lower().startswith(("http://", "https://")):
                yield one["address"][:MOST_CHARACTERS]


def dead_of_picks(*, picks: Iterable[StatementPick]) -> tuple[LinkNote, ...]:
    """Return the links of a view that did not answer; one query, or none."""
    return tuple(dead_links(urls=[pick.evidence_url for pick in picks]).values())


def dead_of_findings(*, findings: Iterable[Finding]) -> dict[str, LinkNote]:
    """Return the links of findings that did not answer, by address; two queries."""
    addresses = FindingEvidence.objects.filter(
        finding__in=list(findings), withdrawn_at__isnull=True
    ).values_list("address", flat=True)
    return dead_links(urls=addresses.order_by("pk"))

"""What the question's page and the evidence's own page both show of an answer's evidence."""

from typing import Any

from authorities.permissions import Permission
from duty.forms.evidence import EvidenceFileForm, EvidenceLinkForm
from duty.presenters.evidence import dead_inside, evidence_block
from duty.queries.links import dead_links, links_inside, links_of_answer
from duty.questions import EvidenceNeed
from duty.slots import Slot
from duty.views.return_page import ReturnPage


def takes_evidence(*, slot: Slot) -> bool:
    """Whether evidence may stand beside answers to the question."""
    return not slot.question.derived and slot.question.evidence.need != EvidenceNeed.NONE


def evidence_context(*, page: ReturnPage, slot: Slot, locked: bool) -> dict[str, Any]:
    """Return an answer's evidence with empty forms, where it takes any, and its dead links."""
    stored = page.loaded.answers.get(slot.key)
    links = dead_links(urls=links_of_answer(stored=stored))
    dead = {"dead_inside": dead_inside(urls=links_inside(stored=stored), links=links)}
    if not takes_evidence(slot=slot):
        return dead
    evidence = None if stored is None else stored.evidence
    return dead | {
        "evidence": evidence_block(
            slot=slot,
            evidence=evidence,
            addresses=page.addresses,
            links=links,
            may_change=page.may(Permission.RETURN_EDIT) and not locked,
        ),
        "file_form": EvidenceFileForm(),
        "link_form": EvidenceLinkForm(),
    }

"""A word of its own in every confidential text of engagement, and who may read it, row by row.

Every text of a model stands in one of the two tables. A new one fails the suite until somebody has
said who may read it, or why everybody may.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import pgtrigger
from django.apps import apps
from django.db import DatabaseError, models, transaction

from authorities.models import WORKING_ROLES, Membership, Pair, StrategicAuthority
from duty.models import Round
from engagement.assessment_lifecycle import State
from engagement.models import (
    Commitment,
    CorrectionState,
    LinkState,
    OfferState,
    Publication,
    Side,
    ViewState,
)
from engagement.queries.finding_replies import READABLE
from tests.architecture.addresses import CENTRE, Visitor

EVERYBODY = frozenset(Visitor)
Readers = frozenset[Visitor]
WORD = re.compile(r"canary-\d{6}")


def people_of(*bodies: Any) -> Readers:
    """The visitors who work at one of the bodies: its people lead reads nothing of the work."""
    found = (
        Membership.objects.current()
        .filter(body__in=bodies, role__in=WORKING_ROLES)
        .values_list("user__email", flat=True)
    )
    known = {visitor.value: visitor for visitor in Visitor}
    return frozenset(known[email] for email in found if email in known)


def body_of(pair: Pair, side: str) -> Any:
    """The body on a side."""
    return pair.authority_id if side == Side.AUTHORITY else pair.board_id


def is_published(round_: Round) -> bool:
    """Whether everybody may see a revision of the round."""
    return Publication.objects.visible().filter(round=round_).exists()


def centre(row: Any) -> Readers:
    """It never leaves the centre."""
    return CENTRE


def _found(assessment: Any, *bodies: Any) -> Readers:
    """Once it is shared some bodies read it, once it is published everybody."""
    if is_published(assessment.round):
        return EVERYBODY
    return CENTRE | people_of(*bodies) if State(assessment.state) in READABLE else CENTRE


def found_of_both(row: Any) -> Readers:
    """What both bodies read of a finding."""
    pair = row.assessment.pair
    return _found(row.assessment, pair.authority_id, pair.board_id)


def found_of_own(row: Any) -> Readers:
    """What the body on the finding's side reads of it."""
    return _found(row.assessment, body_of(row.assessment.pair, row.side))


def evidence_of_finding(row: Any) -> Readers:
    """As the finding that it bears out."""
    return found_of_own(row.finding)


def marked(row: Any) -> Readers:
    """Why a pair is not assessed: with the revision."""
    return EVERYBODY if is_published(row.round) else CENTRE


def own_reply(row: Any) -> Readers:
    """What a body said to its finding."""
    return CENTRE | people_of(body_of(row.assessment.pair, row.side))


def resolution(row: Any) -> Readers:
    """Both bodies read how a challenge ended, everybody once it is published."""
    return found_of_both(row.reply)


def correction(row: Any) -> Readers:
    """A correction is the centre's until it is approved."""
    return EVERYBODY if row.state == CorrectionState.APPROVED else CENTRE


def own_view(row: Any) -> Readers:
    """A draft is its body's alone; the centre reads it once it is confirmed."""
    if is_published(row.round):
        return EVERYBODY
    confirmed = row.state == ViewState.CONFIRMED
    return people_of(body_of(row.pair, row.side)) | (CENTRE if confirmed else frozenset())


def pick(row: Any) -> Readers:
    """As its view."""
    return own_view(row.view)


def view_of_the_other(row: Any) -> Readers:
    """As an own view; the other side reads it once it is released, and nobody else ever."""
    readers = people_of(body_of(row.pair, row.side))
    if row.state == ViewState.CONFIRMED:
        readers |= CENTRE
    return readers | (people_of(body_of(row.pair, row.about)) if row.final else frozenset())


def for_the_centre(row: Any) -> Readers:
    """What a view of the other side says to the centre alone, released or not."""
    return view_of_the_other(row) - people_of(body_of(row.pair, row.about))


def evidence_of_the_other(row: Any) -> Readers:
    """Evidence is not released with a view."""
    return for_the_centre(row.view)


def three_steps(row: Any) -> Readers:
    """Both sides from the start, and the centre."""
    return CENTRE | people_of(row.pair.authority_id, row.pair.board_id)


def lever(row: Any) -> Readers:
    """Its own authority, the centre neither."""
    return people_of(row.authority_id)


def shared_lever(row: Any) -> Readers:
    """The catalogue, for authorities and the centre."""
    if row.ended_at is not None:
        return people_of(row.authority_id)
    authorities = StrategicAuthority.objects.values_list("pk", flat=True)
    return CENTRE | people_of(*authorities)


def commitment(row: Any) -> Readers:
    """Both bodies, those that may go on with it, and the centre."""
    pairs = [row.pair, row.origin_pair, *(one.pair for one in row.possible_pairs.all())]
    bodies = [key for pair in pairs if pair for key in (pair.authority_id, pair.board_id)]
    return CENTRE | people_of(*bodies)


def promise(row: Any) -> Readers:
    """Everybody, where both sides agreed to that; else as the commitment."""
    public = Commitment.objects.made_public().filter(pk=row.pk).exists()
    return EVERYBODY if public else commitment(row)


def update(row: Any) -> Readers:
    """As its commitment."""
    return commitment(row.commitment)


def update_draft(row: Any) -> Readers:
    """Whoever typed it, and nobody else."""
    return frozenset(visitor for visitor in Visitor if visitor.value == row.by.email)


def sent_back(row: Any) -> Readers:
    """As the update that was sent back."""
    return update(row.update)


def visible_revision(row: Any) -> Readers:
    """With the revision, from its instant."""
    return EVERYBODY if Publication.objects.visible().filter(pk=row.pk).exists() else CENTRE


def ambassador(row: Any) -> Readers:
    """Its own body and the centre."""
    return CENTRE | people_of(row.body_id)


def link(row: Any) -> Readers:
    """The body that is asked; the ambassador once it has agreed."""
    bodies = [row.body_id]
    if row.state in (LinkState.ACCEPTED, LinkState.ENDED):
        bodies.append(row.ambassador.body_id)
    return CENTRE | people_of(*bodies)


def meeting(row: Any) -> Readers:
    """Both bodies of the link."""
    return link(row.link)


def offer(row: Any) -> Readers:
    """A draft is the centre's."""
    return CENTRE if row.state == OfferState.DRAFT else EVERYBODY


def enrolment(row: Any) -> Readers:
    """Its own body and the centre; the pair's other body is none of its readers."""
    return CENTRE | people_of(row.body_id)


def note(row: Any) -> Readers:
    """As its enrolment."""
    return enrolment(row.enrolment)


def session(row: Any) -> Readers:
    """Who takes part in the offer."""
    bodies = row.offer.enrolments.values_list("body_id", flat=True)
    return CENTRE | people_of(*bodies)


def example(row: Any) -> Readers:
    """Its body and the centre, until it is published."""
    if row.state in ("published", "replaced"):
        return EVERYBODY
    return CENTRE | people_of(*([row.example.body_id] if row.example.body_id else []))


CONFIDENTIAL: dict[str, Callable[[Any], Readers]] = {
    "Assessment.unread_reason": centre,
    "Assessment.not_assessed_reason": marked,
    "AssessmentHappening.reason": centre,
    "Finding.changed_reason": found_of_own,
    "Finding.rationale": found_of_both,
    "Finding.private_note": centre,
    "FindingEvidence.title": evidence_of_finding,
    "FindingEvidence.address": evidence_of_finding,
    "FindingEvidence.public_note": evidence_of_finding,
    "FindingEvidence.private_note": centre,
    "FindingEvidence.withdrawn_reason": centre,
    "Interest.what": centre,
    "FindingReply.note": own_reply,
    "FindingReply.evidence": own_reply,
    "Resolution.reason": resolution,
    "FindingCorrection.changed_reason": correction,
    "FindingCorrection.rationale": correction,
    "FindingCorrection.reason": correction,
    "FindingCorrection.evidence": correction,
    "FindingCorrection.decided_reason": centre,
    "OwnView.changed_reason": own_view,
    "Pick.evidence_title": pick,
    "Pick.evidence_url": pick,
    "PartnerView.changed_reason": view_of_the_other,
    "PartnerView.private_note": for_the_centre,
    "PartnerPick.evidence_title": evidence_of_the_other,
    "PartnerPick.evidence_url": evidence_of_the_other,
    "ThreeStepColumn.people_and_place": three_steps,
    "ThreeStepColumn.partnership_and_powers": three_steps,
    "ThreeStepColumn.productivity_and_process": three_steps,
    "Lever.title": lever,
    "Lever.description": lever,
    "Lever.fit_reason": lever,
    "Lever.impact_reason": lever,
    "Lever.window_reason": lever,
    "Lever.reason": lever,
    "SharedLever.title": shared_lever,
    "SharedLever.description": shared_lever,
    "Commitment.title": promise,
    "Commitment.description": commitment,
    "Commitment.authority_owner": commitment,
    "Commitment.board_owner": commitment,
    "Commitment.no_date_reason": promise,
    "Commitment.declined_reason": commitment,
    "CommitmentUpdate.narrative": update,
    "CommitmentUpdateDraft.narrative": update_draft,
    "CommitmentUpdateReturn.comment": sent_back,
    "CommitmentChange.title": update,
    "CommitmentChange.description": update,
    "CommitmentChange.no_date_reason": update,
    "CommitmentChange.old_title": update,
    "CommitmentChange.old_description": update,
    "CommitmentChange.old_no_date_reason": update,
    "CommitmentChange.reason": update,
    "CommitmentChange.refused_reason": update,
    "CommitmentClosure.reason": update,
    "CommitmentClosure.refused_reason": update,
    "CommitmentDescription.before": update,
    "CommitmentDescription.after": update,
    "CommitmentMoney.purpose": update,
    "CommitmentMoney.withdrawn_reason": update,
    "Publication.reason": visible_revision,
    "Publication.withdrawn_reason": centre,
    "Ambassador.shares": ambassador,
    "PeerLink.about": link,
    "PeerLink.ended_words": link,
    "PeerLink.declined_reason": centre,
    "PeerMeeting.note": meeting,
    "SupportOffer.title": offer,
    "SupportOffer.description": offer,
    "SupportOffer.run_by": offer,
    "SupportOffer.notes": centre,
    "Enrolment.declined_reason": centre,
    "Enrolment.not_given_reason": enrolment,
    "Enrolment.outcome": enrolment,
    "SupportSession.title": session,
    "SupportSession.note": session,
    "SharedSupportNote.text": note,
    "PrivateSupportNote.text": centre,
    **{
        f"PracticeVersion.{name}": example
        for name in (
            *("title", "summary", "what_was_done", "what_came", "evidence", "place", "period"),
            *("by_whom", "source_title", "source_url", "reason"),
        )
    },
    "ReadingDraft.content": centre,
    "ReadingDraft.reason": centre,
    "ReadingDraft.declined_reason": centre,
    "ReadingDraft.discarded_reason": centre,
}

_VERSION = "of an approved version, which everybody may read"
_CODE = "a code of the project's own, which nobody types"
_COPY = "a copy of fields that hold words of their own, made again by each recompute"
# Why everybody may read it, or why it holds nothing that a person wrote.
PUBLIC: dict[str, str] = {
    **dict.fromkeys(
        (
            *("Rubric.source", "Rubric.reason", "Rubric.rule", "Rubric.meaning_reason"),
            *("Theme.code", "Theme.name", "Theme.high", "Theme.partial", "Theme.low"),
            *("Theme.source", "GroupMap.source", "GroupMap.reason", "GroupMap.high_label"),
            *("GroupMap.partial_label", "GroupMap.low_label", "GroupMap.not_assessed_label"),
            *("SupportGroup.code", "SupportGroup.name", "SupportGroup.note"),
            *("SupportGroup.offer", "SupportGroup.aimed_at", "SupportGroup.look"),
            "GroupCell.likely_outcome",
        ),
        _VERSION,
    ),
    **dict.fromkeys(
        (
            *("AssessmentHappening.type", "AssessmentHappening.actor_role"),
            *("AssessmentHappening.payload", "FindingReply.themes", "FindingCorrection.picks"),
            *("SupportOffer.group_code", "Enrolment.group"),
            *("Placement.input_hash", "NationalPicture.input_hash", "ThreeStepAnswer.priority"),
        ),
        _CODE,
    ),
    **dict.fromkeys(
        (
            *("Placement.group", "Placement.movement", "Placement.content"),
            *("PublishedPlacement.group", "PublishedPlacement.movement"),
            *("PublishedPlacement.content", "NationalPicture.content"),
        ),
        _COPY,
    ),
}


def texts() -> Iterator[tuple[type[models.Model], models.Field[Any, Any]]]:
    """Give every text of engagement's models that is no choice from a list."""
    kinds = (models.TextField, models.CharField, models.JSONField)
    for model in apps.get_app_config("engagement").get_models():
        if hasattr(model, "pgh_tracked_model"):
            continue
        for field in model._meta.local_fields:
            plain = isinstance(field, kinds) and not isinstance(field, models.SlugField)
            if plain and not field.choices:
                yield model, field


class Canaries:
    """The words that were planted, each with its field and row."""

    def __init__(self) -> None:
        self._planted: dict[str, tuple[str, type[models.Model], Any]] = {}
        # Fields whose words somebody was shown: a search that finds nothing proves nothing.
        self.seen: set[str] = set()

    def plant(self, *, rows: dict[str, Any] | None = None) -> None:
        """Give every confidential text of every row a word; rows that have one keep it.

        rows: by model, a filter that keeps those to plant in.
        """
        with pgtrigger.ignore():
            for model, field in texts():
                name = f"{model.__name__}.{field.name}"
                if name not in CONFIDENTIAL:
                    continue
                asked = (rows or {}).get(model.__name__, {})
                if rows is not None and model.__name__ not in rows:
                    continue
                manager = model._base_manager.filter(**asked).order_by("pk")
                for key, value in list(manager.values_list("pk", field.name)):
                    self._plant(model, field, name, key, value)

    def _plant(
        self,
        model: type[models.Model],
        field: models.Field[Any, Any],
        name: str,
        key: Any,
        value: Any,
    ) -> None:
        if WORD.search(str(value)):
            return
        word = f"canary-{len(self._planted):06d}"
        changed: object = f"{value}#{word}"
        if isinstance(field, models.JSONField):
            changed = _within(value, word)
        elif field.max_length and len(str(changed)) > field.max_length:
            changed = f"https://example.org/#{word}"
        try:
            with transaction.atomic():
                model._base_manager.filter(pk=key).update(**{field.name: changed})
        except DatabaseError:
            # It must be empty in this row, as a reason of a step that was not taken.
            return
        self._planted[word] = (name, model, key)

    @property
    def fields(self) -> set[str]:
        """The fields in which a word was planted."""
        return {name for name, _model, _key in self._planted.values()}

    def leaks(self, *, text: str, visitor: Visitor) -> set[str]:
        """Return the fields of words in a text that the visitor may not read."""
        found = set()
        for word in set(WORD.findall(text)):
            name, model, key = self._planted[word]
            self.seen.add(name)
            row = model._base_manager.get(pk=key)
            if visitor not in CONFIDENTIAL[name](row):
                found.add(f"{name} of {key}")
        return found


def _within(value: Any, word: str) -> Any:
    """Put a word into the first text of a stored value."""
    if isinstance(value, list) and value and isinstance(value[0], dict) and "title" in value[0]:
        return [{**value[0], "title": f"{value[0]['title']} {word}"}, *value[1:]]
    if isinstance(value, dict) and "themes" in value:
        first = value["themes"][0]
        return {
            **value,
            "themes": [{**first, "name": f"{first['name']} {word}"}, *value["themes"][1:]],
        }
    if isinstance(value, dict) and value and all(isinstance(text, str) for text in value.values()):
        first = next(iter(value))
        return {**value, first: f"{value[first]} {word}"}
    return value

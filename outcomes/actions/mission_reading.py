"""The read model of the mission's page, kept so that the page computes nothing."""

import hashlib
import json
from dataclasses import replace
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from authorities.frozen_json import to_plain
from outcomes import recompute
from outcomes.mission import Definition, MissionPicture, OwnFigures, own_figures, picture_of
from outcomes.models import MISSION_ID, MissionDefinition, MissionReading, Subject
from outcomes.queries.mission import definition_of
from outcomes.queries.mission_facts import MissionFacts, mission_facts

METHOD_VERSION = 1


def request(*, reason: str, at: datetime) -> bool:
    """Ask for the picture to be drawn anew, where a definition is in use; return whether it is."""
    if not MissionDefinition.objects.in_use().exists():
        return False
    recompute.request(subject=Subject.MISSION, subject_id=MISSION_ID, reason=reason, at=at)
    return True


@transaction.atomic
def refresh(*, at: datetime) -> int:
    """Draw the picture by each definition that is or was in use; return how many changed.

    A picture that comes out the same is not written; only its time is.
    """
    rows = list(
        MissionDefinition.objects.approved().select_for_update(of=("self",)).order_by("number")
    )
    if not rows:
        return 0
    facts = mission_facts(today=timezone.localdate(at))
    return sum(_store(row, facts, at) for row in rows)


def drawn(*, definition: Definition, facts: MissionFacts, at: datetime) -> MissionPicture:
    """Return the picture by a definition, stored or not."""
    picture = picture_of(
        definition=definition,
        figures=facts.figures,
        councils=facts.councils,
        spreads=facts.spreads,
        today=timezone.localdate(at),
    )
    return replace(
        picture,
        authorities=tuple(
            OwnFigures(slug, found)
            for slug, values in sorted(facts.own.items())
            if (found := own_figures(values=values, pictures=picture.sexes))
        ),
    )


def _store(row: MissionDefinition, facts: MissionFacts, at: datetime) -> int:
    content = to_plain(value=drawn(definition=definition_of(row=row), facts=facts, at=at))
    canonical = json.dumps([METHOD_VERSION, content], sort_keys=True, separators=(",", ":"))
    input_hash = hashlib.sha256(canonical.encode()).hexdigest()
    same = MissionReading.objects.filter(definition=row, input_hash=input_hash)
    if same.update(computed_at=at):
        return 0
    MissionReading.objects.update_or_create(
        definition=row,
        defaults={
            "content": content,
            "input_hash": input_hash,
            "method_version": METHOD_VERSION,
            "computed_at": at,
        },
    )
    return 1

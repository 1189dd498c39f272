"""Furnishes a demonstration for a drill: people with returns to write and returns to sign.

`python -m tests.drills.furnish` in the site's environment; prints who has what as JSON. Afterwards
nothing is owed, so that what a drill finds owed is its own.
"""

import json
import sys
from datetime import datetime
from typing import Any

import django

django.setup()

from django.utils import timezone  # noqa: E402 - models exist once Django is set up

from authorities.actions import memberships, message_sending  # noqa: E402
from authorities.models import IntegratedCareBoard, Role  # noqa: E402
from duty.actions import documents, returns  # noqa: E402
from duty.config.celery import app  # noqa: E402
from duty.models import ExpectedReturn, ReturnDocument, Round, RoundState  # noqa: E402
from duty.queries.loaded import load  # noqa: E402
from duty.questions import EvidenceNeed  # noqa: E402
from outcomes import recompute  # noqa: E402
from tests.drills.clients import PASSWORD  # noqa: E402
from tests.factories.duty import ReturnStory, send, valid_answer  # noqa: E402

_WRITERS = 4
# Answers that each of them writes in turn.
_SLOTS = 5


def furnish(*, at: datetime) -> dict[str, list[dict[str, Any]]]:
    """Give every authority without a return a person; some of the returns wait for a signature."""
    round_ = Round.objects.get(state=RoundState.OPEN)
    free = ExpectedReturn.objects.filter(round=round_).exclude(
        authority__in=round_.returns.values("authority")
    )
    stories = [_story(expected, at) for expected in free.order_by("authority__slug")]
    writers, signers = stories[:_WRITERS], stories[_WRITERS:]
    for story in signers:
        send(story)
    return {
        "writers": [{**_who(story), "slots": _slots(story)} for story in writers],
        "signers": [_who(story) for story in signers],
    }


def settle(*, at: datetime) -> None:
    """Do what the demonstration has left to its worker."""
    documents.sweep(at=at)
    for document in ReturnDocument.objects.all():
        documents.make(document_id=document.pk, at=at)
    message_sending.send_waiting(at=at, most=10_000)
    while recompute.run_pending():
        pass


def _story(expected: ExpectedReturn, at: datetime) -> ReturnStory:
    authority = expected.authority
    person = memberships.add_person(
        email=f"drill@{authority.slug}.example",
        full_name="Robin Drill",
        password=PASSWORD,
        by=None,
        at=at,
    )
    for role in (Role.EDITOR, Role.SIGNATORY):
        memberships.grant(person=person, body=authority, role=role, by=None, at=at)
    made = returns.start(
        round_=expected.round, authority=authority, bring_over=False, by=person, at=at
    )
    slugs = [board.slug for board in load(round_=expected.round, authority=authority).boards]
    boards = IntegratedCareBoard.objects.filter(slug__in=slugs)
    return ReturnStory(expected.round, authority, tuple(boards), person, person, made)


def _who(story: ReturnStory) -> dict[str, str]:
    return {"email": story.editor.email, "return": str(story.duty_return.pk)}


def _slots(story: ReturnStory) -> list[dict[str, Any]]:
    loaded = load(round_=story.round, authority=story.authority)
    chosen = [
        slot
        for slot in loaded.slots
        if not slot.question.derived and slot.question.evidence.need == EvidenceNeed.NONE
    ]
    return [
        {
            "question": slot.question.code,
            "board": slot.board,
            "value": valid_answer(slot.question).value,
        }
        for slot in chosen[:_SLOTS]
    ]


if __name__ == "__main__":
    app.set_current()
    now = timezone.now()
    furnished = furnish(at=now)
    settle(at=timezone.now())
    json.dump(furnished, sys.stdout)

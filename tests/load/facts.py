"""What the load asks for: people and addresses. `python -m tests.load.facts` in the site's own
environment prints them as JSON, beside what a drill furnishes."""

import json
import sys
from typing import Any

import django

django.setup()

from django.urls import reverse  # noqa: E402 - models exist once Django is set up

from duty.models import DutyReturn, Round, RoundState  # noqa: E402
from duty.presenters.addresses import ReturnAddresses  # noqa: E402
from duty.queries.loaded import load  # noqa: E402
from engagement.models import Commitment, CommitmentState  # noqa: E402

_BOARD = "south-yorkshire"


def facts() -> dict[str, Any]:
    """Return addresses of the demonstration."""
    commitment = Commitment.objects.filter(
        pair__board__slug=_BOARD, state=CommitmentState.AGREED
    ).order_by("pk")[0]
    round_ = Round.objects.get(state=RoundState.OPEN)
    return {
        "password": "demonstration-only-2026",
        "board": f"editor@{_BOARD}-icb.example",
        "analyst": "analyst@dhsc.example",
        "board_commitments": reverse("commitments:board", args=[_BOARD]),
        "board_all": reverse("commitments:board-all", args=[_BOARD]),
        "commitment": reverse("commitments:detail", args=[commitment.pk]),
        "round": reverse("rounds:control", args=[round_.slug]),
        "returns": {
            str(row.pk): _pages(row)
            for row in DutyReturn.objects.filter(round=round_).select_related("authority", "round")
        },
    }


def _pages(row: DutyReturn) -> dict[str, str]:
    addresses = ReturnAddresses(row.round.slug, row.authority.slug)
    loaded = load(round_=row.round, authority=row.authority)
    slot = next(one for one in loaded.slots if not one.question.derived and not one.board)
    return {
        "tasks": addresses.tasks,
        "check": addresses.check,
        "question": addresses.question(slot.question.specification, slot.key),
    }


if __name__ == "__main__":
    json.dump(facts(), sys.stdout)

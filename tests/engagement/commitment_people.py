"""A pair with a person of every role, and how a step is refused, for tests of commitments."""

from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any

import pytest

from authorities.models import Pair, Role, User
from engagement.commitment_lifecycle import CommitmentRefusedError, Guard
from tests.factories.authorities import (
    BoardFactory,
    MembershipFactory,
    NationalMembershipFactory,
    PairFactory,
    StrategicAuthorityFactory,
)


def refused(guard: Guard | None) -> AbstractContextManager[Any]:
    """Expect that a step is refused by a guard; None: by the state, or for who takes it."""
    return pytest.raises(CommitmentRefusedError, check=lambda error: error.guard is guard)


@dataclass(frozen=True)
class People:
    """The pair and who may come to its pages."""

    pair: Pair
    by_role: dict[str, User]


def people_of_a_pair() -> People:
    """Make a pair, everybody at it, everybody of the centre, and strangers."""
    pair = PairFactory(
        authority=StrategicAuthorityFactory(slug="south-testshire"),
        board=BoardFactory(slug="testshire"),
    )
    stranger = PairFactory()
    people: dict[str, User] = {}
    for role in (Role.EDITOR, Role.SIGNATORY):
        for whose, body in (
            ("authority", pair.authority),
            ("board", pair.board),
            ("other_authority", stranger.authority),
            ("other_board", stranger.board),
        ):
            people[f"{whose}_{role.value}"] = MembershipFactory(body=body, role=role).user
    for role in (
        Role.ANALYST,
        Role.MODERATOR,
        Role.LEAD_ANALYST,
        Role.READER,
        Role.ADMINISTRATOR,
    ):
        people[role.value] = NationalMembershipFactory(role=role).user
    return People(pair=pair, by_role=people)

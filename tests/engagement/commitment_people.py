"""A pair with a person of every role, for the tests of commitment pages."""

from dataclasses import dataclass

from authorities.models import Pair, Role, User
from tests.factories.authorities import (
    BoardFactory,
    MembershipFactory,
    NationalMembershipFactory,
    PairFactory,
    StrategicAuthorityFactory,
)


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

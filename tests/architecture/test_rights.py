"""The table of rights of the design, action by role: each cell against the table of addresses.

`test_addresses` asks every address as everybody; here stands which of them an action is.
"""

from dataclasses import dataclass

import pytest

from tests.architecture.addresses import (
    ADDRESSES,
    AUTHORITY,
    BOARD,
    CENTRE,
    PAIR,
    Visitor,
)

_V = Visitor
REFUSED = frozenset({401, 403, 404})
SIGNATORIES = frozenset({_V.OWN_SIGNATORY, _V.BOARD_SIGNATORY})
REVIEWERS = frozenset({_V.ANALYST, _V.LEAD_ANALYST})
MODERATORS = frozenset({_V.MODERATOR, _V.LEAD_ANALYST})
LEAD = frozenset({_V.LEAD_ANALYST})
ADMINISTRATOR = frozenset({_V.ADMINISTRATOR})
AUDITOR = frozenset({_V.AUDITOR})


@dataclass(frozen=True)
class Right:
    """An action, who may take it, and the addresses by which it is taken.

    `names` are read, or sent to where `sends`. The own body is South Yorkshire, its board that of
    South Yorkshire; what they see of their own is nobody else's.
    """

    action: str
    may: frozenset[Visitor]
    names: tuple[str, ...]
    sends: bool = True


RIGHTS = (
    Right("edit the own return", AUTHORITY, ("duty:return-question", "return-answer")),
    Right("send the own return for sign-off", AUTHORITY, ("duty:return-send", "return-send")),
    Right(
        "sign or decline the own return",
        frozenset({_V.OWN_SIGNATORY}),
        ("duty:return-sign", "duty:return-decline", "return-sign", "return-decline"),
    ),
    Right(
        "sign or decline a framework of the own pair",
        SIGNATORIES,
        ("outcomes:framework-sign", "outcomes:framework-decline"),
    ),
    Right("propose commitments of the own board", BOARD, ("commitments:board-import",)),
    Right("update a commitment of the own pair", PAIR, ("commitments:update",)),
    Right("sign an agreement of the own pair", SIGNATORIES, ("agreements:sign",)),
    Right(
        "read a draft of the own return, which is nobody else's",
        AUTHORITY,
        ("duty:return-tasks", "duty:return-check"),
        sends=False,
    ),
    Right(
        "read what another body submitted",
        CENTRE,
        ("duty:review-list",),
        sends=False,
    ),
    Right(
        "request changes or reopen a return",
        REVIEWERS,
        ("duty:review-request-changes", "duty:review-reopen", "return-changes", "return-reopen"),
    ),
    Right("accept a return", REVIEWERS, ("duty:review-accept", "return-accept")),
    Right("extend a deadline", REVIEWERS | ADMINISTRATOR, ("rounds:extend",)),
    Right("draft a national view", REVIEWERS, ("assessments:side", "assessments:level")),
    Right("moderate a national view", MODERATORS, ("assessments:agree", "assessments:return")),
    Right(
        "un-accept, un-finalise, ask for publication",
        LEAD,
        (
            "duty:review-unaccept",
            "return-unaccept",
            "assessments:unfinalise",
            "publications:propose",
        ),
    ),
    Right("approve a publication", MODERATORS | ADMINISTRATOR, ("publications:approve",)),
    Right("propose a change of bodies", REVIEWERS, ("changes:new",)),
    Right("approve a change of bodies", LEAD, ("changes:approve",)),
    Right("put a change of bodies to its day", ADMINISTRATOR, ("changes:schedule",)),
    Right("see national views before publication", CENTRE, ("assessments:desk",), sends=False),
    Right(
        "download what a round has",
        CENTRE,
        ("rounds:returns-csv", "rounds:answers-csv", "rounds:evidence-csv"),
        sends=False,
    ),
    Right(
        "run the jobs of the site, and try messages again",
        ADMINISTRATOR,
        ("job-run-again", "authorities:message-try-again"),
    ),
    Right(
        "read the audit",
        ADMINISTRATOR | AUDITOR,
        ("authorities:audit", "authorities:audit-csv", "authorities:audit-access"),
        sends=False,
    ),
)
CELLS = [
    pytest.param(right, visitor, id=f"{right.action}-{visitor.name}")
    for right in RIGHTS
    for visitor in Visitor
    if visitor is not _V.ANYBODY
]


@pytest.mark.parametrize(("right", "visitor"), CELLS)
def test_a_role_takes_an_action_or_is_refused(right: Right, visitor: Visitor) -> None:
    for name in right.names:
        rule = ADDRESSES[name]
        answered = (rule.post if right.sends else rule.get)[visitor]
        assert (answered not in REFUSED) is (visitor in right.may), name


@pytest.mark.parametrize("right", RIGHTS, ids=[right.action for right in RIGHTS])
def test_nobody_who_is_signed_out_takes_an_action(right: Right) -> None:
    for name in right.names:
        rule = ADDRESSES[name]
        assert (rule.post if right.sends else rule.get)[_V.ANYBODY] in REFUSED | {302}, name


def test_every_visitor_takes_some_action_but_readers_and_who_looks_after_people() -> None:
    acting = frozenset().union(*(right.may for right in RIGHTS))

    assert acting >= PAIR | BOARD | CENTRE | AUDITOR
    assert not acting & {_V.READER, _V.OTHER_EDITOR, _V.OTHER_BOARD_EDITOR, _V.PEOPLE_LEAD}

"""Every address of the site, with who may read it and who may send to it.

One row an address; a pattern that has no row fails the suite. Strangers are told 404, members
without the right 403, and where signing in may be all that is missing, the visitor is asked to sign
in (302).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Visitor(StrEnum):
    """Who asks. All but the first have an account in the demonstration."""

    ANYBODY = ""
    OWN_EDITOR = "editor@south-yorkshire.example"
    OWN_SIGNATORY = "signatory@south-yorkshire.example"
    OTHER_EDITOR = "editor@york-and-north-yorkshire.example"
    BOARD_EDITOR = "editor@south-yorkshire-icb.example"
    BOARD_SIGNATORY = "signatory@south-yorkshire-icb.example"
    OTHER_BOARD_EDITOR = "editor@west-yorkshire-icb.example"
    ANALYST = "analyst@dhsc.example"
    MODERATOR = "moderator@dhsc.example"
    LEAD_ANALYST = "lead@mhclg.example"
    READER = "reader@nhs-england.example"
    ADMINISTRATOR = "administrator@dhsc.example"


_V = Visitor
AUTHORITY = frozenset({_V.OWN_EDITOR, _V.OWN_SIGNATORY})
BOARD = frozenset({_V.BOARD_EDITOR, _V.BOARD_SIGNATORY})
PAIR = AUTHORITY | BOARD
# People of the centre learn from a refusal that the thing exists: they may know it anyhow.
CENTRE = frozenset({_V.ANALYST, _V.MODERATOR, _V.LEAD_ANALYST, _V.ADMINISTRATOR})
SIGNED_IN = frozenset(Visitor) - {_V.ANYBODY}

Statuses = Mapping[Visitor, int]


def everybody(status: int = 200) -> Statuses:
    """Return the same status for all."""
    return dict.fromkeys(Visitor, status)


def members(
    may: frozenset[Visitor],
    *,
    status: int = 200,
    of: frozenset[Visitor] = frozenset(),
    strangers: int = 404,
) -> Statuses:
    """Return the status for those who may, 403 for other members and the centre, else 404."""
    refused = dict.fromkeys((of | CENTRE) - may, 403)
    return (
        dict.fromkeys(Visitor, strangers) | {_V.ANYBODY: 302} | refused | dict.fromkeys(may, status)
    )


def signed_in(status: int, *, out: int = 302) -> Statuses:
    """Return the status for who is signed in, and another for who is not."""
    return {_V.ANYBODY: out} | dict.fromkeys(SIGNED_IN, status)


@dataclass(frozen=True)
class Rule:
    """Who may do what at one address."""

    get: Statuses
    # An empty form from each: 405 where the page takes none.
    post: Statuses
    # What stands in the address; the names are those of the fixture `things`.
    named: Mapping[str, str] = field(default_factory=dict)
    # A page that changes something may not be asked for by GET; it leads elsewhere.
    takes_forms: bool = False


def _reads(get: Statuses, **named: str) -> Rule:
    """Return the rule of a page that takes no form: who may read it is told 405."""
    post = {visitor: 405 if status == 200 else status for visitor, status in get.items()}
    return Rule(get=get, post=post, named=named)


def _form(get: Statuses, post: Statuses, **named: str) -> Rule:
    return Rule(get=get, post=post, named=named, takes_forms=True)


_TO_RETURN = {"round_slug": "round", "authority_slug": "authority"}
_TO_ROUND = {"round_slug": "round"}
_TO_AUTHORITY = {"authority_slug": "authority"}
_TO_PAIR = {"authority_slug": "authority", "board_slug": "board"}
_TO_COMMITMENT = {"commitment_id": "commitment"}
_TO_UPLOAD = {"authority_slug": "authority", "upload_id": "upload"}
_TO_SUBMITTED = {"return_id": "submitted_return"}
_REVIEWERS = frozenset({_V.ANALYST, _V.LEAD_ANALYST})
_TO_QUESTION = {**_TO_RETURN, "section": "section", "code": "question"}
_TO_FEED = {"feed_id": "feed"}
_UPKEEPERS = frozenset({_V.ANALYST, _V.LEAD_ANALYST})
_TO_IMPORT = {"import_id": "boundary_import"}
_TO_CHANGE = {"reorganisation_id": "change"}
_PROPOSERS = frozenset({_V.ANALYST, _V.LEAD_ANALYST})
_BOUNDARY_KEEPERS = frozenset({_V.LEAD_ANALYST, _V.ADMINISTRATOR})
_EXTENDERS = frozenset({_V.ANALYST, _V.LEAD_ANALYST, _V.ADMINISTRATOR})
_ADMINISTRATOR = frozenset({_V.ADMINISTRATOR})
_PUBLIC = _reads(everybody())
_RETURN_READ = members(AUTHORITY)
_SIGNATORY = frozenset({_V.OWN_SIGNATORY})
_SIGNATORIES = frozenset({_V.OWN_SIGNATORY, _V.BOARD_SIGNATORY})

ADDRESSES: dict[str, Rule] = {
    # Sign-in and one's own account.
    "account_login": _form(signed_in(302, out=200), signed_in(302, out=200)),
    "account_logout": _form(signed_in(200), everybody(302)),
    "account_signup": _form(signed_in(302, out=200), signed_in(302, out=200)),
    "account_inactive": _PUBLIC,
    "account_reauthenticate": _form(signed_in(200), signed_in(200)),
    "account_change_password": _form(signed_in(200), signed_in(200)),
    "account_reset_password": _form(everybody(), everybody()),
    "account_reset_password_done": _PUBLIC,
    "account_reset_password_from_key": _form(
        everybody(), everybody(), uidb36="uidb36", key="reset_key"
    ),
    "account_reset_password_from_key_done": _PUBLIC,
    "account_session": _form(signed_in(200), signed_in(302)),
    "account": Rule(get=signed_in(200), post=signed_in(405)),
    # The frame.
    "home": Rule(get=signed_in(200), post=signed_in(405)),
    "jobs": _reads(members(frozenset({_V.ADMINISTRATOR}))),
    "job-run-again": _form(
        members(frozenset({_V.ADMINISTRATOR}), status=405),
        members(frozenset({_V.ADMINISTRATOR}), status=302),
        job_id="job",
    ),
    "method": _PUBLIC,
    "accessibility": _PUBLIC,
    "privacy": _PUBLIC,
    "help": _PUBLIC,
    "how-it-works": _PUBLIC,
    # The register and the figures.
    "authorities:authority-list": _PUBLIC,
    "authorities:board-list": _PUBLIC,
    "authorities:board": _reads(everybody(), slug="board"),
    "authorities:council-list": _PUBLIC,
    "authorities:council": _reads(everybody(), slug="council"),
    "authorities:cluster-list": _PUBLIC,
    "authorities:cluster": _reads(everybody(), slug="cluster"),
    "authorities:nhs-region-list": _PUBLIC,
    "authorities:nhs-region": _reads(everybody(), slug="nhs_region"),
    "authorities:register": _PUBLIC,
    "authorities:register-bodies-csv": _PUBLIC,
    "authorities:register-codes-csv": _PUBLIC,
    "authorities:register-names-csv": _PUBLIC,
    "authorities:register-overlaps-csv": _PUBLIC,
    "authorities:register-changes-csv": _PUBLIC,
    "authorities:geography": _PUBLIC,
    "authorities:geography-csv": _PUBLIC,
    "authorities:geography-map": _PUBLIC,
    "authorities:geography-warnings": _reads(members(CENTRE)),
    "authorities:geography-warnings-csv": _reads(members(CENTRE)),
    "authorities:boundary-list": _PUBLIC,
    "authorities:boundary-import": _form(
        members(_BOUNDARY_KEEPERS), members(_BOUNDARY_KEEPERS, status=422)
    ),
    "authorities:boundary-preview": _form(
        members(_BOUNDARY_KEEPERS), members(_BOUNDARY_KEEPERS, status=302), **_TO_IMPORT
    ),
    "authorities:boundary-check": _form(
        members(_BOUNDARY_KEEPERS, status=405),
        members(_BOUNDARY_KEEPERS, status=302),
        **_TO_IMPORT,
    ),
    "authorities:boundary-discard": _form(
        members(_BOUNDARY_KEEPERS, status=405),
        members(_BOUNDARY_KEEPERS, status=302),
        **_TO_IMPORT,
    ),
    "authorities:feed-list": _reads(members(CENTRE)),
    "authorities:feed-upload": _form(members(_UPKEEPERS), members(_UPKEEPERS, status=422)),
    "authorities:feed": _reads(members(CENTRE), **_TO_FEED),
    "authorities:feed-differences-csv": _reads(members(CENTRE), **_TO_FEED),
    "authorities:feed-row": _form(
        members(CENTRE), members(_UPKEEPERS, status=422), **_TO_FEED, position="feed_row"
    ),
    "authorities:feed-change": _form(
        members(_UPKEEPERS), members(_UPKEEPERS, status=422), **_TO_FEED
    ),
    "authorities:feed-end": _form(members(_UPKEEPERS), members(_UPKEEPERS, status=422), **_TO_FEED),
    "outcomes:authority": _reads(everybody(), **_TO_AUTHORITY),
    "outcomes:indicator-csv": _reads(everybody(), **_TO_AUTHORITY, code="indicator"),
    "outcomes:upload-create": _form(
        members(AUTHORITY), members(AUTHORITY, status=422), **_TO_AUTHORITY
    ),
    "outcomes:upload-list": _reads(members(AUTHORITY), **_TO_AUTHORITY),
    "outcomes:upload-report": _reads(members(AUTHORITY), **_TO_UPLOAD),
    "outcomes:upload-report-csv": _reads(members(AUTHORITY), **_TO_UPLOAD),
    # Changes of bodies and areas. A form without the version that was seen is overtaken: 409.
    "changes:list": _reads(members(CENTRE)),
    "changes:new": _form(members(_PROPOSERS), members(_PROPOSERS, status=422)),
    "changes:detail": _reads(members(CENTRE), **_TO_CHANGE),
    "changes:edit": _form(members(_PROPOSERS), members(_PROPOSERS, status=422), **_TO_CHANGE),
    "changes:copy": _form(members(_PROPOSERS), members(_PROPOSERS, status=422), **_TO_CHANGE),
    "changes:operation-choose": _form(
        members(_PROPOSERS), members(_PROPOSERS, status=422), **_TO_CHANGE
    ),
    "changes:operation-new": _form(
        members(_PROPOSERS),
        members(_PROPOSERS, status=422),
        **_TO_CHANGE,
        kind="operation_kind",
        body_kind="body_kind",
    ),
    # Without the bodies in the address, there are no areas to ask for.
    "changes:split-areas": _form(
        members(_PROPOSERS, status=302),
        members(_PROPOSERS, status=302),
        **_TO_CHANGE,
        body_kind="body_kind",
    ),
    "changes:transfer-areas": _form(
        members(_PROPOSERS, status=302),
        members(_PROPOSERS, status=302),
        **_TO_CHANGE,
        body_kind="body_kind",
    ),
    "changes:operation-remove": _form(
        members(_PROPOSERS), members(_PROPOSERS, status=409), **_TO_CHANGE, position="position"
    ),
    "changes:preview": _form(members(CENTRE), members(_PROPOSERS, status=409), **_TO_CHANGE),
    "changes:preview-make": _form(
        members(_PROPOSERS, status=302), members(_PROPOSERS, status=409), **_TO_CHANGE
    ),
    "changes:preview-pairs-csv": _reads(members(CENTRE), **_TO_CHANGE),
    "changes:preview-governance-csv": _reads(members(CENTRE), **_TO_CHANGE),
    "changes:preview-people-csv": _reads(members(CENTRE), **_TO_CHANGE),
    "changes:approve": _form(
        members(frozenset({_V.LEAD_ANALYST})),
        members(frozenset({_V.LEAD_ANALYST}), status=409),
        **_TO_CHANGE,
    ),
    "changes:schedule": _form(
        members(frozenset({_V.ADMINISTRATOR})),
        members(frozenset({_V.ADMINISTRATOR}), status=409),
        reorganisation_id="approved_change",
    ),
    "changes:cancel": _form(
        members(_PROPOSERS | {_V.ADMINISTRATOR}),
        members(_PROPOSERS | {_V.ADMINISTRATOR}, status=422),
        **_TO_CHANGE,
    ),
    "changes:what-if": _reads(members(CENTRE), reorganisation_id="what_if"),
    # The return.
    "duty:return-tasks": _reads(_RETURN_READ, **_TO_RETURN),
    "duty:return-start": _form(
        members(AUTHORITY, status=302), members(AUTHORITY, status=302), **_TO_RETURN
    ),
    "duty:return-question": _form(_RETURN_READ, members(AUTHORITY, status=422), **_TO_QUESTION),
    "duty:return-board-question": _form(
        _RETURN_READ,
        members(AUTHORITY, status=422),
        **{**_TO_QUESTION, "code": "board_question", "section": "board_section"},
        board_slug="board",
    ),
    "duty:section-complete": _form(
        members(AUTHORITY, status=302),
        members(AUTHORITY, status=422),
        **_TO_RETURN,
        section="section",
    ),
    "duty:return-check": _reads(_RETURN_READ, **_TO_RETURN),
    "duty:return-sign-off": _reads(_RETURN_READ, **_TO_RETURN),
    "duty:return-send": _form(
        members(AUTHORITY, status=302), members(AUTHORITY, status=409), **_TO_RETURN
    ),
    "duty:return-recall": _form(
        members(AUTHORITY, status=302), members(AUTHORITY, status=409), **_TO_RETURN
    ),
    "duty:return-decline": _form(
        members(_SIGNATORY, status=302, of=AUTHORITY),
        members(_SIGNATORY, status=422, of=AUTHORITY),
        **_TO_RETURN,
    ),
    "duty:return-sign": _form(
        members(_SIGNATORY, status=302, of=AUTHORITY),
        members(_SIGNATORY, status=422, of=AUTHORITY),
        **_TO_RETURN,
    ),
    # For a round that needs no signature; this one does, so that everybody here is told so.
    "duty:return-submit": _form(
        members(AUTHORITY, status=302), members(AUTHORITY, status=422), **_TO_RETURN
    ),
    "duty:return-submitted": _reads(
        members(AUTHORITY | CENTRE), round_slug="published_round", authority_slug="authority"
    ),
    # Rounds, run by the centre. Where a round stands elsewhere, a step leads back to it.
    "rounds:list": _reads(members(CENTRE)),
    "rounds:control": _reads(members(CENTRE), **_TO_ROUND),
    "rounds:returns-csv": _reads(members(CENTRE), **_TO_ROUND),
    "rounds:history": _reads(members(CENTRE), **_TO_ROUND),
    "rounds:checks": _form(members(CENTRE), members(_ADMINISTRATOR, status=422), **_TO_ROUND),
    "rounds:chase": _reads(members(_EXTENDERS), **_TO_ROUND),
    "rounds:extend": _form(
        members(_EXTENDERS),
        members(_EXTENDERS, status=422),
        **_TO_ROUND,
        authority_slug="authority",
    ),
    "rounds:new": _form(members(_ADMINISTRATOR), members(_ADMINISTRATOR, status=422)),
    "rounds:copy": _form(members(_ADMINISTRATOR), members(_ADMINISTRATOR, status=422), **_TO_ROUND),
    "rounds:edit": _form(
        members(_ADMINISTRATOR), members(_ADMINISTRATOR, status=422), round_slug="draft_round"
    ),
    "rounds:expected": _form(
        members(_ADMINISTRATOR), members(_ADMINISTRATOR, status=422), **_TO_ROUND
    ),
    "rounds:schedule": _form(
        members(_ADMINISTRATOR), members(_ADMINISTRATOR, status=422), round_slug="draft_round"
    ),
    "rounds:back-to-draft": _form(
        members(_ADMINISTRATOR), members(_ADMINISTRATOR, status=422), round_slug="scheduled_round"
    ),
    "rounds:open": _form(
        members(_ADMINISTRATOR), members(_ADMINISTRATOR, status=422), round_slug="scheduled_round"
    ),
    # Its last day is ahead, and a return awaits sign-off.
    "rounds:close": _form(
        members(_ADMINISTRATOR), members(_ADMINISTRATOR, status=422), **_TO_ROUND
    ),
    "rounds:reopen": _form(
        members(_ADMINISTRATOR), members(_ADMINISTRATOR, status=422), **_TO_ROUND
    ),
    # Nothing was submitted of it yet, so there is nothing to compare.
    "duty:return-differences": Rule(
        get=members(AUTHORITY, status=302),
        post=members(AUTHORITY, status=405),
        named=_TO_RETURN,
    ),
    # What was submitted, for the centre. A form without the version that was read is stale: 409.
    "duty:review-list": _reads(members(CENTRE)),
    "duty:review-return": _reads(members(CENTRE), **_TO_SUBMITTED),
    "duty:review-request-changes": _form(
        members(_REVIEWERS), members(_REVIEWERS, status=422), **_TO_SUBMITTED
    ),
    "duty:review-reopen": _form(
        members(_REVIEWERS), members(_REVIEWERS, status=422), **_TO_SUBMITTED
    ),
    "duty:review-accept": _form(
        members(_REVIEWERS), members(_REVIEWERS, status=409), **_TO_SUBMITTED
    ),
    "duty:review-unaccept": _form(
        members(frozenset({_V.LEAD_ANALYST})),
        members(frozenset({_V.LEAD_ANALYST}), status=422),
        return_id="accepted_return",
    ),
    # Engagement.
    "engagement:national": _PUBLIC,
    "engagement:national-placements": _PUBLIC,
    "engagement:national-map": _PUBLIC,
    "engagement:pair": _reads(everybody(), **_TO_PAIR),
    "engagement:pair-placements": _reads(everybody(), **_TO_PAIR),
    "engagement:own-view": _form(members(PAIR), members(PAIR, status=422), **_TO_PAIR),
    "engagement:own-view-check": _form(
        members(PAIR), members(_SIGNATORIES, status=422, of=PAIR), **_TO_PAIR
    ),
    "engagement:own-view-reopen": _form(
        members(_SIGNATORIES, of=PAIR), members(_SIGNATORIES, status=422, of=PAIR), **_TO_PAIR
    ),
    "commitments:board": _reads(members(BOARD | CENTRE), slug="board"),
    "commitments:authority": _reads(members(AUTHORITY | CENTRE), slug="authority"),
    "commitments:pair": _reads(members(PAIR | CENTRE), **_TO_PAIR),
    "commitments:propose": _form(members(PAIR), members(PAIR, status=422), **_TO_PAIR),
    "commitments:detail": _reads(members(PAIR | CENTRE), **_TO_COMMITMENT),
    "commitments:update": _form(members(PAIR), members(PAIR, status=422), **_TO_COMMITMENT),
    # Whoever proposed it cannot confirm it, and is told so on the page.
    "commitments:confirm": _form(
        members(_SIGNATORIES, of=PAIR), members(_SIGNATORIES, status=422, of=PAIR), **_TO_COMMITMENT
    ),
    "commitments:decline": _form(
        members(_SIGNATORIES, of=PAIR), members(_SIGNATORIES, status=422, of=PAIR), **_TO_COMMITMENT
    ),
    "commitments:reconfirm": _form(
        members(_SIGNATORIES, of=PAIR),
        members(_SIGNATORIES, status=302, of=PAIR),
        commitment_id="moved_commitment",
    ),
    "commitments:assign": _form(
        members(_SIGNATORIES, of=PAIR),
        members(_SIGNATORIES, status=422, of=PAIR),
        commitment_id="unassigned_commitment",
    ),
    # The API reads only; its lists hold what the caller may see.
    "api-root": _PUBLIC,
    "api-schema": _PUBLIC,
    "api-docs": _PUBLIC,
    "strategic-authority-list": _PUBLIC,
    "strategic-authority-detail": _reads(everybody(), slug="authority"),
    "icb-list": _PUBLIC,
    "icb-detail": _reads(everybody(), slug="board"),
    "pair-list": _PUBLIC,
    "pair-detail": _reads(everybody(), id="pair"),
    "register-bodies-list": _PUBLIC,
    "register-codes-list": _PUBLIC,
    "register-names-list": _PUBLIC,
    "register-overlaps-list": _PUBLIC,
    "register-changes-list": _PUBLIC,
    "indicator-list": _PUBLIC,
    "indicator-detail": _reads(everybody(), code="indicator"),
    "observation-list": _PUBLIC,
    "observation-detail": _reads(everybody(), pk="observation"),
    "placement-list": _PUBLIC,
}

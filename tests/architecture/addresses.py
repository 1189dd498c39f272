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
    # Of the own authority and board, with no part in their work.
    PEOPLE_LEAD = "people@south-yorkshire.example"
    AUDITOR = "auditor@dhsc.example"


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
    """Return the status for those who may, 403 for other members and the centre, else 404.

    Where people of the own authority or board are no strangers, their people lead is none either.
    To an auditor the work of others does not exist.
    """
    known = of | CENTRE | ({_V.PEOPLE_LEAD} if (of | may) & PAIR else set())
    refused = dict.fromkeys(known - may, 403)
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


def _api(
    may: frozenset[Visitor],
    *,
    get: int = 200,
    post: int = 415,
    of: frozenset[Visitor] = frozenset(),
    writers: frozenset[Visitor] | None = None,
    **named: str,
) -> Rule:
    """Return the rule of an address of the API: who is not signed in is told 401."""
    out = {Visitor.ANYBODY: 401}
    return Rule(
        get={**members(may, status=get, of=of), **out},
        post={**members(may if writers is None else writers, status=post, of=of), **out},
        named=named,
        takes_forms=post != 405,
    )


# Who has a role, and no part in what bodies and the centre work on.
_WITHOUT_WORK = frozenset({_V.READER, _V.AUDITOR, _V.PEOPLE_LEAD})
# Drafts that nobody but their writers knows of.
_NOT_THE_LEAD = {_V.PEOPLE_LEAD: 404}
_TO_RETURN = {"round_slug": "round", "authority_slug": "authority"}
_TO_ROUND = {"round_slug": "round"}
_TO_AUTHORITY = {"authority_slug": "authority"}
_TO_PAIR = {"authority_slug": "authority", "board_slug": "board"}
_TO_COMMITMENT = {"commitment_id": "commitment"}
_TO_UPDATED = {"commitment_id": "updated_commitment"}
_TO_MONEY = {**_TO_UPDATED, "line_id": "commitment_money"}
_TO_ASKED_CHANGE = {"commitment_id": "changed_commitment", "asked_id": "commitment_change"}
_TO_ASKED_CLOSURE = {"commitment_id": "closing_commitment", "asked_id": "commitment_closure"}
_TO_AREA = {"code": "indicator", "area_code": "area_code"}
_TO_FRAMEWORK = {"framework_id": "framework"}
_TO_COUNT = {**_TO_FRAMEWORK, "lineage": "measure"}
_TO_REVIEWED = {**_TO_FRAMEWORK, "review_id": "signed_review"}
_TO_REVIEW = {**_TO_FRAMEWORK, "review_id": "drafted_review"}
_TO_UPLOAD = {"authority_slug": "authority", "upload_id": "upload"}
_TO_STARTED = {"return_id": "started_return"}
_TO_SUBMITTED = {"return_id": "submitted_return"}
_TO_AGREED = {**_TO_FRAMEWORK, "lineage": "framework_indicator"}
_REVIEWERS = frozenset({_V.ANALYST, _V.LEAD_ANALYST})
_TO_QUESTION = {**_TO_RETURN, "section": "section", "code": "question"}
_TO_KIND = {**_TO_AUTHORITY, "kind": "record_kind"}
_TO_RECORD = {**_TO_KIND, "record_id": "record"}
_TO_AGREEMENT = {"agreement_id": "agreement"}
_TO_FEED = {"feed_id": "feed"}
_UPKEEPERS = frozenset({_V.ANALYST, _V.LEAD_ANALYST})
_TO_IMPORT = {"import_id": "boundary_import"}
_TO_CHANGE = {"reorganisation_id": "change"}
_PROPOSERS = frozenset({_V.ANALYST, _V.LEAD_ANALYST})
_BOUNDARY_KEEPERS = frozenset({_V.LEAD_ANALYST, _V.ADMINISTRATOR})
_EXTENDERS = frozenset({_V.ANALYST, _V.LEAD_ANALYST, _V.ADMINISTRATOR})
_AUDITORS = frozenset({_V.ADMINISTRATOR, _V.AUDITOR})
_ADMINISTRATOR = frozenset({_V.ADMINISTRATOR})
_TO_DRAFT = {"version": "draft_version"}
_TO_DRAFTED = {**_TO_DRAFT, "code": "question"}
_DRAFTERS = frozenset({_V.ANALYST, _V.LEAD_ANALYST})
_PUBLISHERS = frozenset({_V.LEAD_ANALYST, _V.ADMINISTRATOR})
_DESCRIBERS = frozenset({_V.ANALYST, _V.LEAD_ANALYST})
_LEAD_ANALYST = frozenset({_V.LEAD_ANALYST})
_APPROVERS = frozenset({_V.LEAD_ANALYST, _V.MODERATOR, _V.ADMINISTRATOR})
_TO_PUBLISHED = {"round_slug": "published_round"}
_SHARED_LIST = (
    dict.fromkeys(Visitor, 404)
    | {_V.ANYBODY: 302}
    | dict.fromkeys(CENTRE, 302)
    | dict.fromkeys(BOARD | {_V.OTHER_BOARD_EDITOR, _V.READER}, 200)
)
_DECIDERS = frozenset({_V.ANALYST, _V.LEAD_ANALYST})
_TO_DEFINITION = {"number": "mission_draft"}
_TO_READING_DRAFT = {"draft_id": "reading_draft"}
_TO_MATRIX_DRAFT = {"draft_id": "matrix_draft"}
_TO_THEME = {**_TO_READING_DRAFT, "code": "reading_theme"}
_TO_THRESHOLD = {"number": "sliver_threshold"}
_TO_SENT = {"release_id": "sent_release"}
_MESSAGE_READERS = frozenset({_V.ANALYST, _V.LEAD_ANALYST, _V.ADMINISTRATOR})
_TO_FRAMEWORK = {"framework_id": "framework"}
_TO_AGREED_VERSION = {**_TO_FRAMEWORK, "number": "framework_agreed"}
_TO_OPEN = {**_TO_FRAMEWORK, "number": "framework_open"}
_TO_ITEM = {**_TO_OPEN, "lineage": "framework_item"}
_TO_PLACE = {**_TO_OPEN, "lineage": "framework_indicator"}
_TO_DRAFTED_COUNT = {**_TO_OPEN, "lineage": "framework_count"}
_MODERATORS = frozenset({_V.MODERATOR, _V.LEAD_ANALYST})
_DECLARERS = _DRAFTERS | _MODERATORS
_TO_DESK = {"round_slug": "round"}
_TO_DRAFTED_VIEW = {
    **_TO_DESK,
    "authority_slug": "drafted_authority",
    "board_slug": "drafted_board",
}
_TO_MODERATED_VIEW = {
    **_TO_DESK,
    "authority_slug": "moderated_authority",
    "board_slug": "moderated_board",
}
_TO_SENT_VIEW = {**_TO_DESK, "authority_slug": "sent_authority", "board_slug": "sent_board"}
_TO_FINAL_VIEW = {
    "round_slug": "published_round",
    "authority_slug": "final_authority",
    "board_slug": "final_board",
}
_TO_CORRECTION = {**_TO_FINAL_VIEW, "correction_id": "correction"}
_TO_REPLIED = {**_TO_PUBLISHED, **_TO_PAIR}
_TO_UNASSESSED = {
    "round_slug": "published_round",
    "authority_slug": "unassessed_authority",
    "board_slug": "unassessed_board",
}


def _draft_of_analyst(get: int, post: int) -> Rule:
    """Return the rule of a page on a draft: it is the analyst's, and leads a lead analyst back."""
    return _form(
        {**members(_DRAFTERS), _V.LEAD_ANALYST: 302},
        {**members(_DRAFTERS, status=post), _V.LEAD_ANALYST: get},
        **_TO_DRAFTED_VIEW,
        side="side",
    )


_PUBLIC = _reads(everybody())


def owners(status: int = 200, *, may: frozenset[Visitor] = PAIR) -> Statuses:
    """Return the status for the owners of the pair's framework; the centre is a stranger to it."""
    return (
        dict.fromkeys(Visitor, 404)
        | {_V.ANYBODY: 302}
        | dict.fromkeys((PAIR | {_V.PEOPLE_LEAD}) - may, 403)
        | dict.fromkeys(may, status)
    )


_RETURN_READ = members(AUTHORITY)
_SIGNATORY = frozenset({_V.OWN_SIGNATORY})
_SIGNATORIES = frozenset({_V.OWN_SIGNATORY, _V.BOARD_SIGNATORY})
_BOARD_SIGNATORY = frozenset({_V.BOARD_SIGNATORY})
_SHARERS = frozenset({_V.ANALYST, _V.LEAD_ANALYST, _V.MODERATOR})
_TO_PROPOSED = {"example_id": "practice_proposed"}
_EVERY_BODY = PAIR | {_V.OTHER_EDITOR, _V.OTHER_BOARD_EDITOR}


def _owners(
    status: int, *, may: frozenset[Visitor] = PAIR, anybody: int = 302
) -> dict[Visitor, int]:
    """Return the status for the owners of a framework; to the centre, too, it does not exist."""
    refused = dict.fromkeys((PAIR | {_V.PEOPLE_LEAD}) - may, 403)
    return (
        dict.fromkeys(Visitor, 404) | {_V.ANYBODY: anybody} | refused | dict.fromkeys(may, status)
    )


_TO_LEVER = {"lever_id": "lever"}
_CATALOGUE = (
    dict.fromkeys(Visitor, 404)
    | {_V.ANYBODY: 302}
    | dict.fromkeys(AUTHORITY | CENTRE | {_V.OTHER_EDITOR}, 200)
)


def _own_levers(
    status: int, *, may: frozenset[Visitor] = AUTHORITY, anybody: int = 302
) -> dict[Visitor, int]:
    """Return the status for people of the authority; to all others, its levers do not exist."""
    refused = dict.fromkeys((AUTHORITY | {_V.PEOPLE_LEAD}) - may, 403)
    return (
        dict.fromkeys(Visitor, 404) | {_V.ANYBODY: anybody} | refused | dict.fromkeys(may, status)
    )


def _commitment_step(may: frozenset[Visitor], **named: str) -> Rule:
    """Return the rule of a step of a commitment over the API; an empty form is no JSON."""
    return _api(PAIR | CENTRE, get=405, of=PAIR, writers=may, **named)


def _lever_step(may: frozenset[Visitor]) -> Rule:
    """Return the rule of a step of a lever over the API; an empty form is no JSON."""
    return Rule(
        get=_own_levers(405, anybody=401),
        post=_own_levers(415, may=may, anybody=401),
        named=_TO_LEVER,
        takes_forms=True,
    )


def _desk(*, get: int = 200, post: int = 422, **named: str) -> Rule:
    """Return the rule of a form of the support desk, which two roles of the centre write on."""
    return _form(members(_DECIDERS, status=get), members(_DECIDERS, status=post), **named)


def _draft(post: int, to: Mapping[str, str], *, get: int = 200, **named: str) -> Rule:
    """Return the rule of a page that changes a draft; without the version that was read: 409."""
    return _form(_owners(get), _owners(post), **to, **named)


_LEADS = frozenset({_V.PEOPLE_LEAD, _V.ADMINISTRATOR})
_READ_PEOPLE = _LEADS | AUTHORITY
_TO_PEOPLE = {"kind": "people_kind", "slug": "authority"}
_TO_INVITATION = {**_TO_PEOPLE, "invitation_id": "invitation"}

ADDRESSES: dict[str, Rule] = {
    # People of a body, and the link of an invitation.
    "authorities:people": _reads(members(_READ_PEOPLE), **_TO_PEOPLE),
    "authorities:people-invite": _form(
        members(_LEADS, of=AUTHORITY), members(_LEADS, status=422, of=AUTHORITY), **_TO_PEOPLE
    ),
    "authorities:people-confirm": _form(
        members(_LEADS, of=AUTHORITY), members(_LEADS, status=409, of=AUTHORITY), **_TO_PEOPLE
    ),
    "authorities:people-role": _form(
        members(_LEADS, of=AUTHORITY),
        members(_LEADS, status=422, of=AUTHORITY),
        **_TO_PEOPLE,
        key="people_role",
    ),
    "authorities:people-revoke-tokens": _form(
        members(_LEADS, status=405, of=AUTHORITY),
        members(_LEADS, status=302, of=AUTHORITY),
        **_TO_PEOPLE,
        key="people_role",
    ),
    "authorities:people-send-again": _form(
        members(_LEADS, status=405, of=AUTHORITY),
        members(_LEADS, status=302, of=AUTHORITY),
        **_TO_INVITATION,
    ),
    "authorities:people-withdraw": _form(
        members(_LEADS, status=405, of=AUTHORITY),
        members(_LEADS, status=302, of=AUTHORITY),
        **_TO_INVITATION,
    ),
    "authorities:all-people": _reads(members(_ADMINISTRATOR)),
    "authorities:person": _reads(members(_ADMINISTRATOR), person_id="person"),
    "authorities:person-step": _form(
        members(_ADMINISTRATOR, status=405),
        members(_ADMINISTRATOR, status=302),
        person_id="person",
        step="person_step",
    ),
    "authorities:invitation": _form(
        everybody(),
        everybody(422),
        token="invitation_token",
    ),
    # Sign-in and one's own account. A token is its owner's: to all others there is none.
    "authorities:tokens": Rule(get=signed_in(200), post=signed_in(405)),
    "authorities:token-new": _form(signed_in(200), signed_in(422)),
    "authorities:token-revoke": _form(
        {**signed_in(404), _V.OWN_EDITOR: 200},
        {**signed_in(404), _V.OWN_EDITOR: 302},
        token_id="token",
    ),
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
    "account_sign_ins": _form(signed_in(200), signed_in(302)),
    "account": Rule(get=signed_in(200), post=signed_in(405)),
    # None is configured here, so that these are addresses of nothing; what they are where one is
    # stands in tests/authorities/views/test_organisations.py.
    "account_organisation": _form(everybody(404), everybody(404), organisation="organisation"),
    "account_organisation_back": _form(everybody(404), everybody(404), organisation="organisation"),
    "account_organisation_proof": _form(
        everybody(404), everybody(404), organisation="organisation"
    ),
    # For whoever runs the site: no names, no counts.
    "health-live": _PUBLIC,
    "health-ready": _PUBLIC,
    # Notices of the demonstration wait for a worker, which these tests have none of.
    # No token is set in tests: nobody finds it.
    "health-metrics": Rule(get=everybody(404), post=everybody(405)),
    "health-queue": Rule(get=everybody(503), post=everybody(405)),
    # The second step of signing in; nobody in the demonstration has one.
    "mfa_index": Rule(get=signed_in(200), post=signed_in(405)),
    "mfa_authenticate": _form(everybody(302), everybody(302)),
    "mfa_reauthenticate": _form(signed_in(302), signed_in(302)),
    "mfa_reauthenticate_webauthn": _form(signed_in(302), signed_in(302)),
    "mfa_activate_totp": _form(signed_in(200), signed_in(200)),
    "mfa_deactivate_totp": _form(signed_in(404), signed_in(404)),
    "mfa_view_recovery_codes": Rule(get=signed_in(404), post=signed_in(405)),
    "mfa_generate_recovery_codes": _form(signed_in(200), signed_in(200)),
    "mfa_list_webauthn": Rule(get=signed_in(200), post=signed_in(405)),
    "mfa_add_webauthn": _form(signed_in(200), signed_in(200)),
    "mfa_edit_webauthn": _form(signed_in(404), signed_in(404), pk="no_key"),
    "mfa_remove_webauthn": _form(signed_in(404), signed_in(404), pk="no_key"),
    # The frame.
    "home": Rule(get=signed_in(200), post=signed_in(405)),
    "jobs": _reads(members(frozenset({_V.ADMINISTRATOR}))),
    "job-run-again": _form(
        members(frozenset({_V.ADMINISTRATOR}), status=405),
        members(frozenset({_V.ADMINISTRATOR}), status=302),
        job_id="job",
    ),
    "job-make-document": _form(
        members(frozenset({_V.ADMINISTRATOR}), status=405),
        members(frozenset({_V.ADMINISTRATOR}), status=302),
        document_id="document",
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
    "authorities:message-list": _reads(members(_MESSAGE_READERS)),
    "authorities:message-try-again": _form(
        members(_ADMINISTRATOR, status=405),
        members(_ADMINISTRATOR, status=302),
        message_id="message",
    ),
    "authorities:notice-try-again": _form(
        members(_ADMINISTRATOR, status=405),
        members(_ADMINISTRATOR, status=302),
        notice_id="notice",
    ),
    "authorities:audit": _reads(members(_AUDITORS)),
    "authorities:audit-csv": _reads(members(_AUDITORS)),
    "authorities:audit-access": _reads(members(_AUDITORS)),
    "authorities:audit-access-csv": _reads(members(_AUDITORS)),
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
    # The catalogue of indicators. Drafts are for the centre; analysts describe them.
    "catalogue:list": _PUBLIC,
    "catalogue:csv": _PUBLIC,
    "catalogue:indicator": _reads(everybody(), code="indicator"),
    "catalogue:new": _form(members(_DESCRIBERS), members(_DESCRIBERS, status=422)),
    "catalogue:edit": _form(
        members(_DESCRIBERS), members(_DESCRIBERS, status=422), code="indicator"
    ),
    "catalogue:break-new": _form(
        members(_DESCRIBERS), members(_DESCRIBERS, status=422), code="indicator"
    ),
    "catalogue:break-withdraw": _form(
        members(_DESCRIBERS),
        members(_DESCRIBERS, status=422),
        code="indicator",
        break_id="indicator_break",
    ),
    "catalogue:releases": _PUBLIC,
    "catalogue:releases-csv": _PUBLIC,
    "catalogue:missing": _PUBLIC,
    "catalogue:missing-csv": _PUBLIC,
    "catalogue:set-list": _PUBLIC,
    "catalogue:set": _reads(everybody(), slug="indicator_set"),
    "catalogue:set-csv": _reads(everybody(), slug="indicator_set"),
    "catalogue:set-new": _form(members(_DESCRIBERS), members(_DESCRIBERS, status=422)),
    "catalogue:set-edit": _form(
        members(_DESCRIBERS), members(_DESCRIBERS, status=422), slug="indicator_set"
    ),
    "catalogue:set-import": _form(members(_DESCRIBERS), members(_DESCRIBERS, status=422)),
    "catalogue:domain-list": _reads(members(_DESCRIBERS)),
    "catalogue:domain-new": _form(members(_DESCRIBERS), members(_DESCRIBERS, status=422)),
    "catalogue:domain-edit": _form(
        members(_DESCRIBERS), members(_DESCRIBERS, status=422), slug="indicator_domain"
    ),
    # The mission: its page is for all, drafts of its definition are the centre's.
    "mission:start": Rule(get=everybody(302), post=everybody(405)),
    "mission:page": _PUBLIC,
    "mission:figures-csv": _PUBLIC,
    "mission:dictionary-csv": _PUBLIC,
    "mission:definition-list": _reads(members(CENTRE)),
    "mission:definition-new": _form(members(_DRAFTERS), members(_DRAFTERS, status=422)),
    "mission:definition": _reads(members(CENTRE), **_TO_DEFINITION),
    "mission:definition-change": _form(
        members(_DRAFTERS), members(_DRAFTERS, status=422), **_TO_DEFINITION
    ),
    "mission:definition-approve": _form(
        members(_PUBLISHERS), members(_PUBLISHERS, status=422), **_TO_DEFINITION
    ),
    "mission:definition-discard": _form(
        members(_DRAFTERS), members(_DRAFTERS, status=422), **_TO_DEFINITION
    ),
    "mission:note-new": _form(members(_DRAFTERS), members(_DRAFTERS, status=422)),
    "mission:note-withdraw": _form(
        members(_DRAFTERS), members(_DRAFTERS, status=422), note_id="mission_note"
    ),
    # How engagement is read: approved versions are for all, drafts are the centre's.
    "readings:list": _PUBLIC,
    "readings:version": _reads(everybody(), kind="reading_kind", number="reading_version"),
    "readings:version-csv": _reads(
        everybody(), kind="reading_kind", number="reading_version", name="reading_file"
    ),
    "readings:difference": _reads(
        everybody(), kind="reading_kind", before="reading_version", after="reading_version"
    ),
    "readings:thresholds": _PUBLIC,
    "readings:threshold-new": _form(members(_DRAFTERS), members(_DRAFTERS, status=422)),
    "readings:threshold": _reads(members(CENTRE), **_TO_THRESHOLD),
    "readings:threshold-approve": _form(
        members(_PUBLISHERS), members(_PUBLISHERS, status=422), **_TO_THRESHOLD
    ),
    "readings:threshold-decline": _form(
        members(_PUBLISHERS), members(_PUBLISHERS, status=422), **_TO_THRESHOLD
    ),
    "readings:draft-new": _form(
        members(_DRAFTERS), members(_DRAFTERS, status=422), kind="reading_kind"
    ),
    "readings:draft": _reads(members(CENTRE), **_TO_READING_DRAFT),
    "readings:draft-words": _form(
        members(_DRAFTERS), members(_DRAFTERS, status=422), **_TO_READING_DRAFT
    ),
    "readings:draft-cells": _form(
        members(_DRAFTERS), members(_DRAFTERS, status=422), **_TO_MATRIX_DRAFT
    ),
    "readings:part-new": _form(
        members(_DRAFTERS),
        members(_DRAFTERS, status=422),
        **_TO_READING_DRAFT,
        where="reading_side",
    ),
    "readings:part": _form(members(_DRAFTERS), members(_DRAFTERS, status=422), **_TO_THEME),
    # An empty form chooses no direction; one that asks nothing is of no revision.
    "readings:part-move": _form(
        members(_DRAFTERS, status=302), members(_DRAFTERS, status=302), **_TO_THEME
    ),
    "readings:part-remove": _form(members(_DRAFTERS), members(_DRAFTERS, status=409), **_TO_THEME),
    "readings:draft-preview": _reads(members(CENTRE), **_TO_READING_DRAFT),
    "readings:draft-preview-csv": _reads(members(CENTRE), **_TO_READING_DRAFT),
    "readings:draft-propose": _form(
        members(_DRAFTERS), members(_DRAFTERS, status=409), **_TO_READING_DRAFT
    ),
    "readings:draft-approve": _form(
        members(_PUBLISHERS), members(_PUBLISHERS, status=422), **_TO_READING_DRAFT
    ),
    "readings:draft-decline": _form(
        members(_PUBLISHERS), members(_PUBLISHERS, status=422), **_TO_READING_DRAFT
    ),
    "readings:draft-discard": _form(
        members(_DRAFTERS), members(_DRAFTERS, status=422), **_TO_READING_DRAFT
    ),
    # Progress of agreed frameworks is public; owners write beside it, and the centre keeps methods.
    "progress:nation": _PUBLIC,
    "progress:nation-indicators": _PUBLIC,
    "progress:nation-authorities": _PUBLIC,
    "progress:dictionary": _PUBLIC,
    # Everybody reads the public ones; the centre reads later ones as well.
    "progress:methods": _PUBLIC,
    "progress:method-moves": _reads(members(CENTRE), number="progress_method"),
    # The first method is public already.
    "progress:method-publish": _form(
        members(_LEAD_ANALYST), members(_LEAD_ANALYST, status=409), number="progress_method"
    ),
    "progress:authority": _reads(everybody(), **_TO_AUTHORITY),
    "progress:authority-indicators": _reads(everybody(), **_TO_AUTHORITY),
    "progress:authority-charts": _reads(everybody(), **_TO_AUTHORITY),
    "progress:pair": _reads(everybody(), **_TO_PAIR),
    "progress:pair-indicators": _reads(everybody(), **_TO_PAIR),
    "progress:pair-charts": _reads(everybody(), **_TO_PAIR),
    "progress:framework": _reads(everybody(), **_TO_FRAMEWORK),
    "progress:framework-indicators": _reads(everybody(), **_TO_FRAMEWORK),
    "progress:framework-charts": _reads(everybody(), **_TO_FRAMEWORK),
    "progress:indicator": _reads(everybody(), **_TO_AGREED),
    "progress:indicator-values": _reads(everybody(), **_TO_AGREED),
    # Nothing was revised.
    "progress:baseline-confirm": _form(
        members(PAIR, status=302), members(PAIR, status=422), **_TO_AGREED
    ),
    "progress:note-new": _form(members(PAIR), members(PAIR, status=422), **_TO_AGREED),
    # The authority said it: to its partner it is somebody else's.
    "progress:note-withdraw": _form(
        members(AUTHORITY), members(AUTHORITY, status=302), **_TO_AGREED, note_id="owner_note"
    ),
    "outcomes:approval-list": _reads(members(_DECIDERS)),
    "outcomes:approval": _reads(members(_DECIDERS), **_TO_SENT),
    "outcomes:approval-approve": _form(
        members(_DECIDERS), members(_DECIDERS, status=422), **_TO_SENT
    ),
    "outcomes:approval-return": _form(
        members(_DECIDERS), members(_DECIDERS, status=422), **_TO_SENT
    ),
    "outcomes:period-locks": _reads(members(_DECIDERS)),
    "outcomes:period-lock-add": _form(members(_LEAD_ANALYST), members(_LEAD_ANALYST, status=422)),
    "outcomes:period-unlock": _form(
        members(_LEAD_ANALYST), members(_LEAD_ANALYST, status=422), lock_id="period_lock"
    ),
    "outcomes:authority": _reads(everybody(), **_TO_AUTHORITY),
    "outcomes:indicator-csv": _reads(everybody(), **_TO_AUTHORITY, code="indicator"),
    "outcomes:indicator-areas": _reads(everybody(), code="indicator"),
    "outcomes:indicator-areas-csv": _reads(everybody(), code="indicator"),
    "outcomes:indicator-area": _reads(everybody(), **_TO_AREA),
    "outcomes:indicator-area-csv": _reads(everybody(), **_TO_AREA),
    "outcomes:indicator-area-groups-csv": _reads(everybody(), **_TO_AREA),
    "outcomes:upload-create": _form(
        members(AUTHORITY), members(AUTHORITY, status=422), **_TO_AUTHORITY
    ),
    "outcomes:upload-list": _reads(members(AUTHORITY), **_TO_AUTHORITY),
    "outcomes:upload-report": _reads(members(AUTHORITY), **_TO_UPLOAD),
    "outcomes:upload-report-csv": _reads(members(AUTHORITY), **_TO_UPLOAD),
    "outcomes:upload-marked": _reads(members(AUTHORITY), **_TO_UPLOAD),
    # The upload was refused, so no step is open.
    "outcomes:upload-reasons": _form(
        members(AUTHORITY, status=405), members(AUTHORITY, status=409), **_TO_UPLOAD
    ),
    "outcomes:upload-confirm": _form(
        members(AUTHORITY, status=405), members(AUTHORITY, status=409), **_TO_UPLOAD
    ),
    "outcomes:upload-cancel": _form(
        members(AUTHORITY, status=405), members(AUTHORITY, status=409), **_TO_UPLOAD
    ),
    "outcomes:upload-template-csv": _reads(members(AUTHORITY), **_TO_AUTHORITY),
    "outcomes:upload-template-xlsx": _reads(members(AUTHORITY), **_TO_AUTHORITY),
    # Beside a framework in force, of the pair: what it counts is public, and its owners record it.
    "outcomes:count-list": _reads(everybody(), **_TO_FRAMEWORK),
    "outcomes:count-list-csv": _reads(everybody(), **_TO_FRAMEWORK),
    "outcomes:count": _reads(everybody(), **_TO_COUNT),
    "outcomes:count-record": _form(owners(), owners(422), **_TO_COUNT),
    # Signed reviews are public; drafts are written by the owners' people, signed by signatories.
    "outcomes:review-list": _reads(everybody(), **_TO_FRAMEWORK),
    "outcomes:review": _reads(everybody(), **_TO_REVIEWED),
    "outcomes:review-new": _form(owners(), owners(422), **_TO_FRAMEWORK),
    "outcomes:review-edit": _form(owners(), owners(422), **_TO_REVIEW),
    "outcomes:review-words": _form(owners(), owners(422), **_TO_REVIEW),
    # The authority wrote the draft, so its ICB may not delete it.
    "outcomes:review-give-up": _form(
        owners(may=AUTHORITY), owners(422, may=AUTHORITY), **_TO_REVIEW
    ),
    "outcomes:review-sign": _form(
        owners(may=_SIGNATORIES), owners(422, may=_SIGNATORIES), **_TO_REVIEW
    ),
    # Outcomes frameworks. What is not agreed is there for its owners alone.
    "outcomes:framework-list": _PUBLIC,
    "outcomes:authority-frameworks": _reads(everybody(), **_TO_AUTHORITY),
    "outcomes:board-frameworks": _reads(everybody(), slug="board"),
    "outcomes:pair-framework": Rule(get=everybody(302), post=everybody(405), named=_TO_PAIR),
    "outcomes:framework": Rule(get=everybody(302), post=everybody(405), named=_TO_FRAMEWORK),
    "outcomes:framework-version": _reads(everybody(), **_TO_AGREED_VERSION),
    "outcomes:framework-csv": _reads(_owners(200, anybody=404) | _NOT_THE_LEAD, **_TO_OPEN),
    "outcomes:framework-differences": _reads(
        _owners(200, anybody=404) | _NOT_THE_LEAD, **_TO_OPEN, other="framework_agreed"
    ),
    # The pair owns one already, so that the page leads there.
    "outcomes:framework-start": _form(
        members(PAIR, status=302), members(PAIR, status=422), **_TO_PAIR
    ),
    # What is partly signed cannot be proposed again.
    "outcomes:framework-propose": _draft(409, _TO_OPEN, get=302),
    # The board has signed already, and is told when.
    "outcomes:framework-sign": _form(
        {**_owners(200, may=_SIGNATORIES), Visitor.BOARD_SIGNATORY: 302},
        _owners(422, may=_SIGNATORIES),
        **_TO_OPEN,
    ),
    "outcomes:framework-decline": _form(
        _owners(200, may=_SIGNATORIES), _owners(422, may=_SIGNATORIES), **_TO_OPEN
    ),
    "outcomes:framework-discard": _draft(422, _TO_OPEN),
    "outcomes:framework-change": _draft(422, _TO_AGREED_VERSION),
    # Nothing waits to be adopted.
    "outcomes:framework-adopt": _form(
        _owners(302, may=_SIGNATORIES), _owners(422, may=_SIGNATORIES), **_TO_AGREED_VERSION
    ),
    # No owner has ended.
    "outcomes:framework-assign": _form(
        _owners(302, may=_SIGNATORIES), _owners(422, may=_SIGNATORIES), **_TO_AGREED_VERSION
    ),
    "outcomes:framework-end": _form(
        _owners(200, may=_SIGNATORIES), _owners(422, may=_SIGNATORIES), **_TO_AGREED_VERSION
    ),
    "outcomes:framework-edit": _reads(_owners(200), **_TO_OPEN),
    "outcomes:framework-text": _draft(409, _TO_OPEN, name="framework_text"),
    "outcomes:framework-item-add": _draft(422, _TO_OPEN, kind="framework_kind"),
    "outcomes:framework-item": _draft(422, _TO_ITEM),
    "outcomes:framework-item-links": _draft(409, _TO_ITEM),
    "outcomes:framework-assume": _draft(409, _TO_ITEM, effect="framework_effect"),
    "outcomes:framework-item-remove": _draft(409, _TO_ITEM),
    "outcomes:framework-item-move": _draft(409, _TO_ITEM, get=405),
    "outcomes:framework-indicator-add": _draft(422, _TO_OPEN),
    "outcomes:framework-set-adopt": _draft(422, _TO_OPEN),
    "outcomes:framework-indicator-standing": _draft(422, _TO_PLACE),
    "outcomes:framework-indicator-owners": _draft(409, _TO_PLACE),
    "outcomes:framework-indicator-baseline": _draft(422, _TO_PLACE),
    "outcomes:framework-indicator-target": _draft(422, _TO_PLACE),
    "outcomes:framework-indicator-move": _draft(409, _TO_PLACE, get=405),
    "outcomes:framework-indicator-remove": _draft(409, _TO_PLACE),
    "outcomes:framework-count-add": _draft(422, _TO_OPEN),
    "outcomes:framework-count": _draft(422, _TO_DRAFTED_COUNT),
    "outcomes:framework-count-targets": _draft(409, _TO_DRAFTED_COUNT),
    "outcomes:framework-count-move": _draft(409, _TO_DRAFTED_COUNT, get=405),
    "outcomes:framework-count-remove": _draft(409, _TO_DRAFTED_COUNT),
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
    "duty:return-bring-over": _form(
        members(AUTHORITY, status=302), members(AUTHORITY, status=302), **_TO_RETURN
    ),
    # Without a version it is a form of something else: the question's page says so.
    "duty:answer-confirm": _form(
        members(AUTHORITY, status=302), members(AUTHORITY, status=302), **_TO_QUESTION
    ),
    "duty:board-answer-confirm": _form(
        members(AUTHORITY, status=302),
        members(AUTHORITY, status=302),
        **{**_TO_QUESTION, "code": "board_question", "section": "board_section"},
        board_slug="board",
    ),
    "duty:return-evidence": _form(_RETURN_READ, members(AUTHORITY, status=422), **_TO_QUESTION),
    "duty:return-board-evidence": _form(
        _RETURN_READ,
        members(AUTHORITY, status=422),
        **{**_TO_QUESTION, "code": "board_question", "section": "board_section"},
        board_slug="board",
    ),
    # Submitted, so that the centre has it too.
    "duty:evidence-file": _reads(
        members(AUTHORITY | CENTRE),
        round_slug="published_round",
        authority_slug="authority",
        file_id="evidence_file",
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
    "duty:return-answers-xlsx": _reads(members(AUTHORITY), **_TO_RETURN),
    "duty:return-answers-csv": _reads(members(AUTHORITY), **_TO_RETURN),
    "duty:return-pdf": _reads(
        members(AUTHORITY | CENTRE),
        round_slug="published_round",
        authority_slug="authority",
        number="document_number",
    ),
    # Standing records: the authority's own people, and nobody of the centre.
    "records:overview": _reads(members(AUTHORITY), **_TO_AUTHORITY),
    "records:list": _reads(members(AUTHORITY), **_TO_KIND),
    "records:new": _form(members(AUTHORITY), members(AUTHORITY, status=422), **_TO_KIND),
    "records:change": _form(members(AUTHORITY), members(AUTHORITY, status=422), **_TO_RECORD),
    "records:end": _form(members(AUTHORITY), members(AUTHORITY, status=422), **_TO_RECORD),
    "records:history": _reads(members(AUTHORITY), **_TO_RECORD),
    # Agreements that an authority signed are for their parties and the centre; this one waits for
    # its ICB, and only an ICB declines.
    "agreements:page": _reads(members(PAIR | CENTRE), **_TO_AGREEMENT),
    # Its authority writes it; its parties and the centre take it away.
    "agreements:document": _form(
        members(AUTHORITY, of=PAIR | CENTRE),
        members(AUTHORITY, status=422, of=PAIR | CENTRE),
        **_TO_AGREEMENT,
    ),
    "agreements:document-file": _reads(
        members(PAIR | CENTRE), **_TO_AGREEMENT, document_id="agreement_document"
    ),
    "agreements:board": _reads(members(BOARD | CENTRE), slug="board"),
    "agreements:sign": _form(
        {**members(_SIGNATORIES, of=PAIR), _V.OWN_SIGNATORY: 302},
        members(_SIGNATORIES, status=422, of=PAIR),
        **_TO_AGREEMENT,
    ),
    "agreements:decline": _form(
        members(frozenset({_V.BOARD_SIGNATORY}), of=PAIR),
        members(frozenset({_V.BOARD_SIGNATORY}), status=422, of=PAIR),
        **_TO_AGREEMENT,
    ),
    # Rounds, run by the centre. Where a round stands elsewhere, a step leads back to it.
    "rounds:list": _reads(members(CENTRE)),
    "rounds:control": _reads(members(CENTRE), **_TO_ROUND),
    "rounds:returns-csv": _reads(members(CENTRE), **_TO_ROUND),
    "rounds:answers-xlsx": _reads(members(CENTRE), **_TO_ROUND),
    "rounds:answers-csv": _reads(members(CENTRE), **_TO_ROUND),
    "rounds:answers-wide-csv": _reads(members(CENTRE), **_TO_ROUND),
    "rounds:evidence-csv": _reads(members(CENTRE), **_TO_ROUND),
    "rounds:dictionary-csv": _reads(members(CENTRE), **_TO_ROUND),
    "rounds:history": _reads(members(CENTRE), **_TO_ROUND),
    "rounds:checks": _form(members(CENTRE), members(_ADMINISTRATOR, status=422), **_TO_ROUND),
    "rounds:chase": _reads(members(_EXTENDERS), **_TO_ROUND),
    "rounds:messages": _reads(members(_MESSAGE_READERS), **_TO_ROUND),
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
    # What the duty asks. A form without the revision of the draft that was read is overtaken: 409.
    "specifications:list": _reads(members(CENTRE)),
    "specifications:new": _form(members(_DRAFTERS), members(_DRAFTERS, status=422)),
    "specifications:detail": _reads(members(CENTRE), **_TO_DRAFT),
    "specifications:words": _form(members(_DRAFTERS), members(_DRAFTERS, status=422), **_TO_DRAFT),
    "specifications:copy": _form(members(_DRAFTERS), members(_DRAFTERS, status=422), **_TO_DRAFT),
    "specifications:delete": _form(members(_DRAFTERS), members(_DRAFTERS, status=409), **_TO_DRAFT),
    "specifications:publish": _form(
        members(_PUBLISHERS), members(_PUBLISHERS, status=409), **_TO_DRAFT
    ),
    "specifications:section": _form(
        members(_DRAFTERS), members(_DRAFTERS, status=422), **_TO_DRAFT, section="section"
    ),
    # The first form says nothing of the kind of answer: it comes back with the kind's fields.
    "specifications:question-new": _form(
        members(_DRAFTERS), members(_DRAFTERS), **_TO_DRAFT, section="section"
    ),
    "specifications:section-move": _form(
        members(_DRAFTERS, status=302),
        members(_DRAFTERS, status=302),
        **_TO_DRAFT,
        section="section",
    ),
    "specifications:question-edit": _form(members(_DRAFTERS), members(_DRAFTERS), **_TO_DRAFTED),
    "specifications:question-move": _form(
        members(_DRAFTERS, status=302), members(_DRAFTERS, status=302), **_TO_DRAFTED
    ),
    "specifications:question-remove": _form(
        members(_DRAFTERS), members(_DRAFTERS, status=409), **_TO_DRAFTED
    ),
    # A preview stores nothing; what is sent is checked as an officer's answer would be.
    "specifications:preview": _reads(members(CENTRE), **_TO_DRAFT),
    "specifications:preview-question": _form(
        members(CENTRE), members(CENTRE, status=422), **_TO_DRAFTED
    ),
    # The days of these rounds are ahead, so that a step is refused in words.
    "rounds:start-reply": _form(
        members(_ADMINISTRATOR), members(_ADMINISTRATOR, status=422), round_slug="closed_round"
    ),
    "rounds:end-reply": _form(
        members(_ADMINISTRATOR), members(_ADMINISTRATOR, status=422), round_slug="reply_round"
    ),
    "rounds:reopen-reply": _form(
        members(_ADMINISTRATOR), members(_ADMINISTRATOR, status=422), round_slug="reply_round"
    ),
    "rounds:move-publication": _form(
        members(_ADMINISTRATOR), members(_ADMINISTRATOR, status=422), round_slug="reply_round"
    ),
    "publications:publish": _reads(members(CENTRE), round_slug="finalising_round"),
    "publications:propose": _form(
        members(_LEAD_ANALYST), members(_LEAD_ANALYST, status=422), round_slug="finalising_round"
    ),
    "publications:take-back": _form(
        members(_APPROVERS), members(_APPROVERS, status=422), round_slug="finalising_round"
    ),
    "publications:approve": _form(
        members(_APPROVERS), members(_APPROVERS, status=422), round_slug="finalising_round"
    ),
    "publications:withdraw": _form(
        members(_APPROVERS), members(_APPROVERS, status=422), round_slug="finalising_round"
    ),
    "publications:revisions": _reads(everybody(), **_TO_PUBLISHED),
    "publications:revision": _reads(everybody(), **_TO_PUBLISHED, number="revision"),
    "publications:revision-csv": _reads(everybody(), **_TO_PUBLISHED, number="revision"),
    "publications:difference": _reads(
        everybody(), **_TO_PUBLISHED, before="revision", after="revision"
    ),
    "publications:difference-csv": _reads(
        everybody(), **_TO_PUBLISHED, before="revision", after="revision"
    ),
    # National views: for the centre, and nobody else, whatever their state.
    "assessments:desk": _form(members(CENTRE), members(_LEAD_ANALYST, status=422)),
    "assessments:moderation": _form(members(CENTRE), members(_MODERATORS, status=422)),
    "assessments:interests": _form(members(CENTRE), members(_DECLARERS, status=422)),
    # One's own interest alone.
    "assessments:interest-end": _form(
        members(_DECLARERS) | {_V.ANALYST: 404, _V.LEAD_ANALYST: 404},
        members(_DECLARERS, status=302) | {_V.ANALYST: 404, _V.LEAD_ANALYST: 404},
        interest_id="interest",
    ),
    "assessments:pair": _reads(members(CENTRE), **_TO_DRAFTED_VIEW),
    "assessments:take-up": _form(
        members(_DRAFTERS), members(_DRAFTERS, status=422), **_TO_DESK, **_TO_PAIR
    ),
    # An empty form names no version.
    "assessments:send": _form(
        members(_DRAFTERS), members(_DRAFTERS, status=409), **_TO_DRAFTED_VIEW
    ),
    "assessments:agree": _form(
        members(_MODERATORS), members(_MODERATORS, status=409), **_TO_SENT_VIEW
    ),
    "assessments:return": _form(
        members(_MODERATORS), members(_MODERATORS, status=422), **_TO_SENT_VIEW
    ),
    # Nobody's role allows it before the reply but those who might; an analyst is led back.
    "assessments:share": _form(
        {**members(CENTRE), _V.ANALYST: 302},
        {**members(CENTRE, status=422), _V.ANALYST: 302},
        **_TO_MODERATED_VIEW,
    ),
    "assessments:finalise": _form(
        members(_MODERATORS, status=302), members(_MODERATORS, status=302), **_TO_MODERATED_VIEW
    ),
    "assessments:unfinalise": _form(
        members(_LEAD_ANALYST), members(_LEAD_ANALYST, status=422), **_TO_FINAL_VIEW
    ),
    "assessments:not-assessed": _form(
        members(_DRAFTERS), members(_DRAFTERS, status=422), **_TO_DESK, **_TO_PAIR
    ),
    "assessments:unmark": _form(
        members(_LEAD_ANALYST), members(_LEAD_ANALYST, status=422), **_TO_UNASSESSED
    ),
    "assessments:second-look": _form(
        members(_MODERATORS), members(_MODERATORS, status=422), **_TO_FINAL_VIEW
    ),
    # A correction of it waits already, so that who might propose one is led back.
    "assessments:correct": _form(
        members(_DRAFTERS, status=302),
        members(_DRAFTERS, status=422),
        **_TO_FINAL_VIEW,
        side="side",
    ),
    "assessments:correction": _reads(members(CENTRE), **_TO_CORRECTION),
    "assessments:correction-approve": _form(
        members(_MODERATORS), members(_MODERATORS, status=409), **_TO_CORRECTION
    ),
    "assessments:correction-decline": _form(
        members(_MODERATORS), members(_MODERATORS, status=422), **_TO_CORRECTION
    ),
    "assessments:correction-take-back": _form(
        members(_DRAFTERS), members(_DRAFTERS, status=422), **_TO_CORRECTION
    ),
    "assessments:withdraw": _form(
        members(_DRAFTERS),
        members(_DRAFTERS, status=422),
        **_TO_DRAFTED_VIEW,
        evidence_id="finding_evidence",
    ),
    "assessments:side": _draft_of_analyst(422, 409),
    "assessments:level": _draft_of_analyst(422, 422),
    "assessments:challenges": _reads(members(CENTRE)),
    "assessments:partner-views-csv": _reads(members(CENTRE)),
    "assessments:challenges-csv": _reads(members(CENTRE)),
    # Its challenge is resolved, so that who may answer one is led back.
    "assessments:resolve": _form(
        members(_MODERATORS, status=302),
        members(_MODERATORS, status=409),
        **_TO_REPLIED,
        side="challenged_side",
    ),
    # The days of its reply are over; a form that comes too late is shown to copy.
    "findings:reply": _form(
        members(PAIR), members(_SIGNATORIES, status=409, of=PAIR), **_TO_REPLIED
    ),
    # The centre has a list of its own, and is led there.
    "publications:shared-returns": Rule(
        get=_SHARED_LIST,
        post={
            v: 405 if v in CENTRE or status == 200 else status for v, status in _SHARED_LIST.items()
        },
    ),
    "publications:shared-return": _reads(
        dict.fromkeys(Visitor, 404)
        | {_V.ANYBODY: 302}
        | dict.fromkeys(PAIR | CENTRE | {_V.READER}, 200),
        **_TO_PUBLISHED,
        authority_slug="authority",
    ),
    # The whole return: not for the ICBs, which read shared sections alone.
    "publications:shared-return-pdf": _reads(
        dict.fromkeys(Visitor, 404)
        | {_V.ANYBODY: 302}
        | dict.fromkeys(AUTHORITY | CENTRE | {_V.READER}, 200),
        **_TO_PUBLISHED,
        authority_slug="authority",
    ),
    **dict.fromkeys(
        ["publications:shared-return-answers", "publications:shared-return-answers-csv"],
        _reads(
            dict.fromkeys(Visitor, 404)
            | {_V.ANYBODY: 302}
            | dict.fromkeys(AUTHORITY | CENTRE | {_V.READER}, 200),
            **_TO_PUBLISHED,
            authority_slug="authority",
        ),
    ),
    # A whole published round: for readers and the centre.
    **dict.fromkeys(
        ["publications:published-answers", "publications:published-answers-csv"],
        _reads(
            dict.fromkeys(Visitor, 404)
            | {_V.ANYBODY: 302}
            | dict.fromkeys(CENTRE | {_V.READER}, 200),
            **_TO_PUBLISHED,
        ),
    ),
    # Nothing was submitted of it yet, so there is nothing to compare.
    "duty:return-differences": Rule(
        get=members(AUTHORITY, status=302),
        post=members(AUTHORITY, status=405),
        named=_TO_RETURN,
    ),
    # What was submitted, for the centre. A form without the version that was read is stale: 409.
    "duty:review-list": _reads(members(CENTRE)),
    "duty:review-links": _reads(members(CENTRE)),
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
    "engagement:national-dictionary": _PUBLIC,
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
    # What a side says of the other: only its own people write and read it on these pages.
    "engagement:partner-view": _form(members(PAIR), members(PAIR, status=422), **_TO_PAIR),
    "engagement:partner-view-check": _form(
        members(PAIR), members(_SIGNATORIES, status=422, of=PAIR), **_TO_PAIR
    ),
    "engagement:partner-view-reopen": _form(
        members(_SIGNATORIES, of=PAIR), members(_SIGNATORIES, status=422, of=PAIR), **_TO_PAIR
    ),
    "engagement:partner-view-release": _form(
        members(_SIGNATORIES, of=PAIR), members(_SIGNATORIES, status=422, of=PAIR), **_TO_PAIR
    ),
    "three-steps:pair": _reads(members(PAIR | CENTRE), **_TO_PAIR),
    "three-steps:csv": _reads(members(PAIR | CENTRE), **_TO_PAIR),
    # A form that names no version.
    "three-steps:edit": _form(members(PAIR), members(PAIR, status=422), **_TO_PAIR),
    # What a body took over is for its own people alone.
    "engagement:board-handover": _reads(members(BOARD), slug="board"),
    "engagement:authority-handover": _reads(members(AUTHORITY), slug="authority"),
    # An empty form chooses no card.
    "commitments:board": _form(members(BOARD | CENTRE), members(BOARD, status=404), slug="board"),
    "commitments:authority": _form(
        members(AUTHORITY | CENTRE), members(AUTHORITY, status=404), slug="authority"
    ),
    # An empty form has no file, and carries no rows.
    "commitments:board-import": _form(members(BOARD), members(BOARD, status=422), slug="board"),
    "commitments:board-import-confirm": _form(
        members(BOARD, status=405), members(BOARD, status=422), slug="board"
    ),
    "commitments:board-import-template-csv": _reads(members(BOARD), slug="board"),
    "commitments:board-import-template-xlsx": _reads(members(BOARD), slug="board"),
    "commitments:board-import-columns": _reads(members(BOARD), slug="board"),
    "commitments:authority-import": _form(
        members(AUTHORITY), members(AUTHORITY, status=422), slug="authority"
    ),
    "commitments:authority-import-confirm": _form(
        members(AUTHORITY, status=405), members(AUTHORITY, status=422), slug="authority"
    ),
    "commitments:authority-import-template-csv": _reads(members(AUTHORITY), slug="authority"),
    "commitments:authority-import-template-xlsx": _reads(members(AUTHORITY), slug="authority"),
    "commitments:authority-import-columns": _reads(members(AUTHORITY), slug="authority"),
    "commitments:pair": _reads(members(PAIR | CENTRE), **_TO_PAIR),
    "commitments:summary": _reads(members(PAIR | CENTRE), **_TO_PAIR),
    "commitments:summary-pdf": _reads(members(PAIR | CENTRE), **_TO_PAIR),
    "commitments:agreement": _reads(members(PAIR | CENTRE), **_TO_AGREEMENT),
    "commitments:national": _reads(members(CENTRE)),
    "commitments:national-counts": _reads(members(CENTRE)),
    "commitments:national-money": _reads(members(CENTRE)),
    "commitments:board-all": _reads(members(BOARD | CENTRE), slug="board"),
    "commitments:authority-all": _reads(members(AUTHORITY | CENTRE), slug="authority"),
    "commitments:board-csv": _reads(members(BOARD | CENTRE), slug="board"),
    "commitments:authority-csv": _reads(members(AUTHORITY | CENTRE), slug="authority"),
    "commitments:pair-csv": _reads(members(PAIR | CENTRE), **_TO_PAIR),
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
    # What one side asks, the other answers; who asked may take it back, once. The authority asked.
    "commitments:change": _form(members(PAIR), members(PAIR, status=422), **_TO_UPDATED),
    "commitments:change-accept": _form(
        members(_SIGNATORIES, of=PAIR),
        {**members(_SIGNATORIES, status=422, of=PAIR), _V.BOARD_SIGNATORY: 302},
        **_TO_ASKED_CHANGE,
    ),
    "commitments:change-refuse": _form(
        members(_SIGNATORIES, of=PAIR),
        members(_SIGNATORIES, status=422, of=PAIR),
        **_TO_ASKED_CHANGE,
    ),
    "commitments:change-take-back": _form(
        members(PAIR),
        {**members(PAIR, status=422), _V.OWN_EDITOR: 302},
        **_TO_ASKED_CHANGE,
    ),
    "commitments:close": _form(members(PAIR), members(PAIR, status=422), **_TO_UPDATED),
    "commitments:closure-confirm": _form(
        members(_SIGNATORIES, of=PAIR),
        {**members(_SIGNATORIES, status=422, of=PAIR), _V.BOARD_SIGNATORY: 302},
        **_TO_ASKED_CLOSURE,
    ),
    "commitments:closure-refuse": _form(
        members(_SIGNATORIES, of=PAIR),
        members(_SIGNATORIES, status=422, of=PAIR),
        **_TO_ASKED_CLOSURE,
    ),
    "commitments:closure-take-back": _form(
        members(PAIR),
        {**members(PAIR, status=422), _V.OWN_EDITOR: 302},
        **_TO_ASKED_CLOSURE,
    ),
    # Either side describes it and states money; a line is corrected by the side that stated it.
    "commitments:describe": _form(members(PAIR), members(PAIR, status=422), **_TO_UPDATED),
    # Nobody is a choice, too: an empty form says it.
    "commitments:owner": _form(members(PAIR), members(PAIR, status=302), **_TO_UPDATED),
    "commitments:state-money": _form(members(PAIR), members(PAIR, status=422), **_TO_UPDATED),
    "commitments:correct-money": _form(members(PAIR), members(PAIR, status=422), **_TO_MONEY),
    "commitments:withdraw-money": _form(members(PAIR), members(PAIR, status=422), **_TO_MONEY),
    "commitments:send-back": _form(
        members(PAIR | _REVIEWERS, of=PAIR | CENTRE),
        members(PAIR | _REVIEWERS, status=422, of=PAIR | CENTRE),
        **_TO_UPDATED,
        update_id="commitment_update",
    ),
    # Support: what exists is public; the centre has its desk, a body its own.
    "support:list": _PUBLIC,
    "support:offer": _reads(everybody(), offer_id="support_offer"),
    "support:ask": _form(
        members(_SIGNATORIES, of=_EVERY_BODY),
        members(_SIGNATORIES, status=422, of=_EVERY_BODY),
        offer_id="support_offer",
    ),
    "support:own": _reads(members(AUTHORITY), body_id="authority_id"),
    "support:volunteer": _form(
        members(_SIGNATORY, of=AUTHORITY),
        members(_SIGNATORY, status=422, of=AUTHORITY),
        body_id="authority_id",
    ),
    "support:ambassador-withdraw": _form(
        members(_BOARD_SIGNATORY, status=405, of=BOARD),
        members(_BOARD_SIGNATORY, status=302, of=BOARD),
        ambassador_id="ambassador",
    ),
    "support:enrolment-go-on": _form(
        members(_BOARD_SIGNATORY, of=BOARD),
        members(_BOARD_SIGNATORY, status=422, of=BOARD),
        row_id="moved_enrolment",
    ),
    "support:link-go-on": _form(
        members(_BOARD_SIGNATORY, of=BOARD),
        members(_BOARD_SIGNATORY, status=422, of=BOARD),
        row_id="moved_link",
    ),
    "support:enrolment": _reads(members(BOARD), enrolment_id="enrolment"),
    "support:enrolment-step": _form(
        members(_BOARD_SIGNATORY, of=BOARD),
        members(_BOARD_SIGNATORY, status=302, of=BOARD),
        enrolment_id="enrolment",
        event="own_step",
    ),
    "support:link": _reads(members(BOARD), link_id="peer_link"),
    "support:link-step": _form(
        members(_BOARD_SIGNATORY, of=BOARD),
        members(_BOARD_SIGNATORY, status=422, of=BOARD),
        link_id="peer_link",
        event="link_step",
    ),
    "support:desk": _reads(members(CENTRE)),
    "support:suggested": _reads(members(CENTRE)),
    "support:asked-for": _reads(members(CENTRE)),
    "support:movement": _reads(members(CENTRE)),
    "support:movement-csv": _reads(members(CENTRE)),
    "support:desk-offer-new": _desk(),
    "support:desk-offer": _reads(members(CENTRE), offer_id="support_offer"),
    "support:desk-offer-change": _desk(offer_id="support_offer"),
    "support:desk-enrol": _desk(offer_id="support_offer"),
    "support:session-new": _desk(offer_id="support_offer"),
    "support:desk-offer-step": _desk(
        get=405, post=302, offer_id="support_offer", event="offer_step"
    ),
    "support:session": _desk(session_id="support_session"),
    "support:desk-enrolment": _reads(members(CENTRE), enrolment_id="enrolment"),
    "support:shared-note": _desk(enrolment_id="enrolment"),
    "support:private-note": _desk(enrolment_id="enrolment"),
    "support:desk-enrolment-step": _desk(enrolment_id="asked_enrolment", event="desk_step"),
    "support:desk-link-new": _desk(),
    "support:desk-link": _reads(members(CENTRE), link_id="peer_link"),
    "support:desk-link-meeting": _desk(link_id="peer_link"),
    "support:desk-link-step": _desk(link_id="peer_link", event="link_step"),
    # Levers are their own authority's, to the centre, too; what is shared is a catalogue.
    "levers:catalogue": _reads(_CATALOGUE),
    "levers:catalogue-csv": _reads(_CATALOGUE),
    "levers:own": _reads(_own_levers(200), slug="authority"),
    "levers:own-csv": _reads(_own_levers(200), slug="authority"),
    "levers:new": _form(_own_levers(200), _own_levers(422), slug="authority"),
    "levers:lever": _reads(_own_levers(200), **_TO_LEVER),
    "levers:change": _form(_own_levers(200), _own_levers(422), **_TO_LEVER),
    "levers:keep": _form(_own_levers(200), _own_levers(422), **_TO_LEVER),
    "levers:archive": _form(_own_levers(200), _own_levers(422), **_TO_LEVER),
    "levers:bring-back": _form(_own_levers(200), _own_levers(422), **_TO_LEVER),
    "levers:share": _form(
        _own_levers(200, may=_SIGNATORY), _own_levers(422, may=_SIGNATORY), **_TO_LEVER
    ),
    "levers:stop-sharing": _form(
        _own_levers(200, may=_SIGNATORY), _own_levers(422, may=_SIGNATORY), **_TO_LEVER
    ),
    # The practice library: what is published is public, drafts are their body's and the centre's.
    "practice:list": _PUBLIC,
    "practice:file": _PUBLIC,
    "practice:example": _reads(everybody(), example_id="practice_published"),
    "practice:versions": _reads(
        dict.fromkeys(Visitor, 404) | {_V.ANYBODY: 302} | dict.fromkeys(AUTHORITY | CENTRE, 200),
        **_TO_PROPOSED,
    ),
    "practice:own": _reads(members(AUTHORITY), body_id="authority_id"),
    "practice:new": _form(
        members(AUTHORITY), members(AUTHORITY, status=422), body_id="authority_id"
    ),
    # Waits for the centre: nothing of it can be changed, and nothing was filled in.
    "practice:change": _form(
        members(AUTHORITY) | _NOT_THE_LEAD,
        members(AUTHORITY, status=422) | _NOT_THE_LEAD,
        **_TO_PROPOSED,
    ),
    "practice:propose": _form(
        members(AUTHORITY, status=405) | _NOT_THE_LEAD,
        members(AUTHORITY, status=302) | _NOT_THE_LEAD,
        **_TO_PROPOSED,
    ),
    "practice:moderation": _reads(members(CENTRE)),
    "practice:publish": _form(
        members(_SHARERS, status=405),
        members(_SHARERS, status=302),
        **_TO_PROPOSED,
    ),
    "practice:return": _form(
        members(_SHARERS),
        members(_SHARERS, status=422),
        **_TO_PROPOSED,
    ),
    "practice:withdraw": _form(
        members(_SHARERS),
        members(_SHARERS, status=422),
        **_TO_PROPOSED,
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
    # The API; its lists hold what the caller may see, and what is public it only reads.
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
    "indicator-area-detail": _reads(everybody(), **_TO_AREA),
    "indicator-domain-list": _PUBLIC,
    "indicator-domain-detail": _reads(everybody(), slug="indicator_domain"),
    "indicator-set-list": _PUBLIC,
    "indicator-set-detail": _reads(everybody(), slug="indicator_set"),
    "mission-detail": _PUBLIC,
    "framework-list": _PUBLIC,
    "framework-detail": _reads(everybody(), **_TO_FRAMEWORK),
    "framework-count-list": _PUBLIC,
    "framework-count-detail": _reads(everybody(), lineage="measure"),
    "expert-review-list": _PUBLIC,
    "expert-review-detail": _reads(everybody(), pk="signed_review"),
    "framework-target-list": _PUBLIC,
    "framework-target-detail": _reads(everybody(), lineage="framework_indicator"),
    "observation-list": _PUBLIC,
    "observation-detail": _reads(everybody(), pk="observation"),
    "progress-list": _PUBLIC,
    "progress-detail": _reads(everybody(), pk="progress_status"),
    "placement-list": _PUBLIC,
    "three-steps-detail": _api(PAIR | CENTRE, post=405, **_TO_PAIR),
    "rubric-list": _PUBLIC,
    "rubric-detail": _reads(everybody(), version="reading_version"),
    "matrix-list": _PUBLIC,
    "matrix-detail": _reads(everybody(), version="reading_version"),
    "support-offer-list": _PUBLIC,
    "practice-example-list": _PUBLIC,
    # Returns: an empty form is no JSON, so that who may send is told 415.
    "return-list": Rule(
        get=signed_in(200, out=401), post=signed_in(415, out=401), takes_forms=True
    ),
    "return-detail": _api(AUTHORITY | CENTRE, post=405, writers=AUTHORITY, **_TO_STARTED),
    "return-section": _api(AUTHORITY, post=405, **_TO_STARTED, section="section"),
    "return-section-complete": _api(AUTHORITY, get=405, **_TO_STARTED, section="section"),
    "return-answer": _api(AUTHORITY, post=405, **_TO_STARTED, question="question"),
    "return-board-answer": _api(
        AUTHORITY, post=405, **_TO_STARTED, question="board_question", board="board"
    ),
    "return-send": _api(AUTHORITY, get=405, **_TO_STARTED),
    "return-recall": _api(AUTHORITY, get=405, **_TO_STARTED),
    "return-decline": _api(_SIGNATORY, get=405, of=AUTHORITY, **_TO_STARTED),
    # Without a key there is no submission.
    "return-sign": _api(_SIGNATORY, get=405, post=400, of=AUTHORITY, **_TO_STARTED),
    "return-submit": _api(AUTHORITY, get=405, post=400, **_TO_STARTED),
    "return-changes": _api(_REVIEWERS, get=405, **_TO_SUBMITTED),
    "return-reopen": _api(_REVIEWERS, get=405, **_TO_SUBMITTED),
    "return-accept": _api(_REVIEWERS, get=405, **_TO_SUBMITTED),
    "return-unaccept": _api(frozenset({_V.LEAD_ANALYST}), get=405, return_id="accepted_return"),
    # Views of the other side: each body's own, those released to it, and for the centre all.
    "partner-view-list": Rule(
        get=signed_in(200, out=401) | dict.fromkeys(_WITHOUT_WORK, 404),
        post=signed_in(405, out=401),
    ),
    "partner-view-detail": _api(PAIR, post=405, **_TO_REPLIED),
    "partner-view-confirm": _api(_SIGNATORIES, get=405, of=PAIR, **_TO_REPLIED),
    "partner-view-reopen": _api(_SIGNATORIES, get=405, of=PAIR, **_TO_REPLIED),
    "partner-view-release": _api(_SIGNATORIES, get=405, of=PAIR, **_TO_REPLIED),
    # Joint commitments: both sides and the centre read, each side takes its steps.
    "commitment-list": Rule(
        get=signed_in(200, out=401) | dict.fromkeys(_WITHOUT_WORK, 404),
        post=signed_in(415, out=401),
        takes_forms=True,
    ),
    "commitment-detail": _api(PAIR | CENTRE, post=405, writers=PAIR, **_TO_COMMITMENT),
    "commitment-confirm": _commitment_step(_SIGNATORIES, **_TO_COMMITMENT),
    "commitment-decline": _commitment_step(_SIGNATORIES, **_TO_COMMITMENT),
    "commitment-update": _commitment_step(PAIR, **_TO_UPDATED),
    "commitment-send-back": _commitment_step(
        PAIR | _REVIEWERS, **_TO_UPDATED, update_id="commitment_update"
    ),
    "commitment-change": _commitment_step(PAIR, **_TO_UPDATED),
    "commitment-change-accept": _commitment_step(_SIGNATORIES, **_TO_ASKED_CHANGE),
    "commitment-change-refuse": _commitment_step(_SIGNATORIES, **_TO_ASKED_CHANGE),
    "commitment-change-take-back": _commitment_step(PAIR, **_TO_ASKED_CHANGE),
    "commitment-closure": _commitment_step(PAIR, **_TO_UPDATED),
    "commitment-closure-confirm": _commitment_step(_SIGNATORIES, **_TO_ASKED_CLOSURE),
    "commitment-closure-refuse": _commitment_step(_SIGNATORIES, **_TO_ASKED_CLOSURE),
    "commitment-closure-take-back": _commitment_step(PAIR, **_TO_ASKED_CLOSURE),
    "commitment-particulars": _api(PAIR | CENTRE, of=PAIR, writers=PAIR, **_TO_UPDATED),
    "commitment-owner": _api(PAIR, of=PAIR | CENTRE, writers=PAIR, **_TO_UPDATED),
    "commitment-money": _api(PAIR | CENTRE, of=PAIR, writers=PAIR, **_TO_UPDATED),
    "commitment-money-correct": _commitment_step(PAIR, **_TO_MONEY),
    "commitment-money-withdraw": _commitment_step(PAIR, **_TO_MONEY),
    "commitment-confirm-again": _commitment_step(_SIGNATORIES, commitment_id="moved_commitment"),
    # Levers: an authority's own list, and the catalogue.
    "lever-catalogue-list": Rule(get={**_CATALOGUE, _V.ANYBODY: 401}, post=signed_in(405, out=401)),
    "lever-list": Rule(
        get=_own_levers(200, may=AUTHORITY | {_V.OTHER_EDITOR}, anybody=401) | _NOT_THE_LEAD,
        post=signed_in(415, out=401),
        takes_forms=True,
    ),
    "lever-detail": Rule(
        get=_own_levers(200, anybody=401), post=_own_levers(405, anybody=401), named=_TO_LEVER
    ),
    "lever-keep": _lever_step(AUTHORITY),
    "lever-archive": _lever_step(AUTHORITY),
    "lever-bring-back": _lever_step(AUTHORITY),
    "lever-share": _lever_step(_SIGNATORY),
    "lever-stop-sharing": _lever_step(_SIGNATORY),
    # An empty form has no file; the upload was refused, and JSON is asked for.
    "upload-list": _api(AUTHORITY, post=400, **_TO_AUTHORITY),
    "upload-detail": _api(AUTHORITY, post=405, upload_id="upload"),
    "upload-problems": _api(AUTHORITY, post=405, upload_id="upload"),
    "upload-confirm": _api(AUTHORITY, get=405, upload_id="upload"),
    "upload-cancel": _api(AUTHORITY, get=405, upload_id="upload"),
    "submission-list": Rule(get=signed_in(200, out=401), post=signed_in(405, out=401)),
    "submission-detail": Rule(
        get=members(AUTHORITY | CENTRE) | {_V.ANYBODY: 401},
        post=members(AUTHORITY | CENTRE, status=405) | {_V.ANYBODY: 401},
        named={"submission_id": "submission"},
    ),
}

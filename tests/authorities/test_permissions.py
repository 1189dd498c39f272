"""The table of roles and rights, row by row, both ways."""

import pytest

from authorities.models import LOCAL_ROLES, Role
from authorities.permissions import (
    GRANTED_AT_OWN_BODY,
    GRANTED_EVERYWHERE,
    GRANTED_ONCE_PUBLISHED,
    PUBLIC,
    Permission,
)

E, S, P = Role.EDITOR, Role.SIGNATORY, Role.PEOPLE_LEAD
A, M, L, R, X, U = (
    Role.ANALYST,
    Role.MODERATOR,
    Role.LEAD_ANALYST,
    Role.READER,
    Role.ADMINISTRATOR,
    Role.AUDITOR,
)

# Each right, and the roles that hold it: at their own body, or everywhere.
TABLE: dict[Permission, frozenset[Role]] = {
    Permission.REGISTER_READ: frozenset(),
    Permission.HOME_READ: frozenset({E, S}),
    Permission.RETURN_READ: frozenset({E, S}),
    Permission.RETURN_EDIT: frozenset({E, S}),
    Permission.RETURN_SIGN: frozenset({S}),
    Permission.INDICATOR_UPLOAD: frozenset({E, S}),
    Permission.INDICATOR_DESCRIBE: frozenset({A, L}),
    Permission.INDICATOR_UNPUBLISHED_READ: frozenset({A, M, L, X}),
    Permission.VALUES_APPROVE: frozenset({A, L}),
    Permission.PERIODS_LOCK: frozenset({L}),
    Permission.STANDING_RECORD_READ: frozenset({E, S}),
    Permission.STANDING_RECORD_EDIT: frozenset({E, S}),
    Permission.AGREEMENT_READ: frozenset({E, S, A, M, L, X}),
    Permission.AGREEMENT_SIGN: frozenset({S}),
    Permission.OWN_VIEW_READ: frozenset({E, S}),
    Permission.OWN_VIEW_EDIT: frozenset({E, S}),
    Permission.OWN_VIEW_CONFIRM: frozenset({S}),
    Permission.PARTNER_VIEW_READ: frozenset({E, S}),
    Permission.PARTNER_VIEW_EDIT: frozenset({E, S}),
    Permission.PARTNER_VIEW_CONFIRM: frozenset({S}),
    Permission.LEVER_READ: frozenset({E, S}),
    Permission.LEVER_EDIT: frozenset({E, S}),
    Permission.LEVER_SHARE: frozenset({S}),
    Permission.LEVER_CATALOGUE_READ: frozenset({E, S, A, M, L, X}),
    Permission.THREE_STEPS_READ: frozenset({E, S, A, M, L, X}),
    Permission.THREE_STEPS_EDIT: frozenset({E, S}),
    Permission.COMMITMENT_READ: frozenset({E, S, A, M, L, X}),
    Permission.COMMITMENT_EDIT: frozenset({E, S}),
    Permission.COMMITMENT_CONFIRM: frozenset({S}),
    Permission.COMMITMENT_SEND_BACK: frozenset({E, S, A, L}),
    Permission.SUPPORT_READ: frozenset({E, S}),
    Permission.SUPPORT_ANSWER: frozenset({S}),
    Permission.SUPPORT_DESK_READ: frozenset({A, M, L, X}),
    Permission.SUPPORT_DESK_WRITE: frozenset({A, L}),
    Permission.PRACTICE_EDIT: frozenset({E, S}),
    Permission.PRACTICE_DRAFTS_READ: frozenset({A, M, L, X}),
    Permission.PRACTICE_MODERATE: frozenset({A, M, L}),
    Permission.OWNER_NOTE_EDIT: frozenset({E, S}),
    Permission.PROGRESS_METHOD_READ: frozenset({A, M, L, X}),
    Permission.PROGRESS_METHOD_PUBLISH: frozenset({L}),
    Permission.FRAMEWORK_READ: frozenset({E, S}),
    Permission.FRAMEWORK_EDIT: frozenset({E, S}),
    Permission.FRAMEWORK_SIGN: frozenset({S}),
    Permission.SUBMITTED_RETURN_READ: frozenset({A, M, L, X}),
    Permission.RETURN_REVIEW: frozenset({A, L}),
    Permission.RETURN_UNACCEPT: frozenset({L}),
    Permission.UNPUBLISHED_PLACEMENTS_READ: frozenset({A, M, L, X}),
    Permission.ROUND_CONTROL: frozenset({A, L}),
    Permission.ROUND_READ: frozenset({A, M, L, X}),
    Permission.ROUND_EXTEND: frozenset({A, L, X}),
    Permission.ROUND_MANAGE: frozenset({X}),
    Permission.MISSION_DEFINITION_READ: frozenset({A, M, L, X}),
    Permission.MISSION_DEFINITION_DRAFT: frozenset({A, L}),
    Permission.MISSION_NOTE_WRITE: frozenset({A, L}),
    Permission.ENGAGEMENT_DRAFT_READ: frozenset({A, M, L, X}),
    Permission.ENGAGEMENT_DRAFT_WRITE: frozenset({A, L}),
    Permission.ENGAGEMENT_DRAFT_APPROVE: frozenset({L, X}),
    Permission.MISSION_DEFINITION_APPROVE: frozenset({L, X}),
    Permission.SPECIFICATION_READ: frozenset({A, M, L, X}),
    Permission.SPECIFICATION_DRAFT: frozenset({A, L}),
    Permission.SPECIFICATION_PUBLISH: frozenset({L, X}),
    Permission.ROUND_PROPOSE: frozenset({L}),
    Permission.ROUND_APPROVE: frozenset({M, L, X}),
    Permission.PUBLISHED_RETURN_READ: frozenset({R}),
    Permission.SHARED_SECTIONS_READ: frozenset({E, S}),
    Permission.REGISTER_UPKEEP_READ: frozenset({A, M, L, X}),
    Permission.REGISTER_UPKEEP: frozenset({A, L}),
    Permission.PEOPLE_MANAGE: frozenset({X}),
    Permission.BODY_PEOPLE_READ: frozenset({E, S, P, X}),
    Permission.BODY_PEOPLE_MANAGE: frozenset({P, X}),
    Permission.AUDIT_READ: frozenset({X, U}),
    Permission.MESSAGES_READ: frozenset({A, L, X}),
    Permission.MESSAGES_MANAGE: frozenset({X}),
    Permission.JOBS_READ: frozenset({X}),
    Permission.GEOGRAPHY_WARNINGS_READ: frozenset({A, M, L, X}),
    Permission.BOUNDARIES_IMPORT: frozenset({L, X}),
    Permission.REORGANISATION_READ: frozenset({A, M, L, X}),
    Permission.REORGANISATION_PROPOSE: frozenset({A, L}),
    Permission.REORGANISATION_APPROVE: frozenset({L}),
    Permission.REORGANISATION_APPLY: frozenset({X}),
    Permission.REORGANISATION_CANCEL: frozenset({A, L, X}),
    Permission.ASSESSMENT_READ: frozenset({A, M, L, X}),
    Permission.ASSESSMENT_DRAFT: frozenset({A, L}),
    Permission.ASSESSMENT_ALLOCATE: frozenset({L}),
    Permission.ASSESSMENT_MODERATE: frozenset({M, L}),
    Permission.ASSESSMENT_UNFINALISE: frozenset({L}),
    Permission.INTEREST_DECLARE: frozenset({A, M, L}),
    Permission.FINDING_READ: frozenset({E, S}),
    Permission.FINDING_REPLY: frozenset({S}),
}


def held(role: Role) -> frozenset[Permission]:
    granted = (GRANTED_AT_OWN_BODY, GRANTED_EVERYWHERE, GRANTED_ONCE_PUBLISHED)
    return frozenset().union(*(table.get(role, frozenset()) for table in granted))


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("permission", list(Permission))
def test_a_role_holds_exactly_the_rights_of_the_table(role: Role, permission: Permission) -> None:
    expected = role in TABLE[permission]

    assert (permission in held(role)) is expected


@pytest.mark.parametrize("role", list(Role))
def test_local_roles_hold_nothing_everywhere_and_national_ones_nothing_at_a_body(
    role: Role,
) -> None:
    wrong_place = GRANTED_EVERYWHERE if role in LOCAL_ROLES else GRANTED_AT_OWN_BODY

    assert role not in wrong_place


def test_only_the_register_is_public() -> None:
    assert frozenset({Permission.REGISTER_READ}) == PUBLIC

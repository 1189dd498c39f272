"""Who may do what: rights as an enum, and which role grants which.

Closed by default. A right is asked for in `access.py` only; pages and API views name it there.
The table of roles and rights follows the client's; `tests/authorities/test_permissions.py` holds
it row by row, both ways.
"""

from enum import StrEnum

from authorities.models.people import Role


class Permission(StrEnum):
    """One thing that a person may be allowed to do."""

    # Anybody, signed in or not.
    REGISTER_READ = "register_read"
    # At one's own authority or board.
    HOME_READ = "home_read"
    RETURN_READ = "return_read"
    RETURN_EDIT = "return_edit"
    RETURN_SIGN = "return_sign"
    INDICATOR_UPLOAD = "indicator_upload"
    # Approve what bodies sent in, or return it; and lock the values of past periods.
    VALUES_APPROVE = "values_approve"
    PERIODS_LOCK = "periods_lock"
    # What the authority keeps on record between rounds: nobody else sees it.
    STANDING_RECORD_READ = "standing_record_read"
    STANDING_RECORD_EDIT = "standing_record_edit"
    # Partnership agreements that an authority has signed and so shown; a signatory signs them.
    AGREEMENT_READ = "agreement_read"
    AGREEMENT_SIGN = "agreement_sign"
    OWN_VIEW_READ = "own_view_read"
    OWN_VIEW_EDIT = "own_view_edit"
    OWN_VIEW_CONFIRM = "own_view_confirm"
    # What one's own body says of the other side of a pair; its signatory confirms and releases it.
    PARTNER_VIEW_READ = "partner_view_read"
    PARTNER_VIEW_EDIT = "partner_view_edit"
    PARTNER_VIEW_CONFIRM = "partner_view_confirm"
    # Levers of one's own authority; what authorities shared of theirs is a catalogue.
    LEVER_READ = "lever_read"
    LEVER_EDIT = "lever_edit"
    LEVER_SHARE = "lever_share"
    LEVER_CATALOGUE_READ = "lever_catalogue_read"
    # The joint self-check of a pair: both sides read both columns from the start, each writes its
    # own; the centre reads.
    THREE_STEPS_READ = "three_steps_read"
    THREE_STEPS_EDIT = "three_steps_edit"
    COMMITMENT_READ = "commitment_read"
    COMMITMENT_EDIT = "commitment_edit"
    # Answer the other side's proposal: a signatory's word binds the body.
    COMMITMENT_CONFIRM = "commitment_confirm"
    # Ask a side for another update: the other side, or an analyst.
    COMMITMENT_SEND_BACK = "commitment_send_back"
    # Support that follows a placement: a body's own; its signatory answers and asks. The centre
    # has its desk, on which it writes offers and makes them.
    SUPPORT_READ = "support_read"
    SUPPORT_ANSWER = "support_answer"
    SUPPORT_DESK_READ = "support_desk_read"
    SUPPORT_DESK_WRITE = "support_desk_write"
    # Examples that a body shares: it drafts and proposes, the centre reads drafts and publishes.
    PRACTICE_EDIT = "practice_edit"
    PRACTICE_DRAFTS_READ = "practice_drafts_read"
    PRACTICE_MODERATE = "practice_moderate"
    # Outcomes frameworks drafted or proposed are for their owners; what all of them agreed,
    # anybody may read.
    FRAMEWORK_READ = "framework_read"
    FRAMEWORK_EDIT = "framework_edit"
    FRAMEWORK_SIGN = "framework_sign"
    # Say something beside a computed status of a framework that one's body owns.
    OWNER_NOTE_EDIT = "owner_note_edit"
    # At every body, for the centre.
    SUBMITTED_RETURN_READ = "submitted_return_read"
    # Ask for changes, reopen, accept; and take an acceptance back.
    RETURN_REVIEW = "return_review"
    RETURN_UNACCEPT = "return_unaccept"
    UNPUBLISHED_PLACEMENTS_READ = "unpublished_placements_read"
    ROUND_CONTROL = "round_control"
    # How far each authority is, the checks, what happened.
    ROUND_READ = "round_read"
    # Give one authority more time, and see whom to write to.
    ROUND_EXTEND = "round_extend"
    # Make, schedule, open, close and reopen rounds.
    ROUND_MANAGE = "round_manage"
    # Describe indicators, and keep their domains, sets and breaks.
    INDICATOR_DESCRIBE = "indicator_describe"
    # Indicators that nobody has described yet, and releases that wait for approval.
    INDICATOR_UNPUBLISHED_READ = "indicator_unpublished_read"
    # What the mission is taken to mean: drafts are the centre's, and two people put one in use.
    MISSION_DEFINITION_READ = "mission_definition_read"
    MISSION_DEFINITION_DRAFT = "mission_definition_draft"
    MISSION_DEFINITION_APPROVE = "mission_definition_approve"
    # Say something beside the mission's figures, signed, and withdraw it.
    MISSION_NOTE_WRITE = "mission_note_write"
    # See what a new method of computing progress moves, and make it public.
    PROGRESS_METHOD_READ = "progress_method_read"
    PROGRESS_METHOD_PUBLISH = "progress_method_publish"
    # What the duty asks: read versions and drafts, write drafts, publish one.
    SPECIFICATION_READ = "specification_read"
    SPECIFICATION_DRAFT = "specification_draft"
    SPECIFICATION_PUBLISH = "specification_publish"
    # How engagement is read: drafts of the next rubric and matrix, and a second person's approval.
    ENGAGEMENT_DRAFT_READ = "engagement_draft_read"
    ENGAGEMENT_DRAFT_WRITE = "engagement_draft_write"
    ENGAGEMENT_DRAFT_APPROVE = "engagement_draft_approve"
    # Publication asks two people: one proposes it, another approves.
    ROUND_PROPOSE = "round_propose"
    ROUND_APPROVE = "round_approve"
    # Returns as submitted: of published rounds; and the shared sections, of a board's own pairs.
    PUBLISHED_RETURN_READ = "published_return_read"
    SHARED_SECTIONS_READ = "shared_sections_read"
    # Compare the register with files of others, and draft changes of the differences.
    REGISTER_UPKEEP_READ = "register_upkeep_read"
    REGISTER_UPKEEP = "register_upkeep"
    # The national view of a pair: read the desk, draft, say who drafts, decide about a draft, take
    # back what is final; and declare what one has to do with a body.
    ASSESSMENT_READ = "assessment_read"
    ASSESSMENT_DRAFT = "assessment_draft"
    ASSESSMENT_ALLOCATE = "assessment_allocate"
    ASSESSMENT_MODERATE = "assessment_moderate"
    ASSESSMENT_UNFINALISE = "assessment_unfinalise"
    INTEREST_DECLARE = "interest_declare"
    # The finding on one's own side, once it is shared, and the body's word on it.
    FINDING_READ = "finding_read"
    FINDING_REPLY = "finding_reply"
    PEOPLE_MANAGE = "people_manage"
    # Who holds roles at one body: read it; and invite, confirm and end, as its people lead.
    BODY_PEOPLE_READ = "body_people_read"
    BODY_PEOPLE_MANAGE = "body_people_manage"
    # Who did what, and who signed in, saw and downloaded what.
    AUDIT_READ = "audit_read"
    # What mails are due and were sent; to whom, and another try, is for who looks after them.
    MESSAGES_READ = "messages_read"
    MESSAGES_MANAGE = "messages_manage"
    JOBS_READ = "jobs_read"
    GEOGRAPHY_WARNINGS_READ = "geography_warnings_read"
    # What every map of the site is drawn from.
    BOUNDARIES_IMPORT = "boundaries_import"
    # Changes of bodies and areas: one proposes, another approves, a third sets them to happen.
    REORGANISATION_READ = "reorganisation_read"
    REORGANISATION_PROPOSE = "reorganisation_propose"
    REORGANISATION_APPROVE = "reorganisation_approve"
    REORGANISATION_APPLY = "reorganisation_apply"
    REORGANISATION_CANCEL = "reorganisation_cancel"


# Rights that need no role.
PUBLIC = frozenset({Permission.REGISTER_READ})

# Whoever signs for a body, publishes, takes back what was final, or administers has proven within
# the last quarter of an hour who they are: a screen that was left open signs nothing.
NEEDS_PROOF = frozenset(
    {
        Permission.RETURN_SIGN,
        Permission.AGREEMENT_SIGN,
        Permission.FRAMEWORK_SIGN,
        Permission.OWN_VIEW_CONFIRM,
        Permission.PARTNER_VIEW_CONFIRM,
        Permission.COMMITMENT_CONFIRM,
        Permission.RETURN_UNACCEPT,
        Permission.ASSESSMENT_UNFINALISE,
        Permission.ROUND_APPROVE,
        Permission.SPECIFICATION_PUBLISH,
        Permission.ENGAGEMENT_DRAFT_APPROVE,
        Permission.MISSION_DEFINITION_APPROVE,
        Permission.PROGRESS_METHOD_PUBLISH,
        Permission.REORGANISATION_APPROVE,
        Permission.REORGANISATION_APPLY,
        Permission.BOUNDARIES_IMPORT,
        Permission.PEOPLE_MANAGE,
        Permission.BODY_PEOPLE_MANAGE,
    }
)

# Whoever sees by one of these what is not theirs and not public is remembered.
SIGHT_IS_LOGGED = frozenset(
    {
        Permission.SUBMITTED_RETURN_READ,
        Permission.UNPUBLISHED_PLACEMENTS_READ,
        Permission.SHARED_SECTIONS_READ,
        Permission.PUBLISHED_RETURN_READ,
        Permission.RETURN_REVIEW,
        Permission.VALUES_APPROVE,
        Permission.ASSESSMENT_READ,
        Permission.ASSESSMENT_DRAFT,
        Permission.ASSESSMENT_MODERATE,
        Permission.COMMITMENT_READ,
        Permission.THREE_STEPS_READ,
        Permission.AGREEMENT_READ,
        Permission.SUPPORT_DESK_READ,
        Permission.SUPPORT_DESK_WRITE,
        Permission.PRACTICE_DRAFTS_READ,
        Permission.INDICATOR_UNPUBLISHED_READ,
    }
)
# Who works where, to whom was written, and who did what: remembered at one's own body, too.
SHOWS_PEOPLE = frozenset(
    {
        Permission.PEOPLE_MANAGE,
        Permission.BODY_PEOPLE_READ,
        Permission.MESSAGES_READ,
        Permission.MESSAGES_MANAGE,
        Permission.AUDIT_READ,
    }
)

_LOCAL_READ = frozenset(
    {
        Permission.HOME_READ,
        Permission.BODY_PEOPLE_READ,
        Permission.RETURN_READ,
        Permission.STANDING_RECORD_READ,
        Permission.AGREEMENT_READ,
        Permission.OWN_VIEW_READ,
        Permission.PARTNER_VIEW_READ,
        Permission.LEVER_READ,
        Permission.LEVER_CATALOGUE_READ,
        Permission.THREE_STEPS_READ,
        Permission.COMMITMENT_READ,
        Permission.SUPPORT_READ,
        Permission.FRAMEWORK_READ,
        Permission.SHARED_SECTIONS_READ,
        Permission.FINDING_READ,
    }
)
_LOCAL_EDIT = _LOCAL_READ | {
    Permission.RETURN_EDIT,
    Permission.STANDING_RECORD_EDIT,
    Permission.INDICATOR_UPLOAD,
    Permission.OWN_VIEW_EDIT,
    Permission.PARTNER_VIEW_EDIT,
    Permission.LEVER_EDIT,
    Permission.THREE_STEPS_EDIT,
    Permission.COMMITMENT_EDIT,
    Permission.COMMITMENT_SEND_BACK,
    Permission.FRAMEWORK_EDIT,
    Permission.OWNER_NOTE_EDIT,
    Permission.PRACTICE_EDIT,
}
_CENTRE_READ = frozenset(
    {
        Permission.LEVER_CATALOGUE_READ,
        Permission.SUBMITTED_RETURN_READ,
        Permission.UNPUBLISHED_PLACEMENTS_READ,
        Permission.ROUND_READ,
        Permission.SPECIFICATION_READ,
        Permission.ENGAGEMENT_DRAFT_READ,
        Permission.THREE_STEPS_READ,
        Permission.AGREEMENT_READ,
        Permission.COMMITMENT_READ,
        Permission.SUPPORT_DESK_READ,
        Permission.PRACTICE_DRAFTS_READ,
        Permission.INDICATOR_UNPUBLISHED_READ,
        Permission.MISSION_DEFINITION_READ,
        Permission.PROGRESS_METHOD_READ,
        Permission.REGISTER_UPKEEP_READ,
        Permission.GEOGRAPHY_WARNINGS_READ,
        Permission.REORGANISATION_READ,
        Permission.ASSESSMENT_READ,
    }
)

# What a role grants at the body of the membership.
GRANTED_AT_OWN_BODY: dict[str, frozenset[Permission]] = {
    Role.EDITOR: _LOCAL_EDIT,
    Role.SIGNATORY: _LOCAL_EDIT
    | {
        Permission.RETURN_SIGN,
        Permission.AGREEMENT_SIGN,
        Permission.OWN_VIEW_CONFIRM,
        Permission.PARTNER_VIEW_CONFIRM,
        Permission.LEVER_SHARE,
        Permission.COMMITMENT_CONFIRM,
        Permission.SUPPORT_ANSWER,
        Permission.FRAMEWORK_SIGN,
        Permission.FINDING_REPLY,
    },
    # Says who works at the body, and sees nothing of the work.
    Role.PEOPLE_LEAD: frozenset({Permission.BODY_PEOPLE_READ, Permission.BODY_PEOPLE_MANAGE}),
}

# What a role at a national body grants at every body.
GRANTED_EVERYWHERE: dict[str, frozenset[Permission]] = {
    Role.ANALYST: _CENTRE_READ
    | {
        Permission.ROUND_CONTROL,
        Permission.COMMITMENT_SEND_BACK,
        Permission.SUPPORT_DESK_WRITE,
        Permission.PRACTICE_MODERATE,
        Permission.ROUND_EXTEND,
        Permission.RETURN_REVIEW,
        Permission.INDICATOR_DESCRIBE,
        Permission.MISSION_DEFINITION_DRAFT,
        Permission.MISSION_NOTE_WRITE,
        Permission.SPECIFICATION_DRAFT,
        Permission.ENGAGEMENT_DRAFT_WRITE,
        Permission.VALUES_APPROVE,
        Permission.MESSAGES_READ,
        Permission.REGISTER_UPKEEP,
        Permission.REORGANISATION_PROPOSE,
        Permission.REORGANISATION_CANCEL,
        Permission.ASSESSMENT_DRAFT,
        Permission.INTEREST_DECLARE,
    },
    Role.MODERATOR: _CENTRE_READ
    | {
        Permission.ROUND_APPROVE,
        Permission.ASSESSMENT_MODERATE,
        Permission.INTEREST_DECLARE,
        Permission.PRACTICE_MODERATE,
    },
    Role.LEAD_ANALYST: _CENTRE_READ
    | {
        Permission.ROUND_CONTROL,
        Permission.COMMITMENT_SEND_BACK,
        Permission.SUPPORT_DESK_WRITE,
        Permission.PRACTICE_MODERATE,
        Permission.ROUND_EXTEND,
        Permission.RETURN_REVIEW,
        Permission.INDICATOR_DESCRIBE,
        Permission.MISSION_DEFINITION_DRAFT,
        Permission.MISSION_NOTE_WRITE,
        Permission.SPECIFICATION_DRAFT,
        Permission.ENGAGEMENT_DRAFT_WRITE,
        Permission.MISSION_DEFINITION_APPROVE,
        Permission.SPECIFICATION_PUBLISH,
        Permission.ENGAGEMENT_DRAFT_APPROVE,
        Permission.RETURN_UNACCEPT,
        Permission.ROUND_PROPOSE,
        Permission.ROUND_APPROVE,
        Permission.VALUES_APPROVE,
        Permission.PERIODS_LOCK,
        Permission.PROGRESS_METHOD_PUBLISH,
        Permission.MESSAGES_READ,
        Permission.BOUNDARIES_IMPORT,
        Permission.REORGANISATION_PROPOSE,
        Permission.REORGANISATION_APPROVE,
        Permission.REORGANISATION_CANCEL,
        Permission.REGISTER_UPKEEP,
        Permission.ASSESSMENT_DRAFT,
        Permission.ASSESSMENT_ALLOCATE,
        Permission.ASSESSMENT_MODERATE,
        Permission.ASSESSMENT_UNFINALISE,
        Permission.INTEREST_DECLARE,
    },
    # A reader (NHS England, the Local Government Association) sees what is published.
    Role.READER: frozenset(),
    Role.ADMINISTRATOR: _CENTRE_READ
    | {
        Permission.ROUND_EXTEND,
        Permission.ROUND_MANAGE,
        Permission.MISSION_DEFINITION_APPROVE,
        Permission.SPECIFICATION_PUBLISH,
        Permission.ENGAGEMENT_DRAFT_APPROVE,
        Permission.ROUND_APPROVE,
        Permission.PEOPLE_MANAGE,
        Permission.BODY_PEOPLE_READ,
        Permission.BODY_PEOPLE_MANAGE,
        Permission.AUDIT_READ,
        Permission.MESSAGES_READ,
        Permission.MESSAGES_MANAGE,
        Permission.JOBS_READ,
        Permission.BOUNDARIES_IMPORT,
        Permission.REORGANISATION_APPLY,
        Permission.REORGANISATION_CANCEL,
    },
    Role.AUDITOR: frozenset({Permission.AUDIT_READ}),
}

# What a role grants of published rounds. It makes nobody a member of the centre: to a reader, what
# is not published does not exist.
GRANTED_ONCE_PUBLISHED: dict[str, frozenset[Permission]] = {
    Role.READER: frozenset({Permission.PUBLISHED_RETURN_READ}),
}

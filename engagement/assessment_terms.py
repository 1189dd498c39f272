"""What the national view of a pair may be, what may happen to it and what must hold, in words."""

from enum import StrEnum


class State(StrEnum):
    """Where an assessment is. Published is no state: it is final, in a revision that is seen."""

    NOT_STARTED = "not_started"
    NATIONAL_DRAFT = "national_draft"
    IN_MODERATION = "in_moderation"
    MODERATED = "moderated"
    SHARED = "shared"
    REPLIED = "replied"
    UNCHALLENGED = "unchallenged"
    FINAL = "final"
    NOT_ASSESSED = "not_assessed"


class Event(StrEnum):
    """What may happen to an assessment."""

    ALLOCATE = "allocate"
    TAKE_UP = "take_up"
    SAVE = "save"
    MARK_NOT_ASSESSED = "mark_not_assessed"
    UNMARK = "unmark"
    SEND = "send"
    RETURN = "return"
    AGREE = "agree"
    SHARE = "share"
    SHARE_WITHOUT_READER = "share_without_reader"
    REPLY = "reply"
    # The window closes: on an assessment with a challenge, and on one without.
    CLOSE_CHALLENGED = "close_challenged"
    CLOSE_UNCHALLENGED = "close_unchallenged"
    REOPEN_WINDOW = "reopen_window"
    # An answer to a challenge that others have yet to follow, and the last one.
    RESOLVE = "resolve"
    RESOLVE_LAST = "resolve_last"
    FINALISE = "finalise"
    UNFINALISE = "unfinalise"
    WITHDRAW_EVIDENCE = "withdraw_evidence"
    ANSWER_SECOND_LOOK = "answer_second_look"
    # After the publication: another level for one side, by two people.
    PROPOSE_CORRECTION = "propose_correction"
    APPROVE_CORRECTION = "approve_correction"
    DECLINE_CORRECTION = "decline_correction"
    TAKE_CORRECTION_BACK = "take_correction_back"


class Guard(StrEnum):
    """A fact that must hold before a step; its refusal is in `REFUSALS`."""

    VERSION_MATCHES = "version_matches"
    REASON_GIVEN = "reason_given"
    NO_INTEREST = "no_interest"
    ASSIGNEE_MAY_DRAFT = "assignee_may_draft"
    ASSIGNEE_HAS_NO_INTEREST = "assignee_has_no_interest"
    ASSIGNEE_IS_NOT_LAST_DRAFTER = "assignee_is_not_last_drafter"
    NOT_PUBLISHED = "not_published"
    TIME_TO_DRAFT = "time_to_draft"
    ALLOCATED_TO_THEM = "allocated_to_them"
    NOT_LAST_DRAFTER = "not_last_drafter"
    LEVEL_ON_EACH_SIDE = "level_on_each_side"
    CHANGE_EXPLAINED = "change_explained"
    RATIONALE_ON_EACH_SIDE = "rationale_on_each_side"
    EVIDENCE_AT_HIGH_AND_LOW = "evidence_at_high_and_low"
    CLOSING_DAY_OVER = "closing_day_over"
    NO_OWN_VIEW = "no_own_view"
    NO_EVIDENCE = "no_evidence"
    NOT_DRAFTER = "not_drafter"
    REPLY_STARTED = "reply_started"
    READERS_ON_BOTH_SIDES = "readers_on_both_sides"
    OWN_SIDE = "own_side"
    WINDOW_OPEN = "window_open"
    CHOICE_MADE = "choice_made"
    DISAGREEMENT_EXPLAINED = "disagreement_explained"
    DISAGREEMENT_SHOWN = "disagreement_shown"
    WINDOW_OVER = "window_over"
    CHALLENGED = "challenged"
    NOT_RESOLVED_YET = "not_resolved_yet"
    LEVEL_IS_ANOTHER = "level_is_another"
    CHALLENGES_RESOLVED = "challenges_resolved"
    NO_REVISION_STANDS = "no_revision_stands"
    GAVE_IT_OR_LEADS = "gave_it_or_leads"
    NOT_WITHDRAWN_YET = "not_withdrawn_yet"
    SECOND_LOOK_ASKED = "second_look_asked"
    ROUND_PUBLISHED = "round_published"
    NO_CORRECTION_WAITS = "no_correction_waits"
    CORRECTION_WAITS = "correction_waits"
    CORRECTS_THE_LEVEL = "corrects_the_level"
    RATIONALE_GIVEN = "rationale_given"
    NOT_PROPOSER = "not_proposer"
    PROPOSED_IT_OR_LEADS = "proposed_it_or_leads"


REFUSALS = {
    Guard.VERSION_MATCHES: (
        "Somebody else changed this assessment since you opened the page. Look at it again."
    ),
    Guard.REASON_GIVEN: "Say why.",
    Guard.NO_INTEREST: (
        "You work for one of the two bodies, or have declared an interest in one, so another "
        "person does this."
    ),
    Guard.ASSIGNEE_MAY_DRAFT: "This person is no analyst. Choose an analyst or a lead analyst.",
    Guard.ASSIGNEE_HAS_NO_INTEREST: (
        "This person works for one of the two bodies, or has declared an interest in one. "
        "Choose another analyst."
    ),
    Guard.ASSIGNEE_IS_NOT_LAST_DRAFTER: (
        "This person drafted the pair’s national view in the round before, and another analyst "
        "is free. Choose another analyst."
    ),
    Guard.NOT_PUBLISHED: "The round is published, so nothing of it is drafted any more.",
    Guard.TIME_TO_DRAFT: (
        "Drafting begins once both bodies have confirmed their own views, or the round’s last "
        "day for edits is over."
    ),
    Guard.ALLOCATED_TO_THEM: "It is allocated to somebody else. Ask the lead analyst.",
    Guard.NOT_LAST_DRAFTER: (
        "You drafted the pair’s national view in the round before, and another person is free "
        "to do this."
    ),
    Guard.LEVEL_ON_EACH_SIDE: "Confirm a level on each side, or say that it cannot be decided.",
    Guard.CHANGE_EXPLAINED: "Say why you change the level that the statements give.",
    Guard.RATIONALE_ON_EACH_SIDE: "Write a rationale for each side, for both bodies to read.",
    Guard.EVIDENCE_AT_HIGH_AND_LOW: "A high or low level needs evidence on its side.",
    Guard.CLOSING_DAY_OVER: "The round’s last day for edits is not over, so views may still come.",
    Guard.NO_OWN_VIEW: "A body has confirmed its own view, so the pair can be assessed.",
    Guard.NO_EVIDENCE: "There is evidence, so the pair can be assessed.",
    Guard.NOT_DRAFTER: "You drafted this national view, so another person decides about it.",
    Guard.REPLY_STARTED: "The round’s reply has not started.",
    Guard.READERS_ON_BOTH_SIDES: (
        "A body has nobody who can read it. Ask for people there first; a lead analyst may share "
        "it without a reader, and say why."
    ),
    Guard.OWN_SIDE: "You can only reply for your own body.",
    Guard.WINDOW_OPEN: "Replies are taken from the first to the last day of the round’s reply.",
    Guard.CHOICE_MADE: "Choose whether you agree before you write a note or give evidence.",
    Guard.DISAGREEMENT_EXPLAINED: "Write a note that says why you disagree.",
    Guard.DISAGREEMENT_SHOWN: "Give evidence for why you disagree: a title and a link.",
    Guard.WINDOW_OVER: "The last day of the round’s reply is not over.",
    Guard.CHALLENGED: "This side did not disagree, so there is nothing to resolve.",
    Guard.NOT_RESOLVED_YET: "This challenge is resolved already.",
    Guard.LEVEL_IS_ANOTHER: (
        "A change gives another level than before. Choose another one, or uphold it."
    ),
    Guard.CHALLENGES_RESOLVED: "A challenge is not resolved yet. Resolve it first.",
    Guard.NO_REVISION_STANDS: (
        "The round’s publication is approved. A final national view stays as it is while a "
        "revision stands."
    ),
    Guard.GAVE_IT_OR_LEADS: (
        "Evidence is withdrawn by who gave it, or by a lead analyst. Ask one of them."
    ),
    Guard.NOT_WITHDRAWN_YET: "This evidence is withdrawn already.",
    Guard.SECOND_LOOK_ASKED: "Nobody asks for a second look at this national view.",
    Guard.ROUND_PUBLISHED: (
        "The round is not published. A level that is wrong is changed in the national view."
    ),
    Guard.NO_CORRECTION_WAITS: (
        "A correction of this pair waits for its second person already. It is decided first."
    ),
    Guard.CORRECTION_WAITS: "This correction is decided already.",
    Guard.CORRECTS_THE_LEVEL: (
        "A correction gives another level than the published one. Choose another level."
    ),
    Guard.RATIONALE_GIVEN: "Write a rationale for both bodies to read.",
    Guard.NOT_PROPOSER: "You have proposed it, so another person decides about it.",
    Guard.PROPOSED_IT_OR_LEADS: (
        "A correction is taken back by who proposed it, or by a lead analyst. Ask one of them."
    ),
}

STATE_WORDS = {
    State.NOT_STARTED: "is not started",
    State.NATIONAL_DRAFT: "is a draft",
    State.IN_MODERATION: "is in moderation",
    State.MODERATED: "is moderated",
    State.SHARED: "is shared with both bodies",
    State.REPLIED: "is challenged, and the reply is over",
    State.UNCHALLENGED: "was not challenged, and the reply is over",
    State.FINAL: "is final",
    State.NOT_ASSESSED: "is marked not assessed",
}

# As a column or a tag says it.
STATE_LABELS = {
    State.NOT_STARTED: "Not started",
    State.NATIONAL_DRAFT: "Draft",
    State.IN_MODERATION: "In moderation",
    State.MODERATED: "Moderated",
    State.SHARED: "Shared",
    State.REPLIED: "Challenged",
    State.UNCHALLENGED: "Unchallenged",
    State.FINAL: "Final",
    State.NOT_ASSESSED: "Marked not assessed",
}

EVENT_WORDS = {
    Event.ALLOCATE: "allocate it",
    Event.TAKE_UP: "start the draft",
    Event.SAVE: "change the draft",
    Event.MARK_NOT_ASSESSED: "mark it not assessed",
    Event.UNMARK: "take “not assessed” back",
    Event.SEND: "send it to moderation",
    Event.RETURN: "return it to its drafter",
    Event.AGREE: "agree to it",
    Event.SHARE: "share it",
    Event.SHARE_WITHOUT_READER: "share it without a reader",
    Event.REPLY: "reply to it",
    Event.CLOSE_CHALLENGED: "end its reply",
    Event.CLOSE_UNCHALLENGED: "end its reply",
    Event.REOPEN_WINDOW: "open its reply again",
    Event.RESOLVE: "resolve a challenge",
    Event.RESOLVE_LAST: "resolve a challenge",
    Event.FINALISE: "make it final",
    Event.UNFINALISE: "take “final” back",
    Event.WITHDRAW_EVIDENCE: "withdraw evidence",
    Event.ANSWER_SECOND_LOOK: "answer the second look",
    Event.PROPOSE_CORRECTION: "propose a correction",
    Event.APPROVE_CORRECTION: "approve the correction",
    Event.DECLINE_CORRECTION: "decline the correction",
    Event.TAKE_CORRECTION_BACK: "take the correction back",
}

# As the history tells what was done.
EVENT_LABELS = {
    Event.ALLOCATE: "Allocated",
    Event.TAKE_UP: "Draft started",
    Event.SAVE: "Draft saved",
    Event.MARK_NOT_ASSESSED: "Marked not assessed",
    Event.UNMARK: "“Not assessed” taken back",
    Event.SEND: "Sent to moderation",
    Event.RETURN: "Returned to its drafter",
    Event.AGREE: "Agreed by a moderator",
    Event.SHARE: "Shared with both bodies",
    Event.SHARE_WITHOUT_READER: "Shared without a reader",
    Event.REPLY: "Replied to",
    Event.CLOSE_CHALLENGED: "Reply ended, challenged",
    Event.CLOSE_UNCHALLENGED: "Reply ended, not challenged",
    Event.REOPEN_WINDOW: "Reply opened again",
    Event.RESOLVE: "Challenge resolved",
    Event.RESOLVE_LAST: "Last challenge resolved",
    Event.FINALISE: "Made final",
    Event.UNFINALISE: "“Final” taken back",
    Event.WITHDRAW_EVIDENCE: "Evidence withdrawn",
    Event.ANSWER_SECOND_LOOK: "Second look answered",
    Event.PROPOSE_CORRECTION: "Correction proposed",
    Event.APPROVE_CORRECTION: "Correction approved and published",
    Event.DECLINE_CORRECTION: "Correction declined",
    Event.TAKE_CORRECTION_BACK: "Correction taken back",
}

"""What a round may be, what may happen to it and what must hold, each with its words."""

from enum import StrEnum


class RoundState(StrEnum):
    """Where a round stands."""

    DRAFT = "draft"
    SCHEDULED = "scheduled"
    OPEN = "open"
    CLOSED = "closed"
    IN_REPLY = "in_reply"
    FINALISING = "finalising"
    PUBLISHED = "published"


class RoundEvent(StrEnum):
    """What may happen to a round.

    The table has no row for the first two, which begin a round.
    """

    CREATE = "create"
    COPY = "copy"
    CHANGE = "change"
    EXPECT = "expect"
    SCHEDULE = "schedule"
    BACK_TO_DRAFT = "back_to_draft"
    OPEN = "open"
    CLOSE = "close"
    REOPEN = "reopen"
    EXTEND = "extend"
    DECIDE = "decide"
    HOLD_UP = "hold_up"
    START_REPLY = "start_reply"
    END_REPLY = "end_reply"
    REOPEN_REPLY = "reopen_reply"
    MOVE_PUBLICATION = "move_publication"
    PROPOSE = "propose"
    TAKE_BACK = "take_back"
    APPROVE = "approve"
    WITHDRAW = "withdraw"
    PUBLISH = "publish"
    CORRECT = "correct"
    # Of one level: a higher app says which, and that two people stand behind it.
    CORRECT_LEVEL = "correct_level"


class RoundGuard(StrEnum):
    """A fact that must hold before a step; its refusal is in `REFUSALS`."""

    VERSION_MATCHES = "version_matches"
    EVERY_DATE_GIVEN = "every_date_given"
    DATES_IN_ORDER = "dates_in_order"
    BODIES_EXPECTED = "bodies_expected"
    VERSIONS_LOADED = "versions_loaded"
    CHECKS_DECIDED = "checks_decided"
    REASON_GIVEN = "reason_given"
    OPENING_DAY_REACHED = "opening_day_reached"
    LAST_DAY_AHEAD = "last_day_ahead"
    LAST_DAY_OVER = "last_day_over"
    SIGN_OFF_NOT_AWAITED = "sign_off_not_awaited"
    BODY_EXPECTED = "body_expected"
    EXTENSION_LONGER = "extension_longer"
    EXTENSION_BEFORE_REPLY = "extension_before_reply"
    KEEPS_STARTED_RETURNS = "keeps_started_returns"
    REPLY_DAY_REACHED = "reply_day_reached"
    REPLY_OVER = "reply_over"
    REPLY_DAY_AHEAD = "reply_day_ahead"
    TIME_AHEAD = "time_ahead"
    PAIRS_SETTLED = "pairs_settled"
    REPLIES_RESOLVED = "replies_resolved"
    PLACEMENTS_FRESH = "placements_fresh"
    NO_TEST_ROUND = "no_test_round"
    NOTHING_APPROVED = "nothing_approved"
    NOTHING_PROPOSED = "nothing_proposed"
    PROPOSED = "proposed"
    AS_PROPOSED = "as_proposed"
    SECOND_PERSON = "second_person"
    APPROVED = "approved"
    INSTANT_AHEAD = "instant_ahead"
    INSTANT_REACHED = "instant_reached"
    NO_PUBLICATION_PROPOSED = "no_publication_proposed"


REFUSALS = {
    RoundGuard.VERSION_MATCHES: "Somebody else has changed the round since you opened the page.",
    RoundGuard.EVERY_DATE_GIVEN: "Enter the days of the reply and the time of publication first.",
    RoundGuard.DATES_IN_ORDER: "The dates are not in order.",
    RoundGuard.BODIES_EXPECTED: "No authority is expected. Add at least one.",
    RoundGuard.VERSIONS_LOADED: (
        "There is no rubric or no map of support groups to freeze, or the questions are not "
        "published."
    ),
    RoundGuard.CHECKS_DECIDED: (
        "The checks found something that nobody has decided about. Say why the round goes ahead."
    ),
    RoundGuard.REASON_GIVEN: "Give a reason.",
    RoundGuard.OPENING_DAY_REACHED: "Its opening day has not come.",
    RoundGuard.LAST_DAY_AHEAD: "The last day for edits must be today or later.",
    RoundGuard.LAST_DAY_OVER: "The last day for edits is not over.",
    RoundGuard.SIGN_OFF_NOT_AWAITED: (
        "Some returns await sign-off. An administrator must confirm the list first."
    ),
    RoundGuard.BODY_EXPECTED: "No return is expected from this authority in this round.",
    RoundGuard.EXTENSION_LONGER: (
        "An extension gives more time: its due day cannot be before the round’s, and its last day "
        "must be today or later and after the round’s."
    ),
    RoundGuard.EXTENSION_BEFORE_REPLY: "The last day must be before the reply opens.",
    RoundGuard.KEEPS_STARTED_RETURNS: "An authority that has started its return stays expected.",
    RoundGuard.REPLY_DAY_REACHED: "The first day of the reply has not come.",
    RoundGuard.REPLY_OVER: "The last day of the reply is not over.",
    RoundGuard.REPLY_DAY_AHEAD: "The last day of the reply must be today or later.",
    RoundGuard.TIME_AHEAD: "The time of publication must be ahead.",
    RoundGuard.PAIRS_SETTLED: (
        "Some pairs have neither a moderated national view nor “not assessed”."
    ),
    RoundGuard.REPLIES_RESOLVED: (
        "Some pairs are neither final nor “not assessed”: replies wait to be resolved."
    ),
    RoundGuard.PLACEMENTS_FRESH: (
        "The placements are not up to date or not complete. They are computed again within "
        "minutes; then try again."
    ),
    RoundGuard.NO_TEST_ROUND: "A test round is never published.",
    RoundGuard.NOTHING_APPROVED: (
        "Its publication is approved. Withdraw the approval first, while it is under embargo."
    ),
    RoundGuard.NOTHING_PROPOSED: "It is proposed already. Another person must approve it.",
    RoundGuard.PROPOSED: "Nobody has proposed it, or the proposal was taken back.",
    RoundGuard.AS_PROPOSED: (
        "The placements or the returns have changed since they were proposed. Take the proposal "
        "back and propose them as they are now."
    ),
    RoundGuard.SECOND_PERSON: "You have proposed it, so another person must approve it.",
    RoundGuard.APPROVED: "Nobody has approved its publication.",
    RoundGuard.INSTANT_AHEAD: (
        "The time of publication has passed, so everybody can see it. It can only be corrected."
    ),
    RoundGuard.INSTANT_REACHED: "The time of publication has not come.",
    RoundGuard.NO_PUBLICATION_PROPOSED: (
        "A correction of the whole round waits for its second person. It is approved or taken "
        "back first."
    ),
}

STATE_WORDS = {
    RoundState.DRAFT: "is a draft",
    RoundState.SCHEDULED: "is scheduled",
    RoundState.OPEN: "is open",
    RoundState.CLOSED: "is closed",
    RoundState.IN_REPLY: "is in reply",
    RoundState.FINALISING: "is being finalised",
    RoundState.PUBLISHED: "has been published",
}

EVENT_WORDS = {
    RoundEvent.CHANGE: "change the round",
    RoundEvent.EXPECT: "change who is expected",
    RoundEvent.SCHEDULE: "schedule the round",
    RoundEvent.BACK_TO_DRAFT: "make the round a draft again",
    RoundEvent.OPEN: "open the round",
    RoundEvent.CLOSE: "close the round",
    RoundEvent.REOPEN: "reopen the round",
    RoundEvent.EXTEND: "give an extension",
    RoundEvent.DECIDE: "decide about the checks",
    RoundEvent.HOLD_UP: "hold the round up",
    RoundEvent.START_REPLY: "start the reply",
    RoundEvent.END_REPLY: "end the reply",
    RoundEvent.REOPEN_REPLY: "give the reply more days",
    RoundEvent.MOVE_PUBLICATION: "change the time of publication",
    RoundEvent.PROPOSE: "propose the publication",
    RoundEvent.TAKE_BACK: "take the proposal back",
    RoundEvent.APPROVE: "approve the publication",
    RoundEvent.WITHDRAW: "withdraw the approval",
    RoundEvent.PUBLISH: "publish the round",
    RoundEvent.CORRECT: "approve the correction",
    RoundEvent.CORRECT_LEVEL: "correct a level of the round",
}

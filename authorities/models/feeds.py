"""Files of others that the register is compared with, row by row decided by a person.

Nothing of a file changes the register: what is taken becomes a reorganisation, the one way to
change geography.
"""

import uuid

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from authorities.models.bodies import Body, BodyKind
from authorities.models.people import User
from authorities.models.reorganisation import Reorganisation


class FeedLayout(models.TextChoices):
    """The layouts that are read. How each is told stands in `authorities/feed_file/`."""

    ONS_NAMES = "ons_names", "ONS names and codes"
    ONS_LOOKUP = "ons_lookup", "ONS lookup"
    ODS = "ods", "ODS organisations"
    OWN_AUTHORITIES = "own_authorities", "Register: strategic authorities"
    OWN_BOARDS = "own_boards", "Register: integrated care boards"
    OWN_COUNCILS = "own_councils", "Register: councils"
    OWN_BOARD_CODES = "own_board_codes", "Register: codes of boards"


class FeedScheme(models.TextChoices):
    """What a file names bodies by."""

    ONS = "ons", "ONS"
    ODS = "ods", "ODS"
    OWN = "own", "Register"


class FeedState(models.TextChoices):
    """Where the review of a file is."""

    TO_REVIEW = "to_review", "To review"
    REVIEWED = "reviewed", "Reviewed"
    DISCARDED = "discarded", "Discarded"


@pghistory.track()
class RegisterFeed(models.Model):
    """One file, as it was on the day that it describes."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    layout = models.CharField(max_length=16, choices=FeedLayout.choices)
    scheme = models.CharField(max_length=3, choices=FeedScheme.choices)
    covers = ArrayField(
        models.CharField(max_length=24, choices=BodyKind.choices),
        help_text="The kinds of which the file lists every body.",
    )
    kinds = ArrayField(
        models.CharField(max_length=24, choices=BodyKind.choices),
        help_text="The kinds of body in the file.",
    )
    day = models.DateField(help_text="The day that the file describes.")
    # Chosen by the server; the person's own name for the file is never used as a path.
    file = models.FileField(upload_to="register-feeds/%Y/%m")
    file_name = models.CharField(max_length=200)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    row_count = models.PositiveIntegerField(help_text="Bodies in the file.")
    same_count = models.PositiveIntegerField(help_text="Bodies that are the same here.")
    over_count = models.PositiveIntegerField(help_text="Closed in the file and never ours.")
    notices = ArrayField(models.TextField(), default=list)
    uploaded_by = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="register_feeds_uploaded"
    )
    uploaded_at = models.DateTimeField()
    state = models.CharField(max_length=9, choices=FeedState.choices, default=FeedState.TO_REVIEW)
    settled_by = models.ForeignKey(
        User, null=True, on_delete=models.PROTECT, related_name="register_feeds_settled"
    )
    settled_at = models.DateTimeField(null=True)
    settled_reason = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=FeedState.values), name="feed_state_is_known"
            ),
            models.CheckConstraint(
                condition=Q(layout__in=FeedLayout.values) & Q(scheme__in=FeedScheme.values),
                name="feed_layout_is_known",
            ),
            models.CheckConstraint(
                condition=Q(state="to_review", settled_by__isnull=True, settled_at__isnull=True)
                | ~Q(state="to_review") & Q(settled_by__isnull=False, settled_at__isnull=False),
                name="settled_feed_says_who",
            ),
            models.CheckConstraint(
                condition=~Q(state="discarded") | ~Q(settled_reason=""),
                name="discarded_feed_says_why",
            ),
            models.UniqueConstraint(
                fields=["sha256", "day"],
                condition=Q(state="to_review"),
                name="feed_in_one_review_a_day",
            ),
        ]
        indexes = [models.Index(fields=["-uploaded_at"], name="feeds_newest_first")]

    def __str__(self) -> str:
        return f"{self.file_name} of {self.day}"


class FeedDifferenceKind(models.TextChoices):
    """How a row and the register differ. The rules stand in `authorities/feed_difference/`."""

    ADDED = "added", "Added"
    CHANGED = "changed", "Changed"
    CLOSED = "closed", "Closed"
    UNKNOWN = "unknown", "Unknown"


class FeedAspect(models.TextChoices):
    """What of the body differs."""

    BODY = "body", "The body"
    NAME = "name", "Name"
    CODE = "code", "Code"
    OPENING = "opening", "Opening"
    AUTHORITY = "authority", "Strategic authority"
    BOARDS = "boards", "ICBs"


class FeedDecision(models.TextChoices):
    """What a person made of a difference."""

    UNDECIDED = "undecided", "To decide"
    TAKE = "take", "Taken"
    LEAVE = "leave", "Left"


@pghistory.track()
class FeedDifference(models.Model):
    """One difference between a file and the register, and what was decided of it."""

    feed = models.ForeignKey(RegisterFeed, on_delete=models.PROTECT, related_name="differences")
    position = models.PositiveIntegerField()
    kind = models.CharField(max_length=7, choices=FeedDifferenceKind.choices)
    aspect = models.CharField(max_length=9, choices=FeedAspect.choices)
    # Empty where the file's row is of no kind that the register holds.
    body_kind = models.CharField(max_length=24, blank=True)
    scheme = models.CharField(max_length=3, choices=FeedScheme.choices)
    # The address where the file is the register's own.
    code = models.CharField(max_length=100)
    name = models.CharField(max_length=200)
    detail = models.TextField()
    row = models.PositiveIntegerField(null=True, help_text="Of the file; empty where it has none.")
    body = models.ForeignKey(
        Body, null=True, on_delete=models.PROTECT, related_name="feed_differences"
    )
    group = models.ForeignKey(
        Body, null=True, on_delete=models.PROTECT, related_name="feed_memberships"
    )
    value = models.CharField(max_length=12, blank=True)
    other_codes = models.JSONField(default=list)
    # Slugs of bodies of the kind with a like name: offered, never decided.
    offers = models.JSONField(default=list)
    decision = models.CharField(
        max_length=9, choices=FeedDecision.choices, default=FeedDecision.UNDECIDED
    )
    reason = models.TextField(blank=True)
    match = models.ForeignKey(
        Body, null=True, on_delete=models.PROTECT, related_name="feed_matches"
    )
    entered = models.JSONField(default=dict)
    decided_by = models.ForeignKey(
        User, null=True, on_delete=models.PROTECT, related_name="feed_decisions"
    )
    decided_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)
    reorganisation = models.ForeignKey(
        Reorganisation, null=True, on_delete=models.PROTECT, related_name="feed_differences"
    )
    to_complete = models.TextField(
        blank=True, help_text="What the change still needs that the file does not say."
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["feed", "position"], name="difference_position_once"),
            models.CheckConstraint(
                condition=Q(kind__in=FeedDifferenceKind.values)
                & Q(aspect__in=FeedAspect.values)
                & Q(decision__in=FeedDecision.values),
                name="difference_is_of_a_known_kind",
            ),
            models.CheckConstraint(
                condition=Q(decision="undecided", decided_by__isnull=True, decided_at__isnull=True)
                | ~Q(decision="undecided") & Q(decided_by__isnull=False, decided_at__isnull=False),
                name="decided_difference_says_who",
            ),
            models.CheckConstraint(
                condition=~Q(decision="leave") | ~Q(reason=""), name="difference_left_says_why"
            ),
            models.CheckConstraint(
                condition=~Q(kind="unknown") | Q(decision="undecided"),
                name="unknown_difference_is_not_decided",
            ),
            models.CheckConstraint(
                condition=Q(reorganisation__isnull=True) | Q(decision="take"),
                name="only_what_is_taken_is_in_a_change",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.code} in {self.feed_id}"


class FeedFinding(models.Model):
    """The newest file of a scheme and kind beside the register as it is; computed weekly."""

    feed = models.ForeignKey(RegisterFeed, on_delete=models.CASCADE, related_name="findings")
    scheme = models.CharField(max_length=3, choices=FeedScheme.choices)
    kind = models.CharField(max_length=24, choices=BodyKind.choices)
    computed_at = models.DateTimeField()
    # [code, name] of open bodies that the file lacks, and of its bodies that are unknown here.
    absent = models.JSONField(default=list)
    unknown = models.JSONField(default=list)
    fault = models.TextField(blank=True, help_text="Why the file could not be compared.")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["scheme", "kind"], name="finding_once_a_kind"),
        ]

    def __str__(self) -> str:
        return f"{self.scheme} {self.kind} at {self.computed_at}"

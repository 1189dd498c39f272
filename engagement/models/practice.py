"""The practice library: examples that bodies share, in versions, found by their words."""

import uuid

import pghistory
import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import models
from django.db.models import Q

from authorities.models import Body, DevolvedFunction, User
from engagement.practice_lifecycle import OPEN_STATES, State, changes

# What people search, the title before the rest; the database keeps it as it stores a version.
SEARCH_CONFIG = "english"
_SEARCHED = (
    SearchVector("title", weight="A", config=SEARCH_CONFIG)
    + SearchVector("summary", weight="B", config=SEARCH_CONFIG)
    + SearchVector(
        *("what_was_done", "what_came", "evidence", "place", "by_whom"),
        weight="C",
        config=SEARCH_CONFIG,
    )
)
CONTENT = (
    *("title", "summary", "what_was_done", "what_came", "evidence", "place", "period"),
    *("by_whom", "source_title", "source_url", "source_date", "themes", "function"),
    "determinants",
)
_CHANGES = ", ".join(f"('{before}', '{after}')" for before, after in changes())


def _content(*, of: str) -> str:
    return f"ROW({', '.join(f'{of}.{column}' for column in CONTENT)})"


class PracticeState(models.TextChoices):
    """Where a version of an example is."""

    DRAFT = "draft", "Draft"
    PROPOSED = "proposed", "Proposed"
    RETURNED = "returned", "Returned"
    PUBLISHED = "published", "Published"
    REPLACED = "replaced", "Replaced"
    WITHDRAWN = "withdrawn", "Withdrawn"


@pghistory.track()
class PracticeExample(models.Model):
    """An example of a body; without one, and with a key, it came with the project's own file."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    body = models.ForeignKey(
        Body, null=True, on_delete=models.PROTECT, related_name="practice_examples"
    )
    key = models.SlugField(max_length=60, null=True, unique=True)
    started_at = models.DateTimeField()
    form_key = models.UUIDField(unique=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(body__isnull=False, key__isnull=True)
                | Q(body__isnull=True, key__isnull=False),
                name="practice_is_of_a_body_or_of_the_file",
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="practice_example_never_deleted", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return str(self.pk)


@pghistory.track(exclude=["searched"])
class PracticeVersion(models.Model):
    """What an example says. Its text stays once it is proposed.

    period: when it happened, in words. reason: why it was returned or withdrawn.
    """

    example = models.ForeignKey(PracticeExample, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    state = models.CharField(
        max_length=9, choices=PracticeState.choices, default=PracticeState.DRAFT
    )
    title = models.CharField(max_length=150)
    summary = models.TextField()
    what_was_done = models.TextField()
    what_came = models.TextField()
    evidence = models.TextField(blank=True)
    place = models.CharField(max_length=120)
    period = models.CharField(max_length=60)
    by_whom = models.CharField(max_length=200)
    source_title = models.CharField(max_length=200)
    source_url = models.URLField(max_length=500)
    source_date = models.DateField(null=True)
    themes = ArrayField(models.CharField(max_length=4), default=list)
    function = models.CharField(max_length=28, choices=DevolvedFunction.choices, blank=True)
    determinants = ArrayField(models.SlugField(max_length=60), default=list)
    searched = models.GeneratedField(
        expression=_SEARCHED, output_field=SearchVectorField(), db_persist=True
    )
    edited_at = models.DateTimeField()
    edited_by = models.ForeignKey(
        User, null=True, on_delete=models.PROTECT, related_name="practice_edited"
    )
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(
        User, null=True, on_delete=models.PROTECT, related_name="practice_decided"
    )
    reason = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["example", "number"], name="practice_version_once"),
            models.CheckConstraint(
                condition=Q(state__in=PracticeState.values), name="practice_state_is_known"
            ),
            models.UniqueConstraint(
                fields=["example"],
                condition=Q(state__in=[state.value for state in OPEN_STATES]),
                name="practice_has_one_open_version",
            ),
            models.UniqueConstraint(
                fields=["example"],
                condition=Q(state=PracticeState.PUBLISHED),
                name="practice_has_one_public_version",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[PracticeState.RETURNED, PracticeState.WITHDRAWN])
                | ~Q(reason=""),
                name="practice_taken_back_says_why",
            ),
            models.CheckConstraint(
                condition=~Q(title="")
                & ~Q(summary="")
                & ~Q(what_was_done="")
                & ~Q(what_came="")
                & ~Q(source_title="")
                & ~Q(source_url=""),
                name="practice_says_what_and_from_where",
            ),
            models.CheckConstraint(
                condition=Q(function__in=["", *DevolvedFunction.values]),
                name="practice_function_is_known",
            ),
        ]
        indexes = [
            GinIndex(fields=["searched"], name="practice_searched"),
            GinIndex(fields=["themes"], name="practice_themes"),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="practice_takes_steps_of_the_table",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__state__df=pgtrigger.F("new__state")),
                func=f"""
                    IF (OLD.state, NEW.state) NOT IN ({_CHANGES}) THEN
                        RAISE EXCEPTION 'a practice example does not go from % to %',
                            OLD.state, NEW.state USING ERRCODE = 'check_violation';
                    END IF;
                    RETURN NEW;
                """,
            ),
            pgtrigger.Protect(
                name="practice_text_stays",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(
                    f"OLD.state NOT IN ('{State.DRAFT}', '{State.RETURNED}')"
                    f" AND {_content(of='OLD')} IS DISTINCT FROM {_content(of='NEW')}"
                ),
            ),
            pgtrigger.Protect(name="practice_version_never_deleted", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return self.title

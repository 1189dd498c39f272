"""What the duty asks: questions as data, in versions that are frozen once published."""

from collections.abc import Collection

import pgtrigger
from django.db import models
from django.db.models import Q

from authorities.models import User


class Section(models.TextChoices):
    """The parts of a return: four specifications, and what stands around them."""

    CO_OPERATION = "co-operation", "Co-operation"
    STRATEGY = "strategy", "Strategy"
    HEALTH_TEAM = "health-team", "Health team"
    OUTCOMES_FRAMEWORK = "outcomes-framework", "Outcomes framework"
    ABOUT = "about", "About this return"


class TheoryOfChange(models.TextChoices):
    """Where in the theory of change a question stands."""

    INPUT = "input", "Input"
    PROCESS = "process", "Process"
    OUTPUT = "output", "Output"
    OUTCOME = "outcome", "Outcome"


_FROZEN = """
    IF EXISTS (
        SELECT 1 FROM duty_specification
        WHERE id IN (OLD.specification_id, NEW.specification_id)
        AND published_at IS NOT NULL
    ) THEN
        RAISE EXCEPTION 'a published specification cannot change' USING ERRCODE = 'check_violation';
    END IF;
    RETURN COALESCE(NEW, OLD);
"""


class Specification(models.Model):
    """A version of what the duty asks: a draft until it is published.

    `sections` holds, by a section's code, its own title, the words before its questions and its
    place among the sections; what is not there is as it was in version 1.
    """

    version = models.PositiveSmallIntegerField(unique=True)
    title = models.CharField(max_length=200)
    source = models.TextField(blank=True)
    published_at = models.DateTimeField(null=True)
    published_by = models.ForeignKey(
        User, null=True, on_delete=models.PROTECT, related_name="published_specifications"
    )
    sections = models.JSONField(default=dict)
    revision = models.PositiveIntegerField(default=1, help_text="Counts the changes of a draft.")
    copied_from = models.PositiveSmallIntegerField(
        null=True, help_text="The version that it was copied from."
    )
    drafted_at = models.DateTimeField(null=True)
    drafted_by = models.ForeignKey(
        User, null=True, on_delete=models.PROTECT, related_name="drafted_specifications"
    )
    # The key of the form that made it: the same form sent twice makes one draft.
    form_key = models.UUIDField(null=True, unique=True)

    class Meta:
        triggers = [
            pgtrigger.Protect(
                name="published_is_frozen",
                operation=pgtrigger.Update | pgtrigger.Delete,
                condition=pgtrigger.Q(old__published_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"version {self.version}"

    @property
    def section_order(self) -> tuple[str, ...]:
        """The codes of the sections as a return asks them, “about this return” always last."""
        places = {
            code: self.sections.get(code, {}).get("place", place)
            for place, code in enumerate(Section.values)
        }
        return tuple(sorted(Section.values, key=lambda code: (code == Section.ABOUT, places[code])))

    @property
    def section_choices(self) -> tuple[tuple[str, str], ...]:
        """Code and title of every section, in the order of a return; for forms."""
        return tuple((code, self.section_title(code)) for code in self.section_order)

    def section_titles(self, sections: Collection[str]) -> list[str]:
        """What some sections are called, in the order of a return."""
        return [title for code, title in self.section_choices if code in sections]

    def section_title(self, section: str) -> str:
        """What a section is called in this version."""
        own: str = self.sections.get(section, {}).get("title", "")
        return own or Section(section).label

    def section_intro(self, section: str) -> str:
        """What stands before a section's questions in this version."""
        intro: str = self.sections.get(section, {}).get("intro", "")
        return intro


class Question(models.Model):
    """One question. What its type needs (options, columns, limits, rules) stands in `config`."""

    specification = models.ForeignKey(
        Specification, on_delete=models.PROTECT, related_name="questions"
    )
    section = models.CharField(max_length=20, choices=Section.choices)
    code = models.CharField(max_length=12)
    order = models.PositiveSmallIntegerField(help_text="Within its section, from 1.")
    theory_of_change = models.CharField(max_length=8, choices=TheoryOfChange.choices)
    floor = models.BooleanField(help_text="Part of the minimum floor.")
    text = models.TextField()
    answer_type = models.CharField(max_length=24)
    config = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["specification", "code"], name="question_code_once"),
            models.UniqueConstraint(
                fields=["specification", "section", "order"], name="question_order_once"
            ),
            models.CheckConstraint(
                condition=Q(section__in=Section.values), name="section_is_known"
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="frozen_with_its_specification",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
                func=_FROZEN,
            ),
        ]

    def __str__(self) -> str:
        return self.code

"""The bodies: strategic authorities, integrated care boards, councils and the rest.

A body's identity is its row. Names, codes, tiers and memberships are dated facts about it, in
`identity.py` and `geography.py`, since England's bodies merge, split and change their codes.
"""

import uuid
from datetime import date
from typing import Self, TypeVar

import pghistory
import pgtrigger
from django.db import models
from django.db.models import F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce


class BodyKind(models.TextChoices):
    """What a body is. One table for all, so that codes, names and observations refer to any."""

    STRATEGIC_AUTHORITY = "strategic_authority", "Strategic authority"
    INTEGRATED_CARE_BOARD = "integrated_care_board", "Integrated care board"
    COUNCIL = "council", "Council"
    COUNTRY = "country", "Country"
    REGION = "region", "Region"
    NHS_REGION = "nhs_region", "NHS region"
    CLUSTER = "cluster", "Cluster of integrated care boards"
    NATIONAL = "national", "National body"


class Certainty(models.TextChoices):
    """How sure a fact of the register is."""

    HIGH = "high", "High"
    MEDIUM = "medium", "Medium"
    LOW = "low", "Low"


def _fact_as_at(model: str, field: str, day: date, **which: str) -> Coalesce:
    """The body's dated fact on the day, or its newest where none holds then."""
    facts = (
        Body._meta.apps.get_model("authorities", model)
        ._default_manager.filter(body=OuterRef("pk"), **which)
        .order_by(F("valid").desc())
    )
    return Coalesce(
        Subquery(facts.filter(valid__contains=day).values(field)[:1]),
        Subquery(facts.values(field)[:1]),
    )


_AnyBody = TypeVar("_AnyBody", bound="Body", covariant=True)


class BodyQuerySet(models.QuerySet[_AnyBody]):
    """Bodies, with the questions that depend on a day."""

    def as_at(self, day: date) -> Self:
        """Keep the bodies that existed on the day."""
        return self.filter(Q(closed_on__isnull=True) | Q(closed_on__gt=day), opened_on__lte=day)

    def known_as_at(self, day: date) -> Self:
        """Keep the bodies that existed on the day or were planned then."""
        return self.filter(
            Q(closed_on__isnull=True) | Q(closed_on__gt=day),
            Q(opened_on__lte=day) | Q(opened_on__isnull=True) | Q(opened_on__gt=day, planned=True),
        )

    def with_facts(self, day: date) -> Self:
        """Add `name`, `short_name`, `ons_code` and `ods_code` as they were on the day."""
        return self.annotate(
            name=_fact_as_at("BodyName", "name", day),
            short_name=_fact_as_at("BodyName", "short_name", day),
            ons_code=_fact_as_at("BodyCode", "value", day, scheme="ons"),
            ods_code=_fact_as_at("BodyCode", "value", day, scheme="ods"),
        )


@pghistory.track()
class Body(models.Model):
    """A public body or an area that figures are published for."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=24, choices=BodyKind.choices)
    slug = models.SlugField(max_length=100)
    opened_on = models.DateField(null=True, help_text="First day; empty while only planned.")
    closed_on = models.DateField(null=True, help_text="First day on which it no longer exists.")
    planned = models.BooleanField(default=False, help_text="Planned or proposed, not yet open.")
    certainty = models.CharField(max_length=6, choices=Certainty.choices, default=Certainty.HIGH)
    source = models.TextField(blank=True)
    note = models.TextField(blank=True)

    objects = BodyQuerySet.as_manager()

    class Meta:
        constraints = [
            # Slugs of two kinds may be the same (South Yorkshire); addresses name the kind.
            models.UniqueConstraint(fields=["kind", "slug"], name="body_slug_once_per_kind"),
            models.CheckConstraint(
                condition=Q(closed_on__isnull=True) | Q(closed_on__gt=F("opened_on")),
                name="body_closes_after_it_opens",
            ),
            models.CheckConstraint(
                condition=Q(opened_on__isnull=False) | Q(planned=True),
                name="body_is_open_or_planned",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=BodyKind.values), name="body_kind_is_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.slug}"


def _kind_trigger(kind: BodyKind) -> pgtrigger.Trigger:
    """The child table of a kind takes bodies of that kind only."""
    return pgtrigger.Trigger(
        name="kind_fits",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert,
        func=f"""
            IF (SELECT kind FROM authorities_body WHERE id = NEW.body_ptr_id) <> '{kind.value}' THEN
                RAISE EXCEPTION 'the body is not a {kind.value}' USING ERRCODE = 'check_violation';
            END IF;
            RETURN NEW;
        """,
    )


class StrategicAuthority(Body):
    """A holder of the health duty."""

    legal_instrument = models.TextField(blank=True)
    first_mayoral_election = models.DateField(null=True)
    next_mayoral_election = models.DateField(null=True)

    class Meta:
        triggers = [_kind_trigger(BodyKind.STRATEGIC_AUTHORITY)]


class IntegratedCareBoard(Body):
    """An NHS integrated care board (ICB)."""

    class Meta:
        triggers = [_kind_trigger(BodyKind.INTEGRATED_CARE_BOARD)]


class Council(Body):
    """An upper-tier or unitary council."""

    class Meta:
        triggers = [_kind_trigger(BodyKind.COUNCIL)]

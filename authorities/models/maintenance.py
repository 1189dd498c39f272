"""When the site is announced to be under maintenance, and when it can only be read."""

import pgtrigger
from django.db import models
from django.db.models import F, Q


class MaintenanceKind(models.TextChoices):
    """What a maintenance means for people."""

    # A notice on every page; nothing else changes.
    ANNOUNCED = "announced", "Announced"
    # Nothing can be saved or sent.
    READ_ONLY = "read_only", "Read only"


class Maintenance(models.Model):
    """A time of work on the site, until somebody ends it. `until` is when that is expected."""

    kind = models.CharField(max_length=9, choices=MaintenanceKind.choices)
    starts_at = models.DateTimeField()
    until = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=MaintenanceKind.values), name="maintenance_kind_is_known"
            ),
            models.CheckConstraint(
                condition=Q(until__gt=F("starts_at")), name="maintenance_lasts_a_while"
            ),
            models.UniqueConstraint(
                fields=["kind"], condition=Q(ended_at__isnull=True), name="one_maintenance_a_kind"
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="maintenance_never_deleted", operation=pgtrigger.Delete),
            pgtrigger.Trigger(
                name="maintenance_stays_and_ends_once",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                func="""
                    IF OLD.ended_at IS NOT NULL OR (OLD.kind, OLD.starts_at, OLD.until)
                        IS DISTINCT FROM (NEW.kind, NEW.starts_at, NEW.until)
                    THEN
                        RAISE EXCEPTION 'a maintenance stays as it was said and ends once'
                            USING ERRCODE = 'check_violation';
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} until {self.until}"

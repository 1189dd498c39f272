"""A revision of a round: approved by two people, seen by everybody from a set instant."""

from datetime import datetime

import pgtrigger
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Now

from authorities.models import StrategicAuthority, User
from duty.models import Round, Submission

_KEPT = (
    *("id", "round_id", "number", "published_at", "proposed_by_id", "approved_by_id"),
    *("approved_at", "reason"),
)
_CHANGED = " OR ".join(f"OLD.{name} IS DISTINCT FROM NEW.{name}" for name in _KEPT)


class PublicationQuerySet(models.QuerySet["Publication"]):
    """Revisions, those that nobody may see yet or any more included."""

    def standing(self) -> "PublicationQuerySet":
        """Keep those that were not withdrawn, whether or not their instant has come."""
        return self.filter(withdrawn_at__isnull=True)

    def visible(self, *, until: datetime | None = None) -> "PublicationQuerySet":
        """Keep those that everybody may see, by the database's clock; no job is waited for.

        With an instant, those of them that everybody could see then.
        """
        found = self.standing().filter(published_at__lte=Now())
        return found if until is None else found.filter(published_at__lte=until)

    def embargoed(self) -> "PublicationQuerySet":
        """Keep those that are approved and that nobody outside the centre may see yet."""
        return self.standing().filter(published_at__gt=Now())

    def current(self, *, until: datetime | None = None) -> "PublicationQuerySet":
        """Keep the newest that everybody may see of each round, or could see at an instant."""
        later = Publication.objects.visible(until=until).filter(
            round_id=OuterRef("round_id"), number__gt=OuterRef("number")
        )
        return self.visible(until=until).filter(~Exists(later))


class Publication(models.Model):
    """An approved revision of a round. A correction is a new one; only its withdrawal is marked."""

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="publications")
    number = models.PositiveSmallIntegerField()
    published_at = models.DateTimeField(help_text="From then on everybody may see it.")
    proposed_by = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="publications_proposed"
    )
    approved_by = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="publications_approved"
    )
    approved_at = models.DateTimeField(help_text="By the database's clock.")
    reason = models.TextField(blank=True, help_text="What a correction corrects.")
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey(
        User, null=True, on_delete=models.PROTECT, related_name="publications_withdrawn"
    )
    withdrawn_reason = models.TextField(blank=True)

    objects = PublicationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["round", "number"],
                condition=Q(withdrawn_at__isnull=True),
                name="publication_number_once",
            ),
            models.CheckConstraint(
                condition=~Q(approved_by=F("proposed_by")), name="publication_by_two_people"
            ),
            models.CheckConstraint(
                condition=Q(published_at__gte=F("approved_at")),
                name="publication_seen_once_approved",
            ),
            models.CheckConstraint(
                condition=Q(number=1) | ~Q(reason=""), name="correction_says_why"
            ),
            models.CheckConstraint(
                condition=Q(
                    withdrawn_at__isnull=True, withdrawn_by__isnull=True, withdrawn_reason=""
                )
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False)
                & ~Q(withdrawn_reason=""),
                name="withdrawal_says_who_and_why",
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="never_removed", operation=pgtrigger.Delete),
            pgtrigger.Trigger(
                name="withdrawn_only_under_embargo",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                func=f"""
                    IF {_CHANGED} OR OLD.withdrawn_at IS NOT NULL
                        OR clock_timestamp() >= OLD.published_at THEN
                        RAISE EXCEPTION 'a revision stays as it was approved'
                            USING ERRCODE = 'check_violation';
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.round_id} revision {self.number}"


class PublishedReturn(models.Model):
    """What a revision says of an expected return: the submission that stood, or none."""

    publication = models.ForeignKey(Publication, on_delete=models.PROTECT, related_name="returns")
    authority = models.ForeignKey(
        StrategicAuthority, on_delete=models.PROTECT, related_name="published_returns"
    )
    submission = models.ForeignKey(
        Submission, null=True, on_delete=models.PROTECT, related_name="published_returns"
    )
    accepted = models.BooleanField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["publication", "authority"], name="published_return_once"
            ),
            models.CheckConstraint(
                condition=Q(accepted=False) | Q(submission__isnull=False),
                name="accepted_return_was_submitted",
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.authority_id} in {self.publication_id}"

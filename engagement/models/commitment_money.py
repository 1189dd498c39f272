"""Money of a joint commitment, as one side states it."""

import uuid

import pgtrigger
from django.db import models
from django.db.models import Q

from authorities.models import User
from duty.record_words import PREVENTION_WORDS
from duty.standing_records import Prevention
from engagement.commitment_lifecycle import SETTLED
from engagement.models.commitment import Commitment
from engagement.models.rubric import Side
from outcomes.models.marks import only_marked

FIRST_YEAR, LAST_YEAR = 2000, 2099
_SETTLED = ", ".join(f"'{state.value}'" for state in SETTLED)


class MoneySource(models.TextChoices):
    """Where money comes from."""

    SETTLEMENT = "integrated_settlement", "Integrated settlement"
    BOARD = "icb", "The ICB"
    OTHER = "other", "Another source"
    UNKNOWN = "unknown", "Not known"


class CommitmentMoney(models.Model):
    """A line of money: of one source, for one financial year, stated by one side.

    year: the first one, so that 2026 is 2026/27. amount: in pounds; None is not known, and not
    nought. A correction is a new row: the earlier one is marked and names it. A withdrawn one says
    why, and has none after it.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    commitment = models.ForeignKey(Commitment, on_delete=models.PROTECT, related_name="money")
    side = models.CharField(max_length=3, choices=Side.choices)
    source = models.CharField(max_length=21, choices=MoneySource.choices)
    year = models.PositiveSmallIntegerField()
    amount = models.DecimalField(max_digits=13, decimal_places=2, null=True)
    prevention = models.CharField(
        max_length=7, choices=[(one.value, PREVENTION_WORDS[one]) for one in Prevention]
    )
    purpose = models.CharField(max_length=200, blank=True)
    stated_at = models.DateTimeField()
    stated_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    form_key = models.UUIDField(unique=True)
    superseded_at = models.DateTimeField(null=True)
    superseded_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    replaced_by = models.OneToOneField(
        "self", null=True, on_delete=models.PROTECT, related_name="replaces"
    )
    withdrawn_reason = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["commitment", "side", "source", "year", "prevention"],
                condition=Q(superseded_at__isnull=True),
                name="commitment_money_current_once",
            ),
            models.CheckConstraint(
                condition=Q(amount__isnull=True) | Q(amount__gte=0),
                name="commitment_money_is_not_negative",
            ),
            models.CheckConstraint(
                condition=Q(source__in=MoneySource.values)
                & Q(prevention__in=[one.value for one in Prevention])
                & Q(year__range=(FIRST_YEAR, LAST_YEAR)),
                name="commitment_money_says_whence_and_when",
            ),
            models.CheckConstraint(
                condition=Q(
                    superseded_at__isnull=True,
                    superseded_by__isnull=True,
                    replaced_by__isnull=True,
                    withdrawn_reason="",
                )
                | Q(superseded_at__isnull=False, superseded_by__isnull=False)
                & (
                    Q(replaced_by__isnull=False, withdrawn_reason="")
                    | Q(replaced_by__isnull=True) & ~Q(withdrawn_reason="")
                ),
                name="commitment_money_ends_once_and_says_how",
            ),
        ]
        triggers = [
            *only_marked(
                name="commitment_money",
                mark="superseded_at",
                what="money of a commitment",
                beside=("superseded_by_id", "replaced_by_id", "withdrawn_reason"),
            ),
            pgtrigger.Trigger(
                name="money_while_the_commitment_is_open",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                func=f"""
                    IF EXISTS (
                        SELECT FROM engagement_commitment AS promised
                        WHERE promised.id = NEW.commitment_id AND promised.state IN ({_SETTLED})
                    ) THEN
                        RAISE EXCEPTION 'the money of what is declined or closed is frozen'
                            USING ERRCODE = 'check_violation';
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source} {self.year} for {self.commitment_id}"

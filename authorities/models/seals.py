"""Seals over the audit: each holds what a batch of rows was, and what the seal before it was."""

import pgtrigger
from django.db import models
from django.db.models import F, Q


class SealedTable(models.TextChoices):
    """The tables whose rows are sealed."""

    AUDIT = "audit", "What was done"
    ACCESS = "access", "Who signed in and saw what"


class AuditSeal(models.Model):
    """A link of the chain: rows of one table with keys from `first_id` to `last_id`, both included.

    A key in that range that had no row when it was sealed was given to a transaction that was
    undone. `digest` is over all other fields of the seal (see `authorities/seal_chain.py`).
    """

    number = models.PositiveBigIntegerField(unique=True)
    ledger = models.CharField(max_length=6, choices=SealedTable.choices)
    first_id = models.BigIntegerField()
    last_id = models.BigIntegerField()
    rows = models.PositiveIntegerField()
    # Of each row its key (8 bytes) and the SHA-256 of its text (32), so that a row can be named.
    leaves = models.BinaryField()
    previous = models.CharField(max_length=64, blank=True)
    digest = models.CharField(max_length=64)
    sealed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ledger__in=SealedTable.values), name="seals_a_table"
            ),
            models.CheckConstraint(
                condition=Q(last_id__gte=F("first_id")), name="seals_from_first_to_last"
            ),
            models.UniqueConstraint(fields=["ledger", "first_id"], name="sealed_once"),
        ]
        triggers = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"seal {self.number}"

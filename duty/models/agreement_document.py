"""The document of a partnership agreement, as a file that its parties read."""

import uuid

import pghistory
import pgtrigger
from django.db import models
from django.db.models import F, Q

from authorities.models import User
from duty.evidence_file import MOST_BYTES, FileKind
from duty.models.agreement import PartnershipAgreement
from outcomes.models.marks import only_marked


@pghistory.track()
class AgreementDocument(models.Model):
    """A file that somebody sent as an agreement's document, kept outside the web root.

    The agreement says which one it now holds. One that was signed stays; of another that was
    replaced or removed, the file goes and the row says so.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    agreement = models.ForeignKey(
        PartnershipAgreement, on_delete=models.PROTECT, related_name="documents"
    )
    # Chosen by the server; the person's own name for the file is never used as a path.
    file = models.FileField(upload_to="agreements/%Y/%m")
    file_name = models.CharField(max_length=200)
    kind = models.CharField(max_length=4, choices=[(kind.value, kind.name) for kind in FileKind])
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    # Made by the server for each form shown, so that a double click stores once.
    form_key = models.UUIDField(unique=True)
    received_at = models.DateTimeField()
    received_by = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="agreement_documents_received"
    )
    erased_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=[kind.value for kind in FileKind]),
                name="agreement_document_is_of_a_known_kind",
            ),
            models.CheckConstraint(
                condition=Q(size__gte=1, size__lte=MOST_BYTES),
                name="agreement_document_is_of_a_size",
            ),
            models.CheckConstraint(
                condition=Q(erased_at__isnull=True) | Q(erased_at__gte=F("received_at")),
                name="agreement_document_erased_after_it_came",
            ),
        ]
        triggers = [
            *only_marked(
                name="agreement_document", mark="erased_at", what="a document of an agreement"
            ),
            pgtrigger.Trigger(
                name="document_that_counts_stays",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(new__erased_at__isnull=False),
                func="""
                    IF EXISTS (
                        SELECT FROM duty_partnershipagreement AS holder
                        WHERE holder.document_id = NEW.id
                    ) OR EXISTS (
                        SELECT FROM duty_agreementsignature AS given
                        WHERE given.agreement_id = NEW.agreement_id
                            AND given.content -> 'document' ->> 'id' = NEW.id::text
                    ) THEN
                        RAISE EXCEPTION 'a document that is held or was signed stays'
                            USING ERRCODE = 'check_violation';
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.file_name} of {self.agreement_id}"

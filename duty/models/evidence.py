"""What stands behind an answer: links, and files with their checksums."""

import uuid

import pghistory
import pgtrigger
from django.db import models
from django.db.models import Q

from authorities.models import User
from duty.evidence_file import MOST_BYTES, FileKind
from duty.models.duty_return import Answer, DutyReturn, locked_with_its_return


class EvidenceKind(models.TextChoices):
    """What shows that an answer is so."""

    LINK = "link", "Link"
    FILE = "file", "File"


@pghistory.track()
class EvidenceFile(models.Model):
    """A file that somebody sent as evidence, kept outside the web root.

    It goes when nothing refers to it any more; one that was submitted stays.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    duty_return = models.ForeignKey(
        DutyReturn, on_delete=models.PROTECT, related_name="evidence_files"
    )
    # Chosen by the server; the person's own name for the file is never used as a path.
    file = models.FileField(upload_to="evidence/%Y/%m")
    file_name = models.CharField(max_length=200)
    kind = models.CharField(max_length=4, choices=[(kind.value, kind.name) for kind in FileKind])
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    # Made by the server for each form shown, so that a double click stores once.
    form_key = models.UUIDField(unique=True)
    received_at = models.DateTimeField()
    received_by = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="evidence_files_received"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=[kind.value for kind in FileKind]),
                name="evidence_file_is_of_a_known_kind",
            ),
            models.CheckConstraint(
                condition=Q(size__gte=1, size__lte=MOST_BYTES), name="evidence_file_is_of_a_size"
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="evidence_file_never_edited", operation=pgtrigger.Update),
            pgtrigger.Trigger(
                name="submitted_file_stays",
                when=pgtrigger.Before,
                operation=pgtrigger.Delete,
                # A submission names its files by their keys, which occur nowhere else.
                func="""
                    IF EXISTS (
                        SELECT 1 FROM duty_submission
                        WHERE position(OLD.id::text IN content::text) > 0
                    ) THEN
                        RAISE EXCEPTION 'a submitted file stays' USING ERRCODE = 'check_violation';
                    END IF;
                    RETURN OLD;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.file_name} of {self.duty_return_id}"


@pghistory.track()
class Evidence(models.Model):
    """A link or file behind an answer."""

    answer = models.ForeignKey(Answer, on_delete=models.CASCADE, related_name="evidence")
    kind = models.CharField(max_length=4, choices=EvidenceKind.choices)
    title = models.CharField(max_length=200, blank=True)
    url = models.URLField(max_length=500, blank=True)
    pages = models.CharField(max_length=100, blank=True, help_text="Whole numbers with commas.")
    file = models.ForeignKey(
        EvidenceFile, null=True, on_delete=models.PROTECT, related_name="evidence"
    )
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="evidence_added")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(kind=EvidenceKind.LINK) | Q(url__regex=r"^https?://"),
                name="link_is_http_or_https",
            ),
            models.CheckConstraint(
                condition=Q(kind=EvidenceKind.FILE, file__isnull=False)
                | Q(kind=EvidenceKind.LINK, file__isnull=True),
                name="evidence_is_a_link_or_has_its_file",
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="locked_with_its_return",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
                func=locked_with_its_return(
                    path="(SELECT duty_return_id FROM duty_answer "
                    "WHERE id = COALESCE(NEW.answer_id, OLD.answer_id))"
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} for {self.answer_id}"

    @property
    def shown(self) -> str:
        """How a page calls it: by its title, or else by its address or its file's name."""
        return self.title or self.url or (self.file.file_name if self.file else "")

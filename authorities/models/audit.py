"""Who did what, when: one row for each write, in the write's own transaction."""

import pgtrigger
from django.db import models

from authorities.models.bodies import Body
from authorities.models.people import User


class AuditEvent(models.Model):
    """A write that happened. Holds identifiers and codes, never answers or figures."""

    at = models.DateTimeField()
    by = models.ForeignKey(
        User, null=True, on_delete=models.PROTECT, related_name="audit_events", db_index=False
    )
    action = models.CharField(max_length=60)
    body = models.ForeignKey(
        Body, null=True, on_delete=models.PROTECT, related_name="audit_events", db_index=False
    )
    target_type = models.CharField(max_length=60)
    target_id = models.CharField(max_length=60)
    detail = models.JSONField(default=dict)

    class Meta:
        indexes = [
            models.Index(fields=["target_type", "target_id"], name="audit_by_target"),
            # A list that is searched by one of these reads no more rows than it shows.
            models.Index(fields=["at", "id"], name="audit_by_time"),
            models.Index(fields=["by", "at", "id"], name="audit_by_person"),
            models.Index(fields=["body", "at", "id"], name="audit_by_body"),
            models.Index(fields=["action", "at", "id"], name="audit_by_action"),
            models.Index(fields=["target_id", "at", "id"], name="audit_by_thing"),
        ]
        triggers = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.action} {self.target_type} {self.target_id}"

"""Who did what, when: one row for each write, in the write's own transaction."""

import pgtrigger
from django.db import models

from authorities.models.bodies import Body
from authorities.models.people import User


class AuditEvent(models.Model):
    """A write that happened. Holds identifiers and codes, never answers or figures."""

    at = models.DateTimeField(db_index=True)
    by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="audit_events")
    action = models.CharField(max_length=60)
    body = models.ForeignKey(Body, null=True, on_delete=models.PROTECT, related_name="audit_events")
    target_type = models.CharField(max_length=60)
    target_id = models.CharField(max_length=60)
    detail = models.JSONField(default=dict)

    class Meta:
        indexes = [models.Index(fields=["target_type", "target_id"], name="audit_by_target")]
        triggers = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.action} {self.target_type} {self.target_id}"

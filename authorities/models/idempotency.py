"""What was answered to requests that carry a key, so that the same one sent again does no more."""

from django.db import models
from django.db.models import Q

from authorities.models.people import User


class KeyedRequest(models.Model):
    """A request and its answer; forgotten after some days."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="keyed_requests")
    credential = models.CharField(
        max_length=80, help_text="What the caller showed: a session of the person, or a token."
    )
    key = models.CharField(max_length=100, help_text="Made by the caller for one thing to do.")
    method = models.CharField(max_length=6)
    path = models.CharField(max_length=300)
    body_sha256 = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField()
    headers = models.JSONField(default=dict)
    content = models.TextField(blank=True)
    answered_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["credential", "key"], name="request_key_once"),
            models.CheckConstraint(condition=~Q(key=""), name="request_key_is_given"),
            models.CheckConstraint(
                condition=Q(status__gte=200, status__lt=500) & ~Q(status__in=[401, 409, 429]),
                name="passing_refusals_are_not_remembered",
            ),
        ]
        indexes = [models.Index(fields=["answered_at"], name="requests_by_age")]

    def __str__(self) -> str:
        return f"{self.method} {self.path}"

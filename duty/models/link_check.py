"""What became of the links behind answers: computed, and never part of an answer."""

from django.db import models
from django.db.models import Q


class LinkState(models.TextChoices):
    """What a link did when it was last asked."""

    ANSWERED = "answered", "Answered"
    DEAD = "dead", "Did not answer"
    NOT_ASKED = "not_asked", "Not asked"


class LinkCheck(models.Model):
    """One link, whoever names it, as it was last asked."""

    url = models.CharField(max_length=500, unique=True)
    state = models.CharField(max_length=9, choices=LinkState.choices)
    detail = models.CharField(
        max_length=200, help_text="The answer's status, or why there is none."
    )
    asked_at = models.DateTimeField()
    dead_since = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=LinkState.values), name="link_state_is_known"
            ),
            models.CheckConstraint(
                condition=Q(state=LinkState.DEAD, dead_since__isnull=False)
                | ~Q(state=LinkState.DEAD) & Q(dead_since__isnull=True),
                name="dead_link_says_since_when",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.url} {self.state}"

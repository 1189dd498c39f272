"""What somebody typed and could not send, because their session had ended."""

from django.db import models

from authorities.models import User


class UnsentText(models.Model):
    """The fields of one form as they were sent after the session ended; no answer, and no record.

    Shown to nobody but the person who typed it, and thrown away within a day.
    """

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="unsent_texts")
    path = models.CharField(max_length=500, help_text="The page of the form.")
    # Each name with its values, in the order of the form.
    fields = models.JSONField()
    kept_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "path"], name="unsent_text_once_a_page"),
        ]

    def __str__(self) -> str:
        return f"{self.path} by {self.user_id}"

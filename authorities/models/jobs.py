"""What jobs of the queue did, job by job: for whoever watches the site."""

from django.db import models


class JobRecord(models.Model):
    """How often a job was done and failed, how long that took, and when last."""

    name = models.CharField(max_length=100, unique=True)
    succeeded = models.PositiveBigIntegerField(default=0)
    failed = models.PositiveBigIntegerField(default=0)
    seconds_of_succeeded = models.FloatField(default=0)
    seconds_of_failed = models.FloatField(default=0)
    succeeded_at = models.DateTimeField(null=True)
    failed_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.name

"""Seals what the audit holds, as the job of each minute does: `manage.py seal_audit`."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from authorities.actions.seals import seal


class Command(BaseCommand):
    """Says how many seals were made."""

    help = "Seal the rows of the audit and of the log of access that no seal covers yet."

    def handle(self, *args: Any, **options: Any) -> None:
        """Seal them."""
        self.stdout.write(f"{seal(at=timezone.now())} seals made.")

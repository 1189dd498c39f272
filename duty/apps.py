"""The app's registration."""

from django.apps import AppConfig


class DutyConfig(AppConfig):
    """What the law asks and what was returned."""

    name = "duty"
    integrity = ("duty.queries.integrity",)

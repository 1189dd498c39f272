"""The app's registration."""

from django.apps import AppConfig


class EngagementConfig(AppConfig):
    """Pairs seen from both sides: views, placements, commitments, the national picture."""

    name = "engagement"
    integrity = ("engagement.queries.integrity",)

"""The app's registration."""

from django.apps import AppConfig


class OutcomesConfig(AppConfig):
    """What happened: indicators, observations, uploads, and the ledger of recomputes."""

    name = "outcomes"
    integrity = ("outcomes.queries.integrity",)

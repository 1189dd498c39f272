"""The app's registration."""

from django.apps import AppConfig


class AuthoritiesConfig(AppConfig):
    """Who: bodies, geography over time, people, rights, audit."""

    name = "authorities"
    integrity = ("authorities.queries.integrity",)

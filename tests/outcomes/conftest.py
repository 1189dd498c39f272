"""What every test of outcomes may ask for."""

from pathlib import Path
from typing import Any

import pytest
from celery import current_app
from django.conf import settings as site_settings
from kombu.exceptions import OperationalError

from authorities.models import Membership, StrategicAuthority
from tests.factories.authorities import (
    CouncilFactory,
    CouncilMembershipFactory,
    CountryFactory,
    MembershipFactory,
    StrategicAuthorityFactory,
)

OWN_STEP = "outcomes.refresh_authority_indicators"


@pytest.fixture(autouse=True)
def own_site(settings: Any, tmp_path: Path) -> None:
    """Keep files in the test's folder, and run this app's step only."""
    settings.RECOMPUTE_TASKS = [OWN_STEP]
    settings.STORAGES = {
        **site_settings.STORAGES,
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": tmp_path / "files"},
        },
    }


@pytest.fixture(autouse=True)
def queue(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, dict[str, Any]]]:
    """Stand at the edge of the house: what would have gone to the broker."""
    sent: list[tuple[str, dict[str, Any]]] = []

    def send_task(name: str, kwargs: dict[str, Any] | None = None, **options: Any) -> None:
        sent.append((name, kwargs or {}))

    monkeypatch.setattr(current_app, "send_task", send_task)
    return sent


@pytest.fixture
def lost_broker(monkeypatch: pytest.MonkeyPatch) -> None:
    """A broker that nobody can reach."""

    def send_task(*args: Any, **options: Any) -> None:
        raise OperationalError("connection refused")

    monkeypatch.setattr(current_app, "send_task", send_task)


@pytest.fixture
def authority(db: None) -> StrategicAuthority:
    """An authority of two councils, E06000001 and E06000002, in England."""
    return make_authority()


def make_authority() -> StrategicAuthority:
    """Store the authority of `authority`, for tests that commit."""
    made: StrategicAuthority = StrategicAuthorityFactory(
        slug="north-testshire", name="North Testshire Combined Authority"
    )
    for number, name in enumerate(("Ashby", "Barrow"), start=1):
        council = CouncilFactory(slug=name.lower(), name=name, ons_code=f"E0600000{number}")
        CouncilMembershipFactory(authority=made, council=council)
    CouncilFactory(slug="elsewhere", name="Elsewhere", ons_code="E06000009")
    CountryFactory()
    return made


@pytest.fixture
def editor(authority: StrategicAuthority) -> Membership:
    """An editor of the authority."""
    made: Membership = MembershipFactory(body=authority)
    return made

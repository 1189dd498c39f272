"""What every test gets."""

import importlib
import os
import socket
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as site_settings
from django.db import connections
from django.db.models.signals import post_migrate
from django.dispatch import receiver
from django.test import override_settings
from django.test.utils import setup_databases, teardown_databases
from django.utils import timezone
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings
from playwright.sync_api import Browser, Locator, sync_playwright
from pytest_django import DjangoDbBlocker, Settings, live_server_helper

from authorities import read_only
from authorities.models import SliverThreshold
from authorities.queries.maintenance import Standing
from duty.actions.clock import invented_past
from duty.config.celery import app
from duty.config.servers import processes
from duty.config.servers.web import ADDRESS, start_web, wait_until_ready
from tests import world
from tests.architecture.sessions_kept import begin_sessions
from tests.architecture.things import things_in
from tests.solo_worker import environment_of
from tests.world import FurnishedSite, LiveWorld

_PROJECT = Path(__file__).resolve().parents[1]

# Playwright runs its own event loop in the test's thread, in which Django would refuse to ask the
# database. Only tests set this: no view of ours is asynchronous.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

# In a fresh folder Hypothesis reads the whole source for constants while it draws for the first
# time. A busy machine takes over a second for that, and a slow machine fails no test of a rule.
hypothesis_settings.register_profile(
    "house", deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
# For state machines, asked for by `--hypothesis-profile=long`: see tests/duty/actions.
hypothesis_settings.register_profile(
    "long",
    parent=hypothesis_settings.get_profile("house"),
    max_examples=100,
    stateful_step_count=200,
)
hypothesis_settings.load_profile("house")


@receiver(post_migrate)
def _first_threshold(using: str, **_more: object) -> None:
    """Bring back what a migration stored, after a test that commits has emptied every table."""
    if SliverThreshold._meta.db_table in connections[using].introspection.table_names():
        SliverThreshold.objects.using(using).get_or_create(
            number=1,
            defaults={
                **{"share": 0.02, "reason": "It came with the site.", "state": "approved"},
                "proposed_at": timezone.now(),
            },
        )


@pytest.fixture(scope="session")
def django_db_setup(
    request: pytest.FixtureRequest,
    django_test_environment: None,
    django_db_blocker: DjangoDbBlocker,
    django_db_modify_db_settings: None,
    django_db_keepdb: bool,
    django_db_createdb: bool,
) -> Iterator[None]:
    """Make the test database, whoever asks for it.

    pytest-django makes it only where a test is marked, and a journey asks for its world instead:
    run alone, it would find the database of the site without a table.
    """
    keep, verbosity = django_db_keepdb, request.config.option.verbose
    with django_db_blocker.unblock():
        made = setup_databases(
            verbosity=verbosity,
            interactive=False,
            aliases={"default"},
            keepdb=keep and not django_db_createdb,
        )
    yield
    if not keep:
        with django_db_blocker.unblock():
            teardown_databases(made, verbosity=verbosity)


@pytest.fixture(scope="session", autouse=True)
def registered_tasks(django_test_environment: None) -> None:
    """Configure the queue's application and register every task, as a worker does at its start."""
    application = importlib.import_module("duty.config.celery").app
    application.set_default()
    application.loader.import_default_modules()


@pytest.fixture(scope="session", autouse=True)
def nothing_announced() -> None:
    """Let pages show no maintenance without asking, so that each asks the same each time."""
    read_only.show(Standing(), seconds=7 * 24 * 60 * 60)


@pytest.fixture(scope="session", autouse=True)
def no_limits_of_pages(django_test_environment: None) -> Iterator[None]:
    """Let tests send as much as they want; those of the limits switch them on."""
    with override_settings(CHANGES_A_MINUTE=0, FILES_A_MINUTE=0):
        yield


@pytest.fixture(scope="session", autouse=True)
def plain_static_files(
    django_test_environment: None, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Path]:
    """Serve static files by their plain names, from a folder of the run's own.

    The live server knows no hashes, and the middleware that serves collected files warns where
    nothing was collected.
    """
    folder = tmp_path_factory.mktemp("static")
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    storages = {**site_settings.STORAGES, "staticfiles": plain}
    with override_settings(STORAGES=storages, STATIC_ROOT=folder):
        yield folder


@pytest.fixture(scope="session", autouse=True)
def ended_sessions(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """End what is still in the test database before it is dropped.

    Sessions of threads and of workers that tests kill may outlive them by a moment.
    """
    yield
    with django_db_blocker.unblock():
        world.end_sessions()


@pytest.fixture(scope="session")
def world_template(
    request: pytest.FixtureRequest,
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
) -> Iterator[str]:
    """Load the demonstration, once for each worker; see `tests/world.py`."""
    # A worker registers its tasks at its start; here the steps of recomputes run in this process.
    with django_db_blocker.unblock():
        app.loader.import_default_modules()
        options = request.config.option
        with world.load_template(keep=options.reuse_db and not options.create_db) as template:
            yield template


@pytest.fixture(scope="session")
def world_clone(world_template: str, django_db_blocker: DjangoDbBlocker) -> Iterator[str]:
    """Clone the demonstration for the tests that roll back."""
    name = f"{world_template}_read"
    with django_db_blocker.unblock(), world.cloned(template=world_template, name=name):
        yield name


@pytest.fixture
def told_time() -> Iterator[None]:
    """Judge steps by when a test says that they are taken, not by the database's clock."""
    with invented_past():
        yield


@pytest.fixture
def _turned_to_world(
    world_clone: str, settings: Settings, django_db_blocker: DjangoDbBlocker
) -> Iterator[None]:
    settings.DEMONSTRATION = True
    with django_db_blocker.unblock(), world.turned_to(world_clone):
        yield


@pytest.fixture(name="world")
def rolled_back_world(_turned_to_world: None, db: None) -> world.World:
    """Be in the demonstration; what the test writes is rolled back."""
    return world.describe()


def kept_in(folder: Path) -> dict[str, Any]:
    """Return the storages with what the site keeps in a folder of the test's own."""
    kept = {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": folder / "files"},
    }
    return {**site_settings.STORAGES, "default": kept}


@pytest.fixture(scope="session")
def furnished_clone(
    world_template: str,
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[tuple[str, dict[str, str], Path]]:
    """Clone the demonstration and make something for each address; once, since it takes a while.

    Returns:
        Name of the database, what stands in addresses, and the folder of the files.
    """
    name = f"{world_template}_furnished"
    folder = tmp_path_factory.mktemp("furnished")
    with django_db_blocker.unblock(), world.cloned(template=world_template, name=name):
        with (
            world.turned_to(name),
            override_settings(DEMONSTRATION=True, STORAGES=kept_in(folder)),
        ):
            made = things_in(world.describe())
            begin_sessions()
        yield name, made, folder


@pytest.fixture
def _turned_to_furnished(
    furnished_clone: tuple[str, dict[str, str], Path],
    settings: Settings,
    django_db_blocker: DjangoDbBlocker,
) -> Iterator[None]:
    name, _, folder = furnished_clone
    settings.DEMONSTRATION = True
    settings.STORAGES = kept_in(folder)
    with django_db_blocker.unblock(), world.turned_to(name):
        yield


@pytest.fixture
def things(
    _turned_to_furnished: None, db: None, furnished_clone: tuple[str, dict[str, str], Path]
) -> dict[str, str]:
    """Be in the demonstration with what stands in addresses; what is written is rolled back."""
    return dict(furnished_clone[1])


@pytest.fixture
def no_database(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Let the site look for a database that the server does not have."""
    with django_db_blocker.unblock(), world.turned_to("no_such_database"):
        yield


@pytest.fixture
def own_files(tmp_path: Path, settings: Settings) -> Path:
    """Keep files in the test's folder, and return it."""
    settings.STORAGES = kept_in(tmp_path)
    return tmp_path / "files"


@contextmanager
def serving() -> Iterator[str]:
    """Serve the site from the database that it reads now."""
    server = live_server_helper.LiveServer("localhost")
    try:
        yield server.url
    finally:
        server.stop()


@pytest.fixture
def live_world(
    world_template: str, tmp_path: Path, django_db_blocker: DjangoDbBlocker
) -> Iterator[LiveWorld]:
    """Serve a demonstration of its own, which may be written to and is thrown away.

    With a server of its own: pytest-django's would empty every table of the test database after
    each test, which takes longer than the clone.
    """
    name = f"{world_template}_live"
    with (
        django_db_blocker.unblock(),
        world.cloned(template=world_template, name=name),
        world.turned_to(name) as turned,
        override_settings(DEMONSTRATION=True, STORAGES=kept_in(tmp_path)),
        serving() as site,
    ):
        yield LiveWorld(facts=world.describe(), site=site, url=turned.url, data_folder=tmp_path)


@pytest.fixture(scope="module")
def furnished_site(
    furnished_clone: tuple[str, dict[str, str], Path], django_db_blocker: DjangoDbBlocker
) -> Iterator[FurnishedSite]:
    """Serve a furnished demonstration to the tests of one module, which throw nothing away.

    For tests that look at many pages: what they send is refused, or changes what no other looks at.
    """
    template, made, folder = furnished_clone
    name = f"{template}_live"
    with (
        django_db_blocker.unblock(),
        world.cloned(template=template, name=name),
        world.turned_to(name),
        override_settings(DEMONSTRATION=True, STORAGES=kept_in(folder)),
        serving() as site,
    ):
        yield FurnishedSite(site=site, things=dict(made))


@pytest.fixture
def gunicorn(transactional_db: None, tmp_path: Path) -> Iterator[str]:
    """Serve the test's database as the site is served, and return the host with its port.

    What the live server cannot show: several processes, each with threads of its own.
    """
    with socket.socket() as probe:
        probe.bind((ADDRESS, 0))
        port: int = probe.getsockname()[1]
    web = start_web(
        project=_PROJECT,
        port=port,
        environment=environment_of(folder=tmp_path, queue=f"test-{uuid.uuid4()}"),
        log=tmp_path / "web.log",
    )
    try:
        wait_until_ready(port=port, children=[web])
        yield f"{ADDRESS}:{port}"
    finally:
        processes.stop(children=[web])


def _click_and_wait(click: Callable[..., None]) -> Callable[..., None]:
    def waiting(locator: Locator, **how: Any) -> None:
        click(locator, **how)
        locator.page.wait_for_load_state("load")

    return waiting


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Start one browser a worker, for all folders: a second driver cannot start beside it.

    A click returns when the next page has begun to arrive, and what a test reads off half a page
    differs from run to run. So each click waits until the page is whole.
    """
    with sync_playwright() as playwright, pytest.MonkeyPatch.context() as patch:
        patch.setattr(Locator, "click", _click_and_wait(Locator.click))
        started = playwright.chromium.launch(
            executable_path=os.environ.get("CHROMIUM_PATH", "/usr/bin/chromium"),
            args=[
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
            ],
        )
        yield started
        started.close()

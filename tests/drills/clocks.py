"""Servers whose clocks are wrong: the database's clock decides what is late, and what is due.

The web server is a day ahead or behind while returns are signed on their last day and on the day
after it; the job that turns rounds believes in another year; and half a minute signs nobody out.
"""

import http.client
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

import psycopg

from duty.config.servers.postgres import DATABASE
from duty.config.servers.web import ADDRESS
from duty.deadlines import london_date
from tests.drills.clients import PASSWORD, Person
from tests.drills.figures import Figure
from tests.drills.site import Site, furnish_site

_DAY = 24 * 60 * 60
# Of the web server, in seconds; the true clock first, as what the others are held against.
_SKEWS = (0, _DAY, -_DAY)
_YEARS = 2 * 365 * _DAY
_SMALL = 30
_NEAR = timedelta(seconds=60)
_FOLDER = Path(__file__).with_name("skew")
_EXTEND = """
    UPDATE duty_expectedreturn AS expected
    SET extended_due_on = %(due)s, extended_edits_until = %(until)s, extension_reason = 'A drill'
    FROM duty_dutyreturn AS held
    WHERE held.id = %(key)s AND held.round_id = expected.round_id
        AND held.authority_id = expected.authority_id
"""
# The last day of a round that is open changes for nobody: only a drill moves it, past the triggers.
_ENDED = """
    UPDATE duty_round SET due_on = (clock_timestamp() AT TIME ZONE 'Europe/London')::date - 1
    WHERE state = 'open'
"""
_SUBMITTED = "SELECT late, submitted_at FROM duty_submission WHERE duty_return_id = %s"
_ROUNDS = "SELECT slug, state FROM duty_round ORDER BY slug"
_TURN = (
    "import django; django.setup()\n"
    "from django.utils import timezone\n"
    "from duty.actions.round_jobs import turn_due\n"
    "now = timezone.now()\n"
    "print(now.isoformat(), turn_due(at=now))\n"
)


def drill(*, site: Site, report: Callable[[str], None]) -> tuple[Figure, ...]:
    """Sign on both sides of the deadline by three clocks, turn rounds by a fourth, and look on."""
    signers = iter(furnish_site(site)["signers"])
    _end_yesterday(site)
    wrong: list[str] = []
    untrue: list[str] = []
    signed = 0
    for skew in _SKEWS:
        with _skewed(site, skew):
            untrue += _untrue(site, skew)
            for late in (False, True):
                said = _sign(site, next(signers), late=late)
                signed += 1
                if said != late:
                    wrong.append(f"{skew} s away: late is {said}, and should be {late}")
        report(f"Signed with the web server's clock {skew} s away")
    turned = _rounds_turned(site)
    report("Rounds were turned by a job that believes in another year")
    out = _signed_out(site)
    return (
        Figure(
            "clocks that did not show the time that they were given",
            len(untrue),
            "0",
            not untrue,
            untrue,
        ),
        Figure("returns signed on their last day and on the day after", signed, "6", signed == 6),
        Figure(
            "of them judged by another clock than the database's", len(wrong), "0", not wrong, wrong
        ),
        Figure(
            "rounds turned too early by a job two years ahead", len(turned), "0", not turned, turned
        ),
        Figure(f"people signed out by {_SMALL} s ahead or behind", len(out), "0", not out, out),
    )


@contextmanager
def _skewed(site: Site, seconds: int) -> Iterator[None]:
    """Run the web server by a clock that is so far away."""
    before = dict(site.environment)
    site.kill("web")
    site.environment |= _clock(seconds)
    site.start("web")
    try:
        yield
    finally:
        site.environment.clear()
        site.environment |= before


def _clock(seconds: int) -> Mapping[str, str]:
    return {"PYTHONPATH": str(_FOLDER), "DRILL_SKEW_SECONDS": str(seconds)} if seconds else {}


def _untrue(site: Site, skew: int) -> list[str]:
    """Ask the server what time it has: a drill whose clocks are right proves nothing."""
    connection = http.client.HTTPConnection(ADDRESS, site.port, timeout=20)
    connection.request("GET", "/health/live/")
    told = parsedate_to_datetime(connection.getresponse().headers["Date"])
    connection.close()
    away = told - datetime.now(UTC)
    return [] if abs(away - timedelta(seconds=skew)) < _NEAR else [f"{skew} s: {away} away"]


def _end_yesterday(site: Site) -> None:
    with psycopg.connect(site.cluster.administration_url, dbname=DATABASE) as connection:
        connection.execute("SET session_replication_role = replica")
        connection.execute(_ENDED)


def _sign(site: Site, of: Mapping[str, Any], *, late: bool) -> bool | None:
    """Sign a return whose last day was yesterday by the database's clock, or is today.

    Returns:
        Whether it is stored as late; None where it is not stored, or at another time.
    """
    began = _database_time(site)
    if not late:
        due = london_date(now=began)
        with site.connect() as connection:
            until = due + timedelta(days=14)
            connection.execute(_EXTEND, {"due": due, "until": until, "key": of["return"]})
    person = Person(site=site.url, email=of["email"], password=PASSWORD)
    path = f"/api/v1/returns/{of['return']}/"
    read = person.read(path)
    body = {
        "declaration": True,
        "declaration_version": read["declaration"]["version"],
        "expected_version": read["version"],
    }
    person.write("POST", f"{path}sign/", body, key=str(uuid4()))
    with site.connect() as connection:
        stored = connection.execute(_SUBMITTED, [of["return"]]).fetchone()
    if stored is None:
        return None
    is_late, at = stored
    assert isinstance(at, datetime)
    return bool(is_late) if began <= at <= _database_time(site) else None


def _database_time(site: Site) -> datetime:
    with site.connect() as connection:
        row = connection.execute("SELECT clock_timestamp()").fetchone()
    assert row is not None
    assert isinstance(row[0], datetime)
    return row[0]


def _rounds_turned(site: Site) -> list[str]:
    """Return the rounds that a job with a wrong clock turned, or that it had a true one."""
    with site.connect() as connection:
        before = connection.execute(_ROUNDS).fetchall()
    site.environment |= _clock(_YEARS)
    done = site.run("-c", _TURN)
    for name in _clock(_YEARS):
        site.environment.pop(name)
    with site.connect() as connection:
        after = connection.execute(_ROUNDS).fetchall()
    year = str(datetime.now(UTC).year + 2)
    if done.returncode != 0 or not done.stdout.strip().startswith(year):
        return [f"the job did not run by another clock: {done.stdout} {done.stderr[-300:]}"]
    return [str(one) for one in after if one not in before]


def _signed_out(site: Site) -> list[str]:
    with _skewed(site, 0):
        person = Person(site=site.url, email="analyst@dhsc.example", password=_DEMONSTRATION)
    found = []
    for skew in (_SMALL, -_SMALL):
        with _skewed(site, skew):
            status = person.status("/")
            if status != 200:
                found.append(f"{skew} s: status {status}")
    with _skewed(site, 0):
        pass
    return found


# Of every account of the demonstration.
_DEMONSTRATION = "demonstration-only-2026"

"""Puts the load of a deadline day on a site of its own: `./run load`.

People of the three groups ask as often as the design foresees for the last hour; then signatories
sign at once. Ends with 1 where a goal is missed with as many processes as the site has by itself;
other numbers of processes are told beside it.
"""

import argparse
import csv
import json
import subprocess
import sys
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from duty.config.servers import processes
from duty.config.servers.processes import ServerError
from duty.config.servers.web import WORKERS
from tests.drills.clients import PASSWORD, Person
from tests.drills.figures import Figure, failed, table
from tests.drills.site import PROJECT, Site, furnish_site, running_site

_STARTED = time.monotonic()
_LOCUSTFILE = Path(__file__).with_name("locustfile.py")
# So many people ask once a second; signing in is limited to 60 a minute from one address.
_PEOPLE, _SIGN_IN_A_SECOND = 50, 0.9
_P95, _P99, _SIGNED_WITHIN = 500, 1500, 2.0
_TOTAL = "Aggregated"


@dataclass(frozen=True)
class Measured:
    """What locust counted of one run: each kind of request, and all of them."""

    processes: int
    rows: tuple[dict[str, str], ...]

    @property
    def total(self) -> dict[str, str]:
        """All requests together, signing in left out."""
        return next(row for row in self.rows if row["Name"] == _TOTAL)


def report(message: str) -> None:
    """Say how far the load is."""
    print(f"[{time.monotonic() - _STARTED:5.1f} s] {message}", flush=True)


def main(words: list[str]) -> int:
    """Measure; return the exit status."""
    parser = argparse.ArgumentParser(prog="./run load", description=__doc__)
    parser.add_argument("--seconds", type=int, default=60, help="of each run, once all are in")
    parser.add_argument("--people", type=int, default=_PEOPLE, help="who ask once a second each")
    parser.add_argument(
        "--processes",
        type=int,
        nargs="*",
        default=[WORKERS],
        help=f"of the web server, a run for each; {WORKERS} if not set",
    )
    options = parser.parse_args(words)
    try:
        with running_site(report=report) as site:
            furnished = furnish_site(site)
            facts = _facts(site, furnished)
            runs = [
                _run(site, facts, processes=count, people=options.people, seconds=options.seconds)
                for count in options.processes
            ]
            signed = _sign_at_once(site, furnished["signers"])
    except ServerError as error:
        print(f"\n{error}", file=sys.stderr)
        return 1
    missed = False
    for run in runs:
        figures = _figures(run)
        print(f"\nLoad with {run.processes} processes of the web server\n{table(figures)}")
        print(_by_name(run))
        missed = missed or (run.processes == WORKERS and failed(figures))
    print(f"\nSubmissions at once\n{table(signed)}")
    return int(missed or failed(signed))


def _facts(site: Site, furnished: dict[str, list[dict[str, Any]]]) -> Path:
    done = site.run("-m", "tests.load.facts")
    if done.returncode != 0:
        raise ServerError(f"Nobody can say what to ask:\n{done.stderr[-3000:]}")
    said = json.loads(done.stdout.splitlines()[-1])
    pages = said.pop("returns")
    said["writers"] = [one | pages[one["return"]] for one in furnished["writers"]]
    said["writers_password"] = PASSWORD
    kept = site.home.folder / "load-facts.json"
    kept.write_text(json.dumps(said), encoding="utf-8")
    return kept


def _run(site: Site, facts: Path, *, processes: int, people: int, seconds: int) -> Measured:
    _restart(site, processes)
    report(f"{people} people sign in and work for {seconds} s, {processes} processes answer them")
    folder = site.home.folder / f"load-{processes}"
    folder.mkdir()
    spawn = int(people / _SIGN_IN_A_SECOND)
    done = subprocess.run(
        [
            *(sys.executable, "-m", "locust", "-f", str(_LOCUSTFILE), "--headless"),
            *("--host", site.url, "--users", str(people), "--only-summary", "--reset-stats"),
            *("--spawn-rate", str(_SIGN_IN_A_SECOND), "--run-time", f"{spawn + seconds}s"),
            *("--csv", str(folder / "told"), "--exit-code-on-error", "0", "--loglevel", "ERROR"),
        ],
        cwd=PROJECT,
        env=site.environment | {"LOAD_FACTS": str(facts)},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        raise ServerError(f"The load could not be put on:\n{(done.stdout + done.stderr)[-3000:]}")
    with (folder / "told_stats.csv").open(encoding="utf-8", newline="") as file:
        return Measured(processes, tuple(csv.DictReader(file)))


def _restart(site: Site, count: int) -> None:
    if site.workers != count:
        processes.stop(children=[site.children.pop("web")])
        site.workers = count
        site.start("web")


def _sign_at_once(site: Site, signers: list[dict[str, Any]]) -> tuple[Figure, ...]:
    """Let everybody who waits to sign do so in the same moment."""
    _restart(site, WORKERS)
    people = [
        (Person(site=site.url, email=one["email"], password=PASSWORD), one) for one in signers
    ]
    reads = [person.read(f"/api/v1/returns/{one['return']}/") for person, one in people]
    gate = threading.Barrier(len(people))
    took: list[float] = []
    statuses: list[int] = []

    def sign(person: Person, one: dict[str, Any], read: dict[str, Any]) -> None:
        body = {
            "declaration": True,
            "declaration_version": read["declaration"]["version"],
            "expected_version": read["version"],
        }
        gate.wait()
        began = time.monotonic()
        answered = person.write(
            "POST", f"/api/v1/returns/{one['return']}/sign/", body, key=f"load-{one['return']}"
        )
        took.append(time.monotonic() - began)
        statuses.append(answered.status)

    threads = [
        threading.Thread(target=sign, args=(person, one, read), daemon=True)
        for (person, one), read in zip(people, reads, strict=True)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    refused = len(people) - sum(status in (200, 201) for status in statuses)
    slowest = max(took, default=0.0)
    return (
        Figure("submissions in one moment", len(people)),
        Figure("not accepted", refused, "0", refused == 0),
        Figure(
            "slowest answer in seconds",
            f"{slowest:.2f}",
            f"{_SIGNED_WITHIN:.0f} or less",
            slowest <= _SIGNED_WITHIN,
        ),
    )


def _figures(run: Measured) -> tuple[Figure, ...]:
    total = run.total
    p95, p99 = int(total["95%"]), int(total["99%"])
    bad = int(total["Failure Count"])
    return (
        Figure("requests", total["Request Count"]),
        Figure("requests a second", f"{float(total['Requests/s']):.1f}"),
        Figure("requests that failed, 5xx among them", bad, "0", bad == 0),
        Figure("milliseconds, half of all", total["50%"]),
        Figure("milliseconds, 95 of 100", p95, f"{_P95} or less", p95 <= _P95),
        Figure("milliseconds, 99 of 100", p99, f"{_P99} or less", p99 <= _P99),
    )


def _by_name(run: Measured) -> str:
    lines = [f"    {'request':<32} {'number':>7} {'p50':>6} {'p95':>6} {'p99':>6} {'failed':>6}"]
    lines += [
        f"    {row['Name']:<32} {row['Request Count']:>7} {row['50%']:>6} {row['95%']:>6} "
        f"{row['99%']:>6} {row['Failure Count']:>6}"
        for row in run.rows
        if row["Name"] != _TOTAL
    ]
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

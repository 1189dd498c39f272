"""Runs drills: `./run drills` with the names of some. Ends with 1 where a goal is missed."""

import argparse
import sys
import time

from duty.config.servers.processes import ServerError
from tests.drills import clocks, full, kills, restoring
from tests.drills.figures import Figure, failed, table
from tests.drills.site import Site, running_site

_STARTED = time.monotonic()
_SHORT = 40.0
_GIGABYTE = 1000


def report(message: str) -> None:
    """Say how far the drill is."""
    print(f"[{time.monotonic() - _STARTED:5.1f} s] {message}", flush=True)


def _kills(site: Site, options: argparse.Namespace) -> tuple[Figure, ...]:
    return kills.drill(site=site, seconds=options.seconds, seed=options.seed, report=report)


def _restore(site: Site, options: argparse.Namespace) -> tuple[Figure, ...]:
    return restoring.drill(site=site, megabytes=options.megabytes, report=report)


def _clocks(site: Site, options: argparse.Namespace) -> tuple[Figure, ...]:
    return clocks.drill(site=site, report=report)


def _full(site: Site, options: argparse.Namespace) -> tuple[Figure, ...]:
    return full.drill(site=site, report=report)


# Each on a site of its own.
_DRILLS = {"kills": _kills, "restore": _restore, "clocks": _clocks, "full": _full}


def main(words: list[str]) -> int:
    """Run the drills that the words ask for; return the exit status."""
    parser = argparse.ArgumentParser(prog="./run drills", description=__doc__)
    parser.add_argument(
        "drills", nargs="*", choices=[*_DRILLS, []], help="which drills; all if none is named"
    )
    parser.add_argument(
        "--seconds", type=float, default=_SHORT, help="for how long parts are killed; 40 if not set"
    )
    parser.add_argument("--seed", type=int, default=1, help="which kills, and when")
    parser.add_argument(
        "--megabytes", type=int, default=_GIGABYTE, help="how much is restored; 1000 if not set"
    )
    options = parser.parse_args(words)
    missed = False
    try:
        for name in options.drills or _DRILLS:
            report(f"Drill: {name}")
            with running_site(report=report) as site:
                figures = _DRILLS[name](site, options)
            # Told at once: a later drill that is given up takes nothing of this one along.
            print(f"\nDrill: {name}\n{table(figures)}\n", flush=True)
            missed = missed or failed(figures)
    except ServerError as error:
        print(f"\n{error}", file=sys.stderr)
        return 1
    return int(missed)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""Kills the site's parts in turn while people write, then counts what became of their writes."""

import json
import random
import threading
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from tests.drills import gone
from tests.drills.clients import MARK, PASSWORD, Person, Signer, Worker, Writer
from tests.drills.figures import Figure
from tests.drills.history import History, Verdict, judge
from tests.drills.site import PARTS, Site, furnish_site

# Seconds between two kills, and how long a part stays down.
_CALM, _DOWN = (2.0, 4.0), (0.3, 1.5)
_SETTLES_WITHIN = 60.0
_STARTS_WITHIN = 10.0
# Too little to say anything: fewer kills, or writes, than these.
_FEWEST_KILLS, _FEWEST_WRITES = 4, 100

# Each version of an answer, by its mark: the history has one entry a version.
ANSWERS = """
    SELECT private_note, count(*) FROM duty_answerevent
    WHERE private_note LIKE %s GROUP BY private_note
"""
_SUBMISSIONS = """
    SELECT duty_return_id::text, count(*) FROM duty_submission
    WHERE duty_return_id = ANY (%s) GROUP BY duty_return_id
"""
_REFERENCES = "SELECT duty_return_id::text, reference FROM duty_submission"
_AUDITED = """
    SELECT count(*) FROM authorities_auditevent AS written
    JOIN authorities_user AS person ON person.id = written.by_id
    WHERE written.action = 'answer.saved' AND person.email LIKE 'drill@%%'
"""
# What the site owes: recomputes, documents of submissions, notices, and the mails of them.
_OWED = """
    SELECT (SELECT count(*) FROM outcomes_recomputerequest WHERE finished_at IS NULL)
        + (SELECT count(*) FROM duty_submission AS kept WHERE NOT EXISTS (
            SELECT FROM duty_returndocument
            WHERE submission_id = kept.id AND state = 'made'))
        + (SELECT count(*) FROM authorities_notice
            WHERE addressed_at IS NULL AND due_at <= now())
        + (SELECT count(*) FROM authorities_message
            WHERE sent_at IS NULL AND withdrawn_at IS NULL AND failed_at IS NULL
                AND next_attempt_at <= now())
"""


@dataclass
class _Kills:
    """What the drill did to the site."""

    by_part: dict[str, int] = field(default_factory=lambda: dict.fromkeys(PARTS, 0))
    restarts: list[tuple[float, str]] = field(default_factory=list)


def drill(
    *, site: Site, seconds: float, seed: int, report: Callable[[str], None]
) -> tuple[Figure, ...]:
    """Let people write for some seconds while parts are killed; return what was counted."""
    furnished = furnish_site(site)
    report("People with returns are there, and nothing is owed")
    answers, receipts = History(), History()
    stop = threading.Event()
    people = _people(site, furnished, answers, receipts, stop, seconds, seed)
    for one in people:
        one.start()
    kills = _kill(site, seconds=seconds, seed=seed, report=report)
    stop.set()
    site.heal()
    for one in people:
        one.join(timeout=120)
    report("Everything runs again, and every request has its answer")
    settled = _settle(site)
    counted = _figures(site, answers, receipts, kills)
    report("Counted; now the same request twice at once, and parts that are gone")
    first = people[0]
    met = gone.drill(site=site, person=first.person, of=furnished["writers"][0])
    return (
        *counted,
        Figure(
            "threads of people that stopped on a fault",
            _stuck(people),
            "0",
            holds=not _stuck(people),
            found=[str(one.fault) for one in people if one.fault is not None],
        ),
        Figure(
            "seconds until nothing was owed any more",
            "never" if settled is None else round(settled, 1),
            f"{_SETTLES_WITHIN:.0f} or less",
            holds=settled is not None,
        ),
        *met,
        integrity(site),
    )


def _people(
    site: Site,
    furnished: Mapping[str, list[dict[str, Any]]],
    answers: History,
    receipts: History,
    stop: threading.Event,
    seconds: float,
    seed: int,
) -> list[Worker]:
    def person(of: Mapping[str, Any]) -> Person:
        return Person(site=site.url, email=of["email"], password=PASSWORD)

    writers: list[Worker] = [
        Writer(
            number=number, of=of, person=person(of), history=answers, stop=stop, seed=seed + number
        )
        for number, of in enumerate(furnished["writers"])
    ]
    signers = furnished["signers"]
    return writers + [
        Signer(
            of=of,
            after=seconds * (number + 1) / (len(signers) + 1),
            person=person(of),
            history=receipts,
            stop=stop,
            seed=seed - number - 1,
        )
        for number, of in enumerate(signers)
    ]


def _kill(site: Site, *, seconds: float, seed: int, report: Callable[[str], None]) -> _Kills:
    """Kill one part after the other, each round in an order of its own; each part once at least."""
    chance, kills = random.Random(seed), _Kills()  # noqa: S311 - a drill is told again by its seed
    end, waiting = time.monotonic() + seconds, list[str]()
    while True:
        time.sleep(chance.uniform(*_CALM))
        if time.monotonic() >= end and all(kills.by_part.values()):
            return kills
        waiting = waiting or chance.sample(PARTS, len(PARTS))
        part = waiting.pop()
        ended = site.kill(part)
        kills.by_part[part] += 1
        time.sleep(chance.uniform(*_DOWN))
        took = site.start(part)
        kills.restarts.append((took, part))
        # What died with it is started again, as whoever watches the site would do.
        site.heal()
        report(f"Killed {part} ({ended} processes); it answered {took:.1f} s after its start")


def _settle(site: Site) -> float | None:
    began = time.monotonic()
    with site.connect() as connection:
        while (waited := time.monotonic() - began) <= _SETTLES_WITHIN:
            if connection.execute(_OWED).fetchone() == (0,):
                return waited
            time.sleep(0.5)
    return None


def _stuck(people: list[Worker]) -> int:
    return sum(1 for one in people if one.fault is not None or one.is_alive())


def _figures(site: Site, answers: History, receipts: History, kills: _Kills) -> list[Figure]:
    signed = sorted(receipts.tried)
    with site.connect() as connection:
        versions = _counted(connection.execute(ANSWERS, [f"{MARK} %"]))
        submissions = _counted(connection.execute(_SUBMISSIONS, [signed]))
        references = {str(key): name for key, name in connection.execute(_REFERENCES)}
        audited = connection.execute(_AUDITED).fetchone()
    told = judge(history=answers, stored=versions)
    kept = judge(history=receipts, stored=submissions)
    shown = {key: json.loads(body)["reference"] for key, body in receipts.acknowledged.items()}
    other = sorted(key for key, name in shown.items() if references.get(key) != name)
    written = sum(versions.values())
    total = sum(kills.by_part.values())
    slowest, part = max(kills.restarts, default=(0.0, "none"))
    refused = [*answers.refused, *receipts.refused]
    return [
        Figure(
            "kills of " + ", ".join(f"{name} {times}" for name, times in kills.by_part.items()),
            total,
            f"{_FEWEST_KILLS} or more",
            holds=total >= _FEWEST_KILLS,
        ),
        Figure(
            "acknowledged answers of returns",
            len(answers.acknowledged),
            f"{_FEWEST_WRITES} or more",
            holds=len(answers.acknowledged) >= _FEWEST_WRITES,
        ),
        Figure("acknowledged submissions", len(receipts.acknowledged)),
        Figure("attempts without an answer, sent again", answers.unanswered + receipts.unanswered),
        Figure("requests sent again on purpose", answers.resent + receipts.resent),
        *_verdict("answers", told),
        *_verdict("submissions", kept),
        Figure("receipts whose reference is not stored", len(other), "0", not other, other),
        Figure("writes that were refused", len(refused), "0", not refused, refused),
        Figure(
            "audit rows of answers beyond or short of answers",
            abs(int(str(audited[0] if audited else 0)) - written),
            "0",
            holds=audited == (written,),
        ),
        Figure(
            f"slowest start until it answered, in seconds ({part})",
            round(slowest, 1),
            f"{_STARTS_WITHIN:.0f} or less",
            holds=slowest <= _STARTS_WITHIN,
        ),
    ]


def _counted(rows: Iterable[tuple[object, ...]]) -> dict[str, int]:
    return {str(key): int(str(times)) for key, times in rows}


def _verdict(what: str, verdict: Verdict) -> list[Figure]:
    named = {
        f"{what} acknowledged and lost": verdict.lost,
        f"{what} stored more than once": verdict.duplicated,
        f"{what} stored that nobody sent": verdict.phantom,
        f"{what} answered otherwise when sent again": verdict.answered_otherwise,
    }
    return [Figure(name, len(found), "0", not found, found) for name, found in named.items()]


def integrity(site: Site) -> Figure:
    """Ask a site for every check of integrity, of every kept file."""
    done = site.run("manage.py", "check_integrity", "--json", "--every-file")
    results = json.loads(done.stdout) if done.stdout.startswith("[") else []
    broken = [f"{one['name']}: {one['broken']}" for one in results if one["broken"]]
    if not results:
        broken = [done.stderr[-500:]]
    return Figure(
        f"checks of integrity that are broken, of {len(results)}",
        len(broken),
        "0",
        holds=done.returncode == 0,
        found=broken,
    )

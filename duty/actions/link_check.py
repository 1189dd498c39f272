"""Asks the links of answers and standing records whether they still answer. It alters neither.

Each link's result is stored as it comes, so that a run that a killed worker left goes on where it
stopped: the next one asks only what was not asked this week.
"""

import logging
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction

from authorities import queue
from duty.link_reading import Reading, ask
from duty.models import LinkCheck, LinkState
from duty.queries.links import links_to_ask

CHECK_TASK = "duty.check_links"
# Short of a week, so that a run that starts a little early asks all the same.
ASKED_EVERY = timedelta(days=6)
# So many sites at once, and each of them one link at a time.
_AT_ONCE = 4
# One message asks so many and then sends the next: no task runs near its limit.
MOST_A_RUN = 100
# With fewer sites in silence it may be the sites; with more it is our own way out.
_SITES_TO_TELL = 3

logger = logging.getLogger(__name__)


def check_links(*, at: datetime) -> int:
    """Ask the links that were not asked this week, and return how many were.

    Where not one of several sites can be reached, our own way out is closed: nothing is stored.
    """
    if not settings.LINK_CHECK:
        return 0
    due = links_to_ask(before=at - ASKED_EVERY)
    asked, held_back, reached = 0, list[tuple[str, Reading]](), False
    for url, reading in _readings(due[:MOST_A_RUN]):
        reached = reached or reading.reached
        held_back.append((url, reading))
        if reached:
            asked += _keep(held_back, at=at)
            held_back = []
    if held_back and len({_site(url) for url, _ in held_back}) >= _SITES_TO_TELL:
        logger.warning("no link answered: is there a way out of this network?")
        return asked
    asked += _keep(held_back, at=at)
    if len(due) > MOST_A_RUN:
        queue.nudge(task=CHECK_TASK)
    return asked


def _readings(urls: Iterable[str]) -> Iterator[tuple[str, Reading]]:
    """Ask the links, several sites side by side; threads only talk to the web."""
    by_site: dict[str, list[str]] = {}
    for url in urls:
        by_site.setdefault(_site(url), []).append(url)
    with ThreadPoolExecutor(max_workers=_AT_ONCE) as pool:
        while by_site:
            turn = [waiting.pop(0) for waiting in by_site.values()]
            yield from zip(turn, pool.map(_ask, turn), strict=True)
            by_site = {site: waiting for site, waiting in by_site.items() if waiting}


def _ask(url: str) -> Reading:
    return ask(url=url, allow_loopback=settings.LINK_CHECK_LOOPBACK)


def _site(url: str) -> str:
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""


def _keep(found: Iterable[tuple[str, Reading]], *, at: datetime) -> int:
    """Store what became of some links; each by itself, so that none waits for another."""
    kept = 0
    for url, reading in found:
        state = {True: LinkState.ANSWERED, False: LinkState.DEAD, None: LinkState.NOT_ASKED}[
            reading.answered
        ]
        with transaction.atomic():
            row = LinkCheck.objects.select_for_update().filter(url=url).first()
            since = (row and row.dead_since) or at
            LinkCheck.objects.update_or_create(
                url=url,
                defaults={
                    "state": state,
                    "detail": reading.detail,
                    "asked_at": at,
                    "dead_since": since if state == LinkState.DEAD else None,
                },
            )
        kept += 1
    return kept

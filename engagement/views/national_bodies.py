"""What the national page shows below its frame, the same for every visitor: made once, and kept.

Each process keeps the last ones under what they were made from, so that a page is never older than
what recomputes stored.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from django.http import Http404
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString

from duty.deadlines import london_date
from engagement.forms.national import NationalFilterForm
from engagement.models import NationalPicture
from engagement.picture import PictureRow
from engagement.picture_comparison import moved_between
from engagement.presenters import national, national_map
from engagement.presenters.matrix_words import words_of_picture
from engagement.queries import drawings
from engagement.queries import national as queries
from engagement.queries.national import ShownRound

# Some rounds as their addresses show them first, and what else was asked for last.
_KEPT = 32
# What an address may say; anything else in it asks for nothing.
_NAMES = tuple(NationalFilterForm.base_fields)
_LONGEST_WORD = 80


@dataclass(frozen=True)
class Asked:
    """What an address asks of a picture, and what the answer is made from.

    rounds: all that the person may choose from, the one shown by default first.
    words: of the address, by name; a page of the list too.
    stale: the picture is older than it should be.
    today: in London.
    """

    shown: ShownRound
    rounds: tuple[ShownRound, ...]
    words: tuple[tuple[str, str], ...]
    stale: bool
    today: date

    @property
    def mark(self) -> tuple[Any, ...]:
        """What the answer is known by: everything that it is made from, by hashes and keys."""
        return (
            tuple(_mark(each) for each in self.rounds),
            _mark(self.shown),
            self.words,
            self.stale,
            self.today,
        )

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Asked) and self.mark == other.mark

    def __hash__(self) -> int:
        return hash(self.mark)


def _mark(shown: ShownRound) -> tuple[Any, ...]:
    round_, picture = shown.round, shown.picture
    drawn = (picture.id, picture.input_hash, picture.computed_at) if picture else None
    return round_.slug, round_.name, shown.working, drawn, shown.drawing


def asked_of(
    *, shown: ShownRound, rounds: tuple[ShownRound, ...], address: Mapping[str, str], now: datetime
) -> Asked:
    """Return what an address asks for.

    Args:
        shown: the round that is asked for, whose picture is drawn.
        rounds: those that the person may choose from.
        address: words of the address by name.
        now: to say whether the picture is out of date.
    """
    assert shown.picture is not None  # noqa: S101 - by the caller
    return Asked(
        shown=shown,
        rounds=rounds,
        words=tuple(
            (name, address[name][:_LONGEST_WORD])
            for name in (*_NAMES, "page")
            if address.get(name) and name != "round"
        ),
        stale=now - shown.picture.computed_at > national.STALE_AFTER,
        today=london_date(now=now),
    )


@dataclass(frozen=True)
class Body:
    """The page below its frame: what is wrong with what was asked for, and the facts."""

    errors: SafeString
    text: SafeString


@lru_cache(maxsize=_KEPT)
def body_of(asked: Asked) -> Body:
    """Return what the page shows, made now where this process does not hold it."""
    form, picture = made_of(asked)
    drawing = drawings.of_country(on=picture.geography_date, at=timezone.now())
    context = {
        "picture": picture,
        "matrix_words": picture.words,
        "filter_form": form,
        "map": national_map.national_map(drawing=drawing, picture=picture),
        "tiles": national_map.tile_map(drawing=drawing, picture=picture),
    }
    return Body(
        errors=render_to_string("engagement/_national_errors.html", context),
        text=render_to_string("engagement/_national_body.html", context),
    )


def made_of(asked: Asked) -> tuple[NationalFilterForm, national.Picture]:
    """Return the filters and the facts of what is asked for.

    Raises:
        Http404: a recompute has dropped the picture meanwhile.
    """
    shown = asked.shown
    content = _content(shown)
    rows = national.rows_of(content=content)
    given = dict(asked.words)
    earlier = tuple(
        each
        for each in asked.rounds
        if not each.working and each.round.covers_to < shown.round.covers_to and each.picture
    )
    form = NationalFilterForm(
        {**given, "round": shown.round.slug},
        today=asked.today,
        rounds=asked.rounds,
        earlier=earlier,
        rows=rows,
        said=words_of_picture(content=content),
    )
    filters = form.filters
    since = next(
        (one for one in earlier if one.round.slug == form.cleaned_data.get("compare")), None
    )
    if since is not None:
        rows = _moved_since(since, shown, rows, content)
    picture = national.present(
        shown=shown,
        content=content,
        asked=national.Asked(
            rows=rows,
            filters=filters,
            in_address=shown != asked.rounds[0],
            others=_others(form),
            since=since.round.name if since is not None else "",
            page=_number(given.get("page", "")),
        ),
        stale=asked.stale,
    )
    return form, picture


def _content(shown: ShownRound) -> dict[str, Any]:
    assert shown.picture is not None  # noqa: S101 - by the caller
    try:
        return queries.content_of(picture=shown.picture.id)
    except NationalPicture.DoesNotExist as error:
        raise Http404 from error


def _moved_since(
    since: ShownRound,
    shown: ShownRound,
    rows: tuple[PictureRow, ...],
    content: Mapping[str, Any],
) -> tuple[PictureRow, ...]:
    """Return the rows with their movement since another round than the one before."""
    then = _content(since)
    return moved_between(
        now=rows,
        then=national.rows_of(content=then),
        then_name=since.round.name,
        reorganised=queries.reorganised_between(
            after=since.round.geography_date, until=shown.round.geography_date
        ),
        comparable=then["rubric_versions"] == content["rubric_versions"],
    )


def _others(form: NationalFilterForm) -> dict[str, str]:
    day = form.cleaned_data.get("as_at")
    compare = form.cleaned_data.get("compare")
    return {
        **({"as_at": day.isoformat()} if isinstance(day, date) else {}),
        **({"compare": compare} if compare else {}),
    }


def _number(word: str) -> int:
    return int(word) if word.isascii() and word.isdigit() and len(word) <= 6 else 1

"""The addresses that the national page leads to; what is shown stands in each of them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlencode

from django.urls import reverse

from engagement.picture import Filters, PictureRow


@dataclass(frozen=True)
class PairLink:
    """A pair's name with its page."""

    name: str
    url: str


@dataclass(frozen=True)
class NationalLinks:
    """Makes the page's links.

    round: what names the round in an address; nothing for the one shown by default.
    filters: which pairs are shown.
    others: what else stands in the address: the day, and the round compared with.
    """

    round: Mapping[str, str]
    filters: Filters
    others: Mapping[str, str] = field(default_factory=dict)

    def pair(self, *, row: PictureRow) -> PairLink:
        """Return a pair's name with its page."""
        url = reverse("engagement:pair", args=[row.authority_slug, row.board_slug])
        return PairLink(name=row.name, url=_with_query(url, self.round))

    def list_of(self, *, only: Filters) -> str:
        """Return the list of those that are shown and also fit `only`."""
        asked = {**self._shown(), **_asked(only)}
        return f"{_with_query(reverse('engagement:national'), asked)}#all-pairs"

    def page(self) -> str:
        """Return the address of the list up to where the number of its page goes."""
        return _with_query(reverse("engagement:national"), {**self._shown(), "page": ""})

    def file(self, *, name: str) -> str:
        """Return a file with the same choice; `name` is that of its address."""
        return _with_query(reverse(f"engagement:{name}"), self._shown())

    def without_filters(self) -> str:
        """Return the page with every pair."""
        return _with_query(reverse("engagement:national"), {**self.round, **self.others})

    def now(self) -> str:
        """Return the same choice without a day."""
        shown = {name: value for name, value in self._shown().items() if name != "as_at"}
        return _with_query(reverse("engagement:national"), shown)

    def _shown(self) -> dict[str, str]:
        return {**self.round, **_asked(self.filters), **self.others}


def _asked(filters: Filters) -> dict[str, str]:
    return {name: value for name, value in vars(filters).items() if value}


def _with_query(url: str, query: Mapping[str, str]) -> str:
    return f"{url}?{urlencode(query)}" if query else url

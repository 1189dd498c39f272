"""Links that pages of this app show."""

from dataclasses import dataclass


@dataclass(frozen=True)
class BackLink:
    """The link above a page's title to the page that it belongs to."""

    label: str
    url: str


@dataclass(frozen=True)
class Action:
    """A link; the hidden words make its purpose plain out of context."""

    label: str
    url: str
    hidden_words: str = ""


@dataclass(frozen=True)
class Download:
    """A file to take away."""

    label: str
    url: str
    kind: str = "CSV"
    size: int | None = None

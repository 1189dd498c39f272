"""The pages on which the parts of one framework stand: each of them leads to the others."""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from django.urls import reverse

from authorities.presenters.tables import Link


class Part(StrEnum):
    """A part of a framework, by the name of its address."""

    TEXT = "outcomes:framework"
    PROGRESS = "progress:framework"
    COUNTS = "outcomes:count-list"
    REVIEWS = "outcomes:review-list"
    FILES = "files"


_LABELS = {
    Part.TEXT: "What was agreed",
    Part.PROGRESS: "Progress",
    Part.COUNTS: "What is counted",
    Part.REVIEWS: "Expert reviews",
    Part.FILES: "Files",
}


@dataclass(frozen=True)
class PartLink:
    """Where a part stands; `current` on its own page."""

    label: str
    url: str
    current: bool


@dataclass(frozen=True)
class FrameworkParts:
    """Links to all parts of a framework, shown by `outcomes/_framework_parts.html`."""

    framework: str
    links: tuple[PartLink, ...]


def parts_of(
    *, framework: UUID, name: str, in_force: bool, current: Part | None = None
) -> FrameworkParts:
    """Return the links to the parts of a framework.

    Args:
        framework: its key.
        name: what it is called.
        in_force: whether a version is: progress is told of such alone.
        current: the part whose page it is.
    """
    return FrameworkParts(
        framework=name,
        links=tuple(
            PartLink(label=_LABELS[part], url=_url(part, framework), current=part == current)
            for part in Part
            if in_force or part != Part.PROGRESS
        ),
    )


def files_of(*, framework: UUID, number: int, in_force: bool) -> tuple[Link, ...]:
    """Return the files of a framework: of one version, and of what is in force."""
    own = reverse("outcomes:framework-csv", args=[framework, number])
    found = [Link("Baselines and targets of this version (CSV)", own)]
    if in_force:
        found += [
            Link(
                "Indicators with status and reason (CSV)",
                reverse("progress:framework-indicators", args=[framework]),
            ),
            Link(
                "What is counted, period by period (CSV)",
                reverse("outcomes:count-list-csv", args=[framework]),
            ),
            Link(
                "The framework from the API (JSON)", reverse("framework-detail", args=[framework])
            ),
        ]
    return tuple(found)


def _url(part: Part, framework: UUID) -> str:
    if part == Part.FILES:
        return f"{reverse(Part.TEXT, args=[framework])}#{part}"
    return reverse(part, args=[framework])

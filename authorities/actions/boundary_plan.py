"""What an official file of councils would give: what fits the register, and what does not.

The preview on screen and the import read the same plan, so that both always say the same.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from shapely.geometry.base import BaseGeometry

from authorities.boundary_file import BoundaryFile
from authorities.models import BodyCode, BodyKind, CodeScheme, PartCouncil
from authorities.queries.dated import codes_on, names_on

_COUNCIL_KINDS = frozenset({"CTYUA", "UTLA"})
_ENGLAND = "E"


class BoundariesError(ValueError):
    """Areas that cannot be stored; the message says what to do. Nothing has been stored."""


@dataclass(frozen=True)
class CodedArea:
    """A code with its name, of the file, or of the register for what the file lacks."""

    code: str
    name: str


@dataclass(frozen=True)
class BoundaryPlan:
    """What a file would give.

    Attributes:
        matched: the code and name of each council of the register that has an area.
        unmatched: codes of England that no council of the register has.
        doubled: codes of councils that an earlier code of the file stood for already.
        left_out: codes outside England.
        missing: councils of the register without an area, by their codes and names.
        areas: by the key of the council.
        unmatched_areas: by code.
        parts_of: keys of the parts of each council, by the key of the council.
    """

    matched: tuple[CodedArea, ...]
    unmatched: tuple[CodedArea, ...]
    doubled: tuple[CodedArea, ...]
    left_out: tuple[CodedArea, ...]
    missing: tuple[CodedArea, ...]
    areas: Mapping[str, BaseGeometry]
    unmatched_areas: Mapping[str, BaseGeometry]
    parts_of: Mapping[str, tuple[str, ...]]

    @property
    def problems(self) -> tuple[str, ...]:
        """Why the file cannot be stored, and what to do; empty where it can."""
        found = []
        if self.doubled:
            found.append(
                f"{_listed(self.doubled)} and another code of the file are one council. Remove one."
            )
        if self.unmatched:
            found.append(
                f"The register has no council with the code {_listed(self.unmatched)}. "
                "Update the register first, or import the boundaries of its year."
            )
        if self.missing:
            found.append(
                f"The file has no area for {_listed(self.missing)}. Import a file of all England."
            )
        return tuple(found)


def plan_boundaries(*, file: BoundaryFile, valid_from: date) -> BoundaryPlan:
    """Return what the file would give with the register of the day.

    Raises:
        BoundariesError: the file is not of councils, or there is no register.
    """
    if file.kind not in _COUNCIL_KINDS:
        raise BoundariesError(
            f"The file holds {file.kind} areas. Import counties and unitary authorities "
            "(CTYUA): strategic authorities and boards are put together from councils."
        )
    parts_of = _parts_of_councils(on=valid_from)
    if not parts_of:
        raise BoundariesError("There is no register yet. Run manage.py load_register first.")
    council_of = {
        value: str(body_id)
        for value, body_id in BodyCode.objects.filter(
            scheme=CodeScheme.ONS, body__kind=BodyKind.COUNCIL
        ).values_list("value", "body_id")
    }
    areas: dict[str, BaseGeometry] = {}
    unmatched_areas: dict[str, BaseGeometry] = {}
    matched, unmatched, doubled, left_out = [], [], [], []
    for boundary in file.boundaries:
        coded = CodedArea(code=boundary.code, name=boundary.name)
        council = council_of.get(boundary.code)
        if not boundary.code.startswith(_ENGLAND):
            left_out.append(coded)
        elif council is None:
            unmatched.append(coded)
            unmatched_areas[boundary.code] = boundary.area
        elif council in areas:
            doubled.append(coded)
        else:
            matched.append(coded)
            areas[council] = boundary.area
    return BoundaryPlan(
        matched=tuple(matched),
        unmatched=tuple(unmatched),
        doubled=tuple(doubled),
        left_out=tuple(left_out),
        missing=_named(councils=parts_of.keys() - areas.keys(), on=valid_from),
        areas=areas,
        unmatched_areas=unmatched_areas,
        parts_of=parts_of,
    )


def _parts_of_councils(*, on: date) -> dict[str, tuple[str, ...]]:
    """Keys of the parts of each council, in order."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for key, council_id in (
        PartCouncil.objects.as_at(on).order_by("part__key").values_list("part__key", "council_id")
    ):
        found[str(council_id)].append(key)
    return {council: tuple(keys) for council, keys in found.items()}


def _named(*, councils: set[str], on: date) -> tuple[CodedArea, ...]:
    keys = [UUID(council) for council in councils]
    codes, names = codes_on(day=on, bodies=keys), names_on(day=on, bodies=keys)
    return tuple(
        sorted(
            (
                CodedArea(code=codes.get((key, CodeScheme.ONS), ""), name=names.short_name(key))
                for key in keys
            ),
            key=lambda coded: (coded.code, coded.name),
        )
    )


def _listed(codes: tuple[CodedArea, ...]) -> str:
    return ", ".join(coded.code or coded.name for coded in codes)

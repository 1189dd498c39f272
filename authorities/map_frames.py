"""Where England and its enlargements stand on the canvas of the national map."""

from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry


@dataclass(frozen=True)
class Frame:
    """A rectangle of land in metres of the British National Grid."""

    west: float
    south: float
    east: float
    north: float

    def box(self, *, margin: float = 0) -> BaseGeometry:
        """Return the rectangle as a polygon, wider by a margin in metres on each side."""
        return shapely.box(
            self.west - margin, self.south - margin, self.east + margin, self.north + margin
        )


@dataclass(frozen=True)
class Rectangle:
    """A rectangle on a canvas, y down, in units of its view box."""

    x: int
    y: int
    width: int
    height: int


@dataclass(frozen=True)
class Inset:
    """An enlarged area of the national map.

    Attributes:
        title: what stands under it.
        frame: the land that it shows.
        x, y, width: where it stands on the canvas; its height follows from the frame.
        leaders: whether lines can lead to it without crossing other land.
    """

    title: str
    frame: Frame
    x: int
    y: int
    width: int
    leaders: bool

    @property
    def metres_per_unit(self) -> float:
        return (self.frame.east - self.frame.west) / self.width

    @property
    def rectangle(self) -> Rectangle:
        height = round((self.frame.north - self.frame.south) / self.metres_per_unit)
        return Rectangle(x=self.x, y=self.y, width=self.width, height=height)


WIDTH, HEIGHT = 2460, 2735

# Scilly stands 20 units from the left edge and Berwick 16 from the top.
METRES_PER_UNIT = 241.0
ENGLAND = Frame(
    west=76_500,
    south=661_500 - HEIGHT * METRES_PER_UNIT,
    east=76_500 + WIDTH * METRES_PER_UNIT,
    north=661_500,
)

# Their pairs are too small to hit on a map of the country. They stand on sea and Wales.
INSETS = (
    Inset("Greater London", Frame(500_000, 151_500, 566_000, 205_500), 1745, 24, 688, False),
    Inset("North west", Frame(314_000, 338_000, 414_000, 436_000), 20, 24, 700, True),
    Inset("West Midlands", Frame(374_000, 268_000, 444_000, 314_000), 20, 1180, 728, True),
)


def to_canvas(
    *, area: BaseGeometry, frame: Frame, x: float, y: float, metres_per_unit: float
) -> BaseGeometry:
    """Return an area of land on a canvas, y down.

    Args:
        area: metres of the British National Grid.
        frame: the land whose north-west corner comes to (x, y).
        metres_per_unit: how much land one unit of the canvas shows.
    """

    def place(points: NDArray[np.float64]) -> NDArray[np.float64]:
        return np.column_stack(
            [
                x + (points[:, 0] - frame.west) / metres_per_unit,
                y + (frame.north - points[:, 1]) / metres_per_unit,
            ]
        )

    placed: BaseGeometry = shapely.transform(area, place)
    return placed


def rectangle_on_england(*, frame: Frame) -> Rectangle:
    """Return where a frame of land lies on the map of the country."""
    placed = to_canvas(area=frame.box(), frame=ENGLAND, x=0, y=0, metres_per_unit=METRES_PER_UNIT)
    left, top, right, bottom = (round(side) for side in placed.bounds)
    return Rectangle(x=left, y=top, width=right - left, height=bottom - top)

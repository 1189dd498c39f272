"""From longitude and latitude (WGS 84) to the British National Grid."""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]


@dataclass(frozen=True)
class _Ellipsoid:
    major: float
    minor: float

    @property
    def eccentricity_squared(self) -> float:
        return 1 - (self.minor / self.major) ** 2


# Source for all constants: Ordnance Survey, A guide to coordinate systems in Great Britain
# (version 3.6), annexes A and section 6.6.
_WGS84 = _Ellipsoid(major=6_378_137.000, minor=6_356_752.3141)
_AIRY_1830 = _Ellipsoid(major=6_377_563.396, minor=6_356_256.909)
_SCALE_ON_MERIDIAN = 0.9996012717
_ORIGIN_LATITUDE = math.radians(49)
_ORIGIN_LONGITUDE = math.radians(-2)
_ORIGIN_EASTING = 400_000.0
_ORIGIN_NORTHING = -100_000.0

# WGS 84 to OSGB36: metres, seconds of arc, and parts of one.
_SHIFT = (-446.448, 125.157, -542.060)
_ROTATION = tuple(math.radians(seconds / 3600) for seconds in (-0.1502, -0.2470, -0.8421))
_SCALE = 20.4894e-6


def national_grid_of_wgs84(*, longitude: Numbers, latitude: Numbers) -> tuple[Numbers, Numbers]:
    """Return eastings and northings, right to about 5 metres in Great Britain.

    Args:
        longitude: degrees east, WGS 84.
        latitude: degrees north, WGS 84.

    Returns:
        Metres east and north of the false origin of the British National Grid.

    Source: Ordnance Survey, A guide to coordinate systems in Great Britain, section 6.6 (the
    seven-parameter transformation, which bounds the accuracy) and annex C.
    """
    x, y, z = _cartesian(np.radians(longitude), np.radians(latitude))
    turn_x, turn_y, turn_z = _ROTATION
    moved_x = _SHIFT[0] + (1 + _SCALE) * x - turn_z * y + turn_y * z
    moved_y = _SHIFT[1] + turn_z * x + (1 + _SCALE) * y - turn_x * z
    moved_z = _SHIFT[2] - turn_y * x + turn_x * y + (1 + _SCALE) * z
    airy_longitude, airy_latitude = _geodetic(moved_x, moved_y, moved_z)
    return project_airy(longitude=airy_longitude, latitude=airy_latitude)


def project_airy(*, longitude: Numbers, latitude: Numbers) -> tuple[Numbers, Numbers]:
    """Return eastings and northings of places on the Airy 1830 ellipsoid.

    Args:
        longitude: radians east, OSGB36.
        latitude: radians north, OSGB36.

    Returns:
        Metres, exact to millimetres within Great Britain.

    Source: Ordnance Survey, as above, annex C.1; the names of the terms are those of the guide.
    """
    squared = _AIRY_1830.eccentricity_squared
    n = (_AIRY_1830.major - _AIRY_1830.minor) / (_AIRY_1830.major + _AIRY_1830.minor)
    sine, cosine, tangent = np.sin(latitude), np.cos(latitude), np.tan(latitude)
    nu = _AIRY_1830.major * _SCALE_ON_MERIDIAN / np.sqrt(1 - squared * sine**2)
    rho = nu * (1 - squared) / (1 - squared * sine**2)
    eta_squared = nu / rho - 1
    difference = latitude - _ORIGIN_LATITUDE
    total = latitude + _ORIGIN_LATITUDE
    meridian = (
        _AIRY_1830.minor
        * _SCALE_ON_MERIDIAN
        * (
            (1 + n + 5 / 4 * n**2 + 5 / 4 * n**3) * difference
            - (3 * n + 3 * n**2 + 21 / 8 * n**3) * np.sin(difference) * np.cos(total)
            + (15 / 8 * n**2 + 15 / 8 * n**3) * np.sin(2 * difference) * np.cos(2 * total)
            - 35 / 24 * n**3 * np.sin(3 * difference) * np.cos(3 * total)
        )
    )
    one = meridian + _ORIGIN_NORTHING
    two = nu / 2 * sine * cosine
    three = nu / 24 * sine * cosine**3 * (5 - tangent**2 + 9 * eta_squared)
    three_a = nu / 720 * sine * cosine**5 * (61 - 58 * tangent**2 + tangent**4)
    four = nu * cosine
    five = nu / 6 * cosine**3 * (nu / rho - tangent**2)
    six = (
        nu
        / 120
        * cosine**5
        * (5 - 18 * tangent**2 + tangent**4 + 14 * eta_squared - 58 * tangent**2 * eta_squared)
    )
    east = longitude - _ORIGIN_LONGITUDE
    northing = one + two * east**2 + three * east**4 + three_a * east**6
    easting = _ORIGIN_EASTING + four * east + five * east**3 + six * east**5
    return easting, northing


def _cartesian(longitude: Numbers, latitude: Numbers) -> tuple[Numbers, Numbers, Numbers]:
    """Annex B.1, at height 0 on WGS 84: borders have no height."""
    squared = _WGS84.eccentricity_squared
    nu = _WGS84.major / np.sqrt(1 - squared * np.sin(latitude) ** 2)
    return (
        nu * np.cos(latitude) * np.cos(longitude),
        nu * np.cos(latitude) * np.sin(longitude),
        nu * (1 - squared) * np.sin(latitude),
    )


def _geodetic(x: Numbers, y: Numbers, z: Numbers) -> tuple[Numbers, Numbers]:
    """Annex B.2, to the Airy ellipsoid; five rounds settle to below a millimetre."""
    squared = _AIRY_1830.eccentricity_squared
    from_axis = np.hypot(x, y)
    latitude = np.arctan2(z, from_axis * (1 - squared))
    for _ in range(5):
        nu = _AIRY_1830.major / np.sqrt(1 - squared * np.sin(latitude) ** 2)
        latitude = np.arctan2(z + squared * nu * np.sin(latitude), from_axis)
    return np.arctan2(y, x), latitude

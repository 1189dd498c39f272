import numpy as np
import pytest

from authorities.osgb36 import national_grid_of_wgs84, project_airy


def degrees(whole: float, minutes: float, seconds: float) -> float:
    return whole + minutes / 60 + seconds / 3600


def test_projection_agrees_with_the_worked_example_of_the_ordnance_survey_guide() -> None:
    # A guide to coordinate systems in Great Britain, annex C.1: Caister water tower.
    latitude = np.radians(np.array([degrees(52, 39, 27.2531)]))
    longitude = np.radians(np.array([degrees(1, 43, 4.5177)]))

    easting, northing = project_airy(longitude=longitude, latitude=latitude)

    assert easting[0] == pytest.approx(651409.903, abs=0.001)
    assert northing[0] == pytest.approx(313177.270, abs=0.001)


def test_conversion_from_satellite_coordinates_is_right_to_five_metres() -> None:
    # The same tower as the guide gives it in ETRS89 and, by the exact grid, in OSGB36.
    latitude = np.array([degrees(52, 39, 28.8282)])
    longitude = np.array([degrees(1, 42, 57.8663)])

    easting, northing = national_grid_of_wgs84(longitude=longitude, latitude=latitude)

    assert easting[0] == pytest.approx(651409.8, abs=5)
    assert northing[0] == pytest.approx(313177.4, abs=5)


def test_the_true_origin_falls_on_its_false_coordinates() -> None:
    easting, northing = project_airy(
        longitude=np.radians(np.array([-2.0])), latitude=np.radians(np.array([49.0]))
    )

    assert (easting[0], northing[0]) == pytest.approx((400_000, -100_000), abs=1e-6)

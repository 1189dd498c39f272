import pytest
import shapely

from authorities.part_areas import (
    PartAreas,
    PartAreasError,
    read_part_areas,
    write_part_areas,
)


def part_areas() -> PartAreas:
    return PartAreas(
        source="Office for National Statistics",
        licence="Open Government Licence v3.0",
        label="approximate areas",
        date="2025-11-30",
        areas={
            "E06000002:1": shapely.box(100, 0, 200, 50),
            "E06000001:1": shapely.multipolygons(
                [shapely.box(0, 0, 50, 50), shapely.box(60, 0, 90, 50)]
            ),
        },
    )


def test_areas_read_back_as_they_were_written() -> None:
    written = write_part_areas(part_areas=part_areas())

    read = read_part_areas(text=written)

    assert (read.source, read.licence, read.label, read.date) == (
        "Office for National Statistics",
        "Open Government Licence v3.0",
        "approximate areas",
        "2025-11-30",
    )
    assert list(read.areas) == ["E06000001:1", "E06000002:1"]
    assert all(read.areas[key].equals(area) for key, area in part_areas().areas.items())


def test_equal_areas_give_equal_bytes() -> None:
    turned = part_areas()
    areas = dict(reversed(list(turned.areas.items())))

    again = write_part_areas(
        part_areas=PartAreas(turned.source, turned.licence, turned.label, turned.date, areas)
    )

    assert again == write_part_areas(part_areas=part_areas())


@pytest.mark.parametrize(
    "text",
    ["", "[]", "{}", '{"features": [{"id": "E06000001:1"}]}', '{"features": []}'],
    ids=["nothing", "a list", "no features", "no geometry", "no source"],
)
def test_another_file_is_refused_with_what_to_do(text: str) -> None:
    with pytest.raises(PartAreasError, match="Run build_boundaries"):
        read_part_areas(text=text)

"""What the invented outcomes frameworks of the demonstration are about."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Plan:
    """A framework to be written; councils are those whose healthy years it is about."""

    authority: str
    board: str
    name: str
    summary: str
    councils: tuple[str, ...]
    years_more: float


GREATER_MANCHESTER = Plan(
    "greater-manchester",
    "greater-manchester",
    "Healthier for longer in Greater Manchester",
    "People in every part of Greater Manchester live more of their years in good health, and most "
    "so where these years are fewest.",
    ("manchester", "salford", "wigan"),
    2.0,
)
SOUTH_YORKSHIRE = Plan(
    "south-yorkshire",
    "south-yorkshire",
    "Good years in South Yorkshire",
    "More years in good health, by warm homes, good work and less harm from tobacco.",
    ("sheffield", "barnsley"),
    1.5,
)
LIVERPOOL = Plan(
    "liverpool-city-region",
    "cheshire-and-merseyside",
    "A fairer start in Liverpool City Region",
    "Children grow up healthier, and adults keep their health for longer.",
    ("liverpool",),
    2.0,
)
YORK = Plan(
    "york-and-north-yorkshire",
    "humber-and-north-yorkshire",
    "Living well on the coast and in the dales",
    "",
    ("york",),
    1.0,
)
ITEMS = (
    (
        "input",
        "Money for warm homes",
        "From the integrated settlement and the ICB’s prevention fund",
    ),
    ("input", "A shared team for healthy places", ""),
    (
        "process",
        "Find homes that make people ill",
        "General practices and councils share addresses",
    ),
    ("process", "Offer help to stop smoking with every tenancy", ""),
    ("output", "Homes made warm", ""),
    ("output", "Smokers helped to stop", ""),
    ("outcome", "People live more years in good health", ""),
    ("outcome", "Children grow up healthy", ""),
)
LINKS = (
    ("Money for warm homes", ("Find homes that make people ill", "Homes made warm")),
    ("A shared team for healthy places", ("Offer help to stop smoking with every tenancy",)),
    ("Find homes that make people ill", ("Homes made warm",)),
    ("Offer help to stop smoking with every tenancy", ("Smokers helped to stop",)),
    (
        "Homes made warm",
        ("People live more years in good health", "Children grow up healthy"),
    ),
    ("Smokers helped to stop", ("People live more years in good health",)),
)

"""The example of `docs/methods/overlaps-and-coterminosity.md`, worked out by hand.

It has every class, a sliver that leaves the class of others alone, shares of exactly 2% and
exactly 99.9%, and a body whose pairs disagree. The numbers here are written down, not computed.
"""

from authorities.geography import (
    Coterminosity,
    Gap,
    Overlap,
    PartOverlap,
    coterminosity,
    gaps,
    overlaps,
    pairs,
)

PARTS = tuple(
    PartOverlap(part=part, authority=authority, board=board, population=people)
    for part, people, authority, board in (
        ("North", 985, "northshire", "vale"),
        ("North Edge", 15, "northshire", "wold"),
        ("Wolds", 700, "wolds", "wold"),
        ("Wold End", 285, None, "wold"),
        ("Port", 999, "port", "haven"),
        ("Lighthouse", 1, None, "haven"),
        ("City East", 20, "city", "east"),
        ("City West", 980, "city", "west"),
        ("Dale", 250, "dale", "dales"),
        ("Moor", 750, "moor", "dales"),
        ("Shore", 600, "coast", "shore"),
        ("Bay", 400, "coast", "bay"),
        ("Hill", 600, "hill", "bay"),
        ("Isle", 10, "isle", "mainland"),
        ("Mainland", 990, None, "mainland"),
        ("Marsh", 500, None, "marsh"),
    )
)
COTERMINOUS = Coterminosity.COTERMINOUS
WITHIN_ONE = Coterminosity.AUTHORITY_WITHIN_ONE_BOARD
SEVERAL_BOARDS = Coterminosity.AUTHORITY_OVER_SEVERAL_BOARDS
SEVERAL_AUTHORITIES = Coterminosity.BOARD_OVER_SEVERAL_AUTHORITIES
MIXED = Coterminosity.MIXED


def test_people_and_shares() -> None:
    found = overlaps(parts=PARTS)

    assert found == (
        Overlap("city", "east", 20, 0.02, 1.0),
        Overlap("city", "west", 980, 0.98, 1.0),
        Overlap("coast", "bay", 400, 0.4, 0.4),
        Overlap("coast", "shore", 600, 0.6, 1.0),
        Overlap("dale", "dales", 250, 1.0, 0.25),
        Overlap("hill", "bay", 600, 1.0, 0.6),
        Overlap("isle", "mainland", 10, 1.0, 0.01),
        Overlap("moor", "dales", 750, 1.0, 0.75),
        Overlap("northshire", "vale", 985, 0.985, 1.0),
        Overlap("northshire", "wold", 15, 0.015, 0.015),
        Overlap("port", "haven", 999, 1.0, 0.999),
        Overlap("wolds", "wold", 700, 1.0, 0.7),
    )


def test_people_without_an_authority() -> None:
    found = gaps(parts=PARTS)

    assert found == (
        Gap(authority=None, board="haven", population=1, share=0.001),
        Gap(authority=None, board="mainland", population=990, share=0.99),
        Gap(authority=None, board="marsh", population=500, share=1.0),
        Gap(authority=None, board="wold", population=285, share=0.285),
    )


def test_the_one_sliver_is_below_two_percent_of_its_authority() -> None:
    found = pairs(overlaps=overlaps(parts=PARTS))

    slivers = [(pair.overlap.authority, pair.overlap.board) for pair in found if pair.sliver]

    assert slivers == [("northshire", "wold")]


def test_the_class_of_each_pair() -> None:
    found = coterminosity(pairs=pairs(overlaps=overlaps(parts=PARTS)))

    assert [(c.authority, c.board, c.coterminosity) for c in found.pairs] == [
        # Exactly 2% is no sliver.
        ("city", "east", SEVERAL_BOARDS),
        ("city", "west", SEVERAL_BOARDS),
        # Two boards of the coast, and two authorities of the bay.
        ("coast", "bay", MIXED),
        ("coast", "shore", SEVERAL_BOARDS),
        ("dale", "dales", SEVERAL_AUTHORITIES),
        ("hill", "bay", SEVERAL_AUTHORITIES),
        # The isle is 1% of the mainland, but all of its own authority.
        ("isle", "mainland", WITHIN_ONE),
        ("moor", "dales", SEVERAL_AUTHORITIES),
        # The sliver is no second board, but the vale has only 98.5% of the authority.
        ("northshire", "vale", WITHIN_ONE),
        # Exactly 99.9% of the board is whole.
        ("port", "haven", COTERMINOUS),
        # The sliver is no second authority.
        ("wolds", "wold", WITHIN_ONE),
    ]


def test_the_class_of_each_body() -> None:
    found = coterminosity(pairs=pairs(overlaps=overlaps(parts=PARTS)))

    assert found.authorities == (
        ("city", SEVERAL_BOARDS),
        # Its pairs disagree.
        ("coast", MIXED),
        ("dale", SEVERAL_AUTHORITIES),
        ("hill", SEVERAL_AUTHORITIES),
        ("isle", WITHIN_ONE),
        ("moor", SEVERAL_AUTHORITIES),
        ("northshire", WITHIN_ONE),
        ("port", COTERMINOUS),
        ("wolds", WITHIN_ONE),
    )
    # The marsh has no pair, so it has no class.
    assert found.boards == (
        ("bay", MIXED),
        ("dales", SEVERAL_AUTHORITIES),
        ("east", SEVERAL_BOARDS),
        ("haven", COTERMINOUS),
        ("mainland", WITHIN_ONE),
        ("shore", SEVERAL_BOARDS),
        ("vale", WITHIN_ONE),
        ("west", SEVERAL_BOARDS),
        ("wold", WITHIN_ONE),
    )

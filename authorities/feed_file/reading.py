"""A file from first byte to last row, its layout told by its headings."""

from collections import Counter
from typing import Final

from authorities.feed_file.faults import FeedFileError
from authorities.feed_file.ods import is_ods, read_ods
from authorities.feed_file.ons import is_ons, read_ons
from authorities.feed_file.own import form_of, read_own
from authorities.feed_file.rows import Feed
from authorities.feed_file.source import read_source

# The United Kingdom has fewer than 400 districts, and of other kinds fewer still.
MOST_BODIES: Final = 1_000

_ONS_NAMES = (
    "ONS names and codes: a code and a name of ICBs (ICB26CD, ICB26NM), combined authorities "
    "(CAUTH25CD, CAUTH25NM), or counties and unitary authorities (CTYUA25CD, CTYUA25NM), of any "
    "year"
)
_ONS_LOOKUPS = (
    "ONS lookups: councils (CTYUA, UTLA or LAD) with combined authorities (CAUTH) or ICBs (ICB)"
)
_ODS = "ODS organisation files: 27 columns without headings, such as the report eother"
_OWN = (
    "files of this register: strategic_authorities.csv, integrated_care_boards.csv, "
    "icb_codes.csv and councils.csv"
)
LAYOUTS_READ: Final = (_ONS_NAMES, _ONS_LOOKUPS, _ODS, _OWN)


def read_feed(*, content: bytes) -> Feed:
    """Return what a file says of bodies, whichever of the layouts it has.

    Args:
        content: the whole file.

    Returns:
        Its bodies in the order of the file, each once, and what it says of their councils.

    Raises:
        FeedFileError: the file cannot be used. The message says what to do; `errors` names the
            rows and columns where the layout is known and cells are wrong.
    """
    source = read_source(content=content)
    header, rest = source.records[0], source.records[1:]
    if is_ods(first=header):
        feed = read_ods(records=source.records)
    elif is_ons(header=header):
        _refuse_headings_only(len(rest))
        feed = read_ons(header=header, records=rest)
    elif form := form_of(header=header):
        _refuse_headings_only(len(rest))
        feed = read_own(form=form, header=header, records=rest)
    else:
        raise FeedFileError(
            "unknown-layout",
            f"We do not know this layout. These are read: {'; '.join(LAYOUTS_READ)}.",
        )
    _refuse_too_many_bodies(feed)
    notices = (*source.notices, *feed.notices)
    return Feed(
        layout=feed.layout,
        scheme=feed.scheme,
        rows=feed.rows,
        links=feed.links,
        covers=feed.covers,
        linked=feed.linked,
        vintage=feed.vintage,
        notices=notices,
    )


def _refuse_too_many_bodies(feed: Feed) -> None:
    kinds = Counter(row.kind for row in feed.rows if row.kind)
    if kinds and max(kinds.values()) > MOST_BODIES:
        raise FeedFileError(
            "too-many-rows",
            f"The file has {max(kinds.values()):,} bodies of one kind, and England has far fewer "
            f"than {MOST_BODIES:,}. Choose another file.",
        )


def _refuse_headings_only(rows: int) -> None:
    if not rows:
        raise FeedFileError("empty", "The file has headings but no rows.")

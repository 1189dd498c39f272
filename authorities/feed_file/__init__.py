"""Register and lookup files of others: bytes in; bodies, or errors with their place, out."""

from authorities.feed_file.faults import FeedFileError, RowError
from authorities.feed_file.reading import LAYOUTS_READ, read_feed
from authorities.feed_file.rows import Feed, FeedLink, FeedRow, Layout, Scheme
from authorities.feed_file.source import MOST_BYTES, MOST_ROWS

__all__ = [
    "LAYOUTS_READ",
    "MOST_BYTES",
    "MOST_ROWS",
    "Feed",
    "FeedFileError",
    "FeedLink",
    "FeedRow",
    "Layout",
    "RowError",
    "Scheme",
    "read_feed",
]

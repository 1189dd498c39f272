"""Reads the files of the open postcode package (development only)."""

import brotli
import msgpack
import pandas as pd


class PostcodeFileError(ValueError):
    """The bytes are not a file of the postcode package."""


def read_postcode_file(*, content: bytes) -> pd.DataFrame:
    """Return the postcodes of one file.

    Args:
        content: a table packed with msgpack and compressed with brotli.

    Returns:
        Columns pcd, laua, oseast1m and osnrth1m (metres).

    Raises:
        PostcodeFileError: the package has another form than the one this was written for.
    """
    try:
        table = msgpack.unpackb(brotli.decompress(content), raw=False)
        frame = pd.DataFrame(table["data"], columns=table["columns"])
        return frame[["pcd", "laua", "oseast1m", "osnrth1m"]]
    except (brotli.error, msgpack.UnpackException, ValueError, KeyError, TypeError) as error:
        raise PostcodeFileError(
            "The postcode package has changed its form. Pin the version in pyproject.toml."
        ) from error

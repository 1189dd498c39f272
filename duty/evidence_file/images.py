"""Pictures, read as far as their headers: nothing is decoded, so no flood of pixels comes."""

import struct

from duty.evidence_file.kinds import EvidenceFileError, Fault

PNG_START = b"\x89PNG\r\n\x1a\n"
JPG_START = b"\xff\xd8\xff"
# A scan of A0 at 200 dots an inch fits; what is larger only fills the memory of who opens it.
MOST_PIXELS_A_SIDE = 10_000

_NO_LENGTH = frozenset({0x01, *range(0xD0, 0xD8)})
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_SCAN, _END = 0xDA, 0xD9


def check_png(*, content: bytes) -> None:
    """Refuse a PNG that is cut short or has too many pixels.

    Args:
        content: the whole file; it begins as a PNG does.

    Raises:
        EvidenceFileError: damaged or unsafe.

    Source: W3C, Portable Network Graphics, sections 5.2 to 5.6 and 11.2.1.
    """
    if content[12:16] != b"IHDR" or len(content) < 33:
        raise _damaged()
    _check_size(*struct.unpack(">II", content[16:24]))
    place = len(PNG_START)
    while place + 12 <= len(content):
        (length,) = struct.unpack(">I", content[place : place + 4])
        name = content[place + 4 : place + 8]
        place += 12 + length
        if name == b"IEND" and place <= len(content):
            return
    raise _damaged()


def check_jpg(*, content: bytes) -> None:
    """Refuse a JPG that is cut short or has too many pixels.

    Args:
        content: the whole file; it begins as a JPG does.

    Raises:
        EvidenceFileError: damaged or unsafe.

    Source: ITU-T T.81, annex B.
    """
    place, sized = 2, False
    while place + 4 <= len(content):
        if content[place] != 0xFF:
            raise _damaged()
        marker = content[place + 1]
        if marker == 0xFF:
            place += 1
            continue
        if marker in _NO_LENGTH:
            place += 2
            continue
        (length,) = struct.unpack(">H", content[place + 2 : place + 4])
        if marker in _FRAMES:
            if place + 9 > len(content):
                raise _damaged()
            height, width = struct.unpack(">HH", content[place + 5 : place + 9])
            _check_size(width, height)
            sized = True
        if marker == _SCAN:
            if sized and content.find(bytes((0xFF, _END)), place) > 0:
                return
            raise _damaged()
        if length < 2:
            raise _damaged()
        place += 2 + length
    raise _damaged()


def _check_size(width: int, height: int) -> None:
    if not (width and height):
        raise _damaged()
    if max(width, height) > MOST_PIXELS_A_SIDE:
        raise EvidenceFileError(
            Fault.UNSAFE,
            f"The picture is {width:,} by {height:,} pixels. Make it {MOST_PIXELS_A_SIDE:,} pixels "
            "or fewer on each side.",
        )


def _damaged() -> EvidenceFileError:
    return EvidenceFileError(
        Fault.DAMAGED, "The picture is damaged. Save it again, and choose the new file."
    )

"""Which files are taken as evidence: by name and by content, and never by trust."""

import time

import pytest

from duty.evidence_file import (
    MOST_BYTES,
    EvidenceFileError,
    Fault,
    FileKind,
    check_evidence_file,
)
from tests.factories.evidence import (
    TEST_VIRUS,
    archive,
    docx,
    jpg,
    lying_archive,
    pdf,
    png,
    xlsx,
)

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(100)
_LAUGHS = b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><x>&b;</x>'


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("plan.pdf", pdf(), FileKind.PDF),
        ("Plan of the board v1.2.PDF", pdf(), FileKind.PDF),
        ("letter.docx", docx(), FileKind.DOCX),
        ("figures.xlsx", xlsx(), FileKind.XLSX),
        ("map.png", png(), FileKind.PNG),
        ("map.jpg", jpg(), FileKind.JPG),
        ("map.jpeg", jpg(10_000, 10_000), FileKind.JPG),
    ],
)
def test_a_whole_file_of_a_known_kind_is_taken(name: str, content: bytes, kind: FileKind) -> None:
    assert check_evidence_file(content=content, name=name) is kind


@pytest.mark.parametrize(
    ("name", "content", "fault"),
    [
        # What it is not.
        ("chart.svg", b"<svg><script>alert(1)</script></svg>", Fault.KIND),
        ("page.pdf", b"<!doctype html><script>alert(1)</script>", Fault.KIND),
        ("plan.pdf.exe", pdf(), Fault.KIND),
        ("plan.exe.pdf", pdf(), Fault.KIND),
        ("plan", pdf(), Fault.KIND),
        ("pdf", pdf(), Fault.KIND),
        ("plan.docx", pdf(), Fault.KIND),
        ("map.png", jpg(), Fault.KIND),
        ("figures.xlsx", docx(), Fault.KIND),
        ("figures.xlsx", archive({"readme.txt": b"hello"}), Fault.KIND),
        ("plan.pdf", b"junk before" + pdf(), Fault.KIND),
        # Nothing, or not all of it.
        ("plan.pdf", b"", Fault.EMPTY),
        ("plan.pdf", pdf()[:-8], Fault.DAMAGED),
        ("map.png", png()[:-6], Fault.DAMAGED),
        ("map.png", png()[:20], Fault.DAMAGED),
        ("map.png", png(0, 4), Fault.DAMAGED),
        ("map.jpg", jpg()[:-2], Fault.DAMAGED),
        ("map.jpg", jpg()[:26], Fault.DAMAGED),
        ("map.jpg", b"\xff\xd8\xff\xe0\x00\x00" + bytes(40), Fault.DAMAGED),
        ("figures.xlsx", xlsx()[: len(xlsx()) // 2], Fault.DAMAGED),
        # Locked, or with programs in it.
        ("plan.pdf", pdf(b"trailer << /Encrypt 4 0 R >>"), Fault.LOCKED),
        ("figures.xlsx", _OLE, Fault.LOCKED),
        ("old.doc", _OLE, Fault.KIND),
        ("figures.xlsm", xlsx(), Fault.MACROS),
        ("figures.xlsx", xlsx({"xl/vbaProject.bin": b"code"}), Fault.MACROS),
        ("figures.xlsx", xlsx({"xl/macrosheets/sheet1.xml": b"<m/>"}), Fault.MACROS),
        (
            "figures.xlsx",
            xlsx({"[Content_Types].xml": b"application/vnd.ms-excel.sheet.macroEnabled"}),
            Fault.MACROS,
        ),
        # What harms whoever opens it.
        ("plan.pdf", TEST_VIRUS, Fault.UNSAFE),
        ("plan.pdf", pdf(TEST_VIRUS), Fault.UNSAFE),
        ("figures.xlsx", xlsx({"xl/embeddings/a.bin": TEST_VIRUS}), Fault.UNSAFE),
        ("figures.xlsx", xlsx({"xl/sharedStrings.xml": _LAUGHS}), Fault.UNSAFE),
        (
            "figures.xlsx",
            xlsx({"xl/sharedStrings.xml": _LAUGHS.decode().encode("utf-16")}),
            Fault.UNSAFE,
        ),
        ("figures.xlsx", xlsx({"../../etc/cron.d/x": b"* * * * *"}), Fault.UNSAFE),
        ("figures.xlsx", xlsx({"..\\..\\x": b"x"}), Fault.UNSAFE),
        ("figures.xlsx", xlsx({"c:/x": b"x"}), Fault.UNSAFE),
        ("map.png", png(10_001, 10_001), Fault.UNSAFE),
        ("map.jpg", jpg(10_001, 1), Fault.UNSAFE),
        ("plan.pdf", pdf(bytes(MOST_BYTES)), Fault.TOO_LARGE),
    ],
)
def test_any_other_file_is_refused_with_its_reason(name: str, content: bytes, fault: Fault) -> None:
    with pytest.raises(EvidenceFileError) as refusal:
        check_evidence_file(content=content, name=name)

    assert refusal.value.fault is fault
    assert str(refusal.value).endswith(".")


def test_a_part_with_a_password_is_refused() -> None:
    made = bytearray(xlsx())
    # The flag of a password, in the directory's first entry.
    made[made.find(b"PK\x01\x02") + 8] |= 1

    with pytest.raises(EvidenceFileError) as refusal:
        check_evidence_file(content=bytes(made), name="figures.xlsx")

    assert refusal.value.fault is Fault.LOCKED


@pytest.mark.slow
@pytest.mark.parametrize(
    ("content", "faults"),
    [
        (xlsx({"xl/media/image1.bin": bytes(60_000_000)}), {Fault.TOO_LARGE}),
        (xlsx({f"xl/{n}.bin": bytes(900_000) for n in range(4)}), {Fault.TOO_LARGE}),
        (xlsx({f"xl/{n}.xml": b"" for n in range(5_001)}), {Fault.TOO_LARGE}),
        # The reader stops at the size that the directory promised, or at the checksum after it.
        (lying_archive(), {Fault.DAMAGED, Fault.TOO_LARGE}),
    ],
    ids=["large", "ratio", "parts", "lying"],
)
def test_a_bomb_is_refused_before_it_goes_off(content: bytes, faults: set[Fault]) -> None:
    started = time.perf_counter()

    with pytest.raises(EvidenceFileError) as refusal:
        check_evidence_file(content=content, name="figures.xlsx")

    assert refusal.value.fault in faults
    assert time.perf_counter() - started < 2

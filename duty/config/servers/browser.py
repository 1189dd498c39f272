"""A Chromium for the browser tests: the machine's, or the one in the npm package."""

import io
import os
import shutil
import tarfile
from dataclasses import dataclass
from pathlib import Path

import brotli

_ON_THE_MACHINE = (Path("/usr/bin/chromium"), Path("/usr/bin/google-chrome"))
_ON_THE_PATH = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
_FONTS = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <include ignore_missing="yes">/etc/fonts/fonts.conf</include>
  <dir>{fonts}</dir>
  <cachedir>{cache}</cachedir>
</fontconfig>
"""


class NoBrowserError(RuntimeError):
    """There is no Chromium for the browser tests."""


@dataclass(frozen=True)
class Browser:
    """A Chromium, with the folder of the libraries that it brings (empty: the machine's own)."""

    program: Path
    libraries: str = ""
    fonts: str = ""

    def environment(self) -> dict[str, str]:
        """Return what the browser tests need to know."""
        facts = {"CHROMIUM_PATH": str(self.program)}
        if self.libraries:
            facts["BROWSER_LD_LIBRARY_PATH"] = self.libraries
            facts["FONTCONFIG_FILE"] = self.fonts
        return facts


def find_browser(*, project: Path, var: Path) -> Browser:
    """Return the Chromium that the environment names, the machine's, or the packaged one.

    HDT_CHROMIUM=packaged asks for the packaged one whatever the machine has.

    Raises:
        NoBrowserError: there is none.
    """
    if os.environ.get("HDT_CHROMIUM") != "packaged":
        if named := os.environ.get("CHROMIUM_PATH"):
            return Browser(
                program=Path(named), libraries=os.environ.get("BROWSER_LD_LIBRARY_PATH", "")
            )
        on_the_path = [Path(found) for name in _ON_THE_PATH if (found := shutil.which(name))]
        for program in (*_ON_THE_MACHINE, *on_the_path):
            if os.access(program, os.X_OK):
                return Browser(program=program)
    return _packaged(source=project / "node_modules/@sparticuz/chromium/bin", var=var)


def _packaged(*, source: Path, var: Path) -> Browser:
    if not (source / "chromium.br").exists():
        raise NoBrowserError(
            "No Chromium was found for the browser tests. Install one, set CHROMIUM_PATH, or let "
            "./run test install the packaged one (npm ci)."
        )
    facts = (source / "chromium.br").stat()
    folder = var / f"chromium-{facts.st_size}"
    if not folder.exists():
        unfinished = var / f"chromium-unfinished-{os.getpid()}"
        _unpack(source=source, folder=unfinished)
        try:
            unfinished.replace(folder)
        except OSError:
            # Another run was faster.
            shutil.rmtree(unfinished)
    fonts = folder / "fonts.conf"
    fonts.write_text(_FONTS.format(fonts=folder / "fonts", cache=folder / "fonts-cache"))
    return Browser(
        program=folder / "headless-chromium",
        libraries=str(folder / "libraries" / "lib"),
        fonts=str(fonts),
    )


def _unpack(*, source: Path, folder: Path) -> None:
    """Unpack the program, the libraries and fonts that a bare machine lacks, and its drawing code.

    The program looks for the drawing code beside itself.
    """
    folder.mkdir(parents=True)
    program = folder / "headless-chromium"
    program.write_bytes(brotli.decompress((source / "chromium.br").read_bytes()))
    program.chmod(0o755)
    for archive, place in (
        ("al2023.tar.br", folder / "libraries"),
        ("fonts.tar.br", folder),
        ("swiftshader.tar.br", folder),
    ):
        packed = brotli.decompress((source / archive).read_bytes())
        with tarfile.open(fileobj=io.BytesIO(packed)) as content:
            # Written one by one: the safe way to extract all came with Python 3.11.4.
            for member in content.getmembers():
                packed_file = content.extractfile(member)
                target = place / member.name
                if packed_file is not None and target.is_relative_to(place):
                    target.parent.mkdir(parents=True, exist_ok=True)
                    target.write_bytes(packed_file.read())

"""The project as files: what the architecture tests walk over."""

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
APPS = ("authorities", "outcomes", "duty", "engagement")


def tracked_files() -> tuple[Path, ...]:
    """Return every file of the project: those that git keeps, or all sources without git."""
    git = shutil.which("git")
    listed = git and subprocess.run(
        [git, "ls-files", "-z"], cwd=PROJECT, capture_output=True, check=False
    )
    if listed and listed.returncode == 0:
        names = listed.stdout.decode().split("\0")
        return tuple(PROJECT / name for name in names if name and (PROJECT / name).is_file())
    return tuple(_found_without_git())


def _found_without_git() -> Iterator[Path]:
    made = {"node_modules", "var", "static-collected", "__pycache__"}
    for path in PROJECT.rglob("*"):
        parts = path.relative_to(PROJECT).parts
        if path.is_file() and not any(part in made or part.startswith(".") for part in parts):
            yield path


def text_of(path: Path) -> str:
    """Return the file's text; what is no text reads as nothing."""
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return ""


def sources(*, suffix: str, under: str) -> tuple[Path, ...]:
    """Return the tracked files of a folder that end so."""
    folder = PROJECT / under
    return tuple(
        path for path in tracked_files() if path.suffix == suffix and path.is_relative_to(folder)
    )

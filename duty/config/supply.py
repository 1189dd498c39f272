"""What the site is made of: its packages, their licences, and whether patches are missing.

The locks in `requirements/` are read, and what is installed says its licence. Loads no Django.
"""

import argparse
import json
import re
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

# What runs the site. What only tests and builds need is given to nobody.
RUN_TIME = "requirements/base.txt"
_LINE = re.compile(r"^(?P<name>[A-Za-z0-9._-]+)==(?P<version>[^\s;\\]+)(?P<marker>\s*;[^\\]*)?")
# The lesser one lets programs use a library without becoming free themselves.
_STRONG = re.compile(r"(?<!L)(?<!Lesser )\b(AGPL|GPL|Affero|GNU General Public)", re.IGNORECASE)
_NEWEST = re.compile(r"Available versions: (.*)")


@dataclass(frozen=True)
class Package:
    """A package of a lock. licence: in its own words; empty where it says none."""

    name: str
    version: str
    licence: str


def locked(*, lock: str) -> Iterator[tuple[str, str]]:
    """Go through names and versions of a lock's packages; those of other systems are left out."""
    for line in lock.splitlines():
        found = _LINE.match(line)
        if found and "sys_platform == 'win32'" not in (found["marker"] or ""):
            yield found["name"], found["version"]


def packages(*, lock: str) -> tuple[Package, ...]:
    """Return the packages of a lock that are installed, with their licences."""
    found = []
    for name, version in locked(lock=lock):
        try:
            said = metadata.metadata(name)
        except metadata.PackageNotFoundError:
            # Another system or another Python needs it, and this one does not.
            continue
        found.append(Package(name=name, version=version, licence=_licence(said)))
    return tuple(found)


def _licence(said: "metadata.PackageMetadata") -> str:
    def first(name: str) -> str:
        return str((said.get_all(name) or [""])[0])

    classes = [
        one.rpartition(" :: ")[2]
        for one in said.get_all("Classifier") or []
        if one.startswith("License :: ") and not one.endswith("OSI Approved")
    ]
    # Some put the whole text where its name should stand.
    named = first("License").strip().partition("\n")[0][:80]
    return first("License-Expression") or "; ".join(classes) or named


def is_strong(licence: str) -> bool:
    """Say whether a licence would bind the site as a whole, as the GPL does."""
    return bool(_STRONG.search(licence))


def missing_patches(
    *, found: Sequence[Package], versions_of: Callable[[str], Sequence[str]]
) -> Iterator[tuple[Package, str]]:
    """Go through packages of whose own series there is a newer patch, with the newest.

    Args:
        found: what is installed.
        versions_of: what the index has of a package.
    """
    for package in found:
        own = _numbers(package.version)
        newer = [
            version
            for version in versions_of(package.name)
            if re.fullmatch(r"[\d.]+", version)
            and _numbers(version)[:2] == own[:2]
            and _numbers(version) > own
        ]
        if newer:
            yield package, max(newer, key=_numbers)


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(one) for one in re.findall(r"\d+", version.partition("+")[0])[:4])


def _on_index(name: str) -> Sequence[str]:
    done = subprocess.run(
        [
            *(sys.executable, "-m", "pip", "index", "versions", name),
            *("--disable-pip-version-check", "--retries", "0", "--timeout", "10"),
        ],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    said = _NEWEST.search(done.stdout)
    return said[1].split(", ") if said else []


def run_supply(*, project: Path, words: Sequence[str]) -> int:
    """List licences; write a bill of materials or look for patches where asked.

    Returns:
        1 where a licence would bind the site or is not said; missing patches are a warning.
    """
    parser = argparse.ArgumentParser(prog="./run supply")
    parser.add_argument("--bill", type=Path, metavar="FILE", help="write CycloneDX as JSON")
    parser.add_argument("--patches", action="store_true", help="ask the index for newer patches")
    options = parser.parse_args(words)
    found = packages(lock=(project / RUN_TIME).read_text())
    for package in found:
        print(f"{package.name} {package.version}: {package.licence or 'says no licence'}")
    wrong = [one for one in found if not one.licence or is_strong(one.licence)]
    for package in wrong:
        print(f"Not to be used at run time: {package.name} ({package.licence or 'no licence'})")
    print(f"{len(found)} packages, {len(wrong)} of them with a licence that is not for us.")
    if options.bill:
        _write_bill(project=project, to=options.bill)
    if options.patches:
        if not _on_index(found[0].name):
            print("Warning: the index of packages cannot be asked from here.")
            return 1 if wrong else 0
        behind = list(missing_patches(found=found, versions_of=_on_index))
        for package, newest in behind:
            print(f"Warning: {package.name} {package.version} has the patch {newest}.")
        print(f"{len(behind)} packages are behind the newest patch of their series.")
    return 1 if wrong else 0


def _write_bill(*, project: Path, to: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "cyclonedx_py", "requirements", "--of", "JSON", RUN_TIME],
        cwd=project,
        capture_output=True,
        text=True,
        check=True,
    )
    bill = json.loads(done.stdout)
    to.write_text(json.dumps(bill, indent=1) + "\n")
    print(f"{len(bill['components'])} components stand in {to}.")

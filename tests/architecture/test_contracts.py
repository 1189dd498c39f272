"""The house's import contracts hold, and cover every module."""

import subprocess
import sys
import tomllib
from typing import Any

import pytest

from tests.architecture.project import APPS, PROJECT


def contracts() -> dict[str, dict[str, Any]]:
    """Return the contracts by their names."""
    settings = tomllib.loads((PROJECT / "pyproject.toml").read_text())
    return {contract["id"]: contract for contract in settings["tool"]["importlinter"]["contracts"]}


def modules_of(layer: str) -> list[str]:
    return [name.strip(" ()") for name in layer.replace("|", ":").split(":")]


@pytest.mark.slow
def test_every_contract_is_kept() -> None:
    command = "from importlinter.cli import lint_imports_command; lint_imports_command()"

    ran = subprocess.run(
        [sys.executable, "-c", command], cwd=PROJECT, capture_output=True, text=True, check=False
    )

    assert ran.returncode == 0, ran.stdout[-4000:]


@pytest.mark.parametrize("app", APPS)
def test_each_app_has_a_list_of_layers_that_leaves_nothing_out(app: str) -> None:
    contract = contracts()[app]

    assert contract["containers"] == [app]
    assert contract["exhaustive"] is True
    assert set(contract.get("exhaustive_ignores", [])) <= {"migrations"}


@pytest.mark.parametrize("app", APPS)
def test_what_stands_below_the_models_is_pure(app: str) -> None:
    layers = contracts()[app]["layers"]
    below = layers[layers.index("models") + 1 :]
    expected = {f"{app}.{name}" for layer in below for name in modules_of(layer)} - {f"{app}.apps"}

    pure = {name for name in contracts()["pure"]["source_modules"] if name.startswith(f"{app}.")}

    assert pure == expected


def test_only_the_wiring_is_excused() -> None:
    excused = {name: contract.get("ignore_imports", []) for name, contract in contracts().items()}

    assert {name for name, imports in excused.items() if imports} == {"apps"}
    assert excused["apps"] == ["duty.config.** -> engagement.**"]


@pytest.mark.parametrize("app", APPS)
def test_an_apps_own_package_is_empty(app: str) -> None:
    assert (PROJECT / app / "__init__.py").read_text() == ""

"""Where the servers' files go, and that nothing of others is changed for them."""

import os
from fcntl import LOCK_EX, flock
from pathlib import Path

import pytest

from duty.config.servers.home import (
    Home,
    find_home,
    fits_a_socket,
    is_reachable,
    secret,
    throwaway_home,
)
from duty.config.servers.processes import Identity


def test_a_secret_is_made_once_and_kept_private(tmp_path: Path) -> None:
    path = tmp_path / "secret-key"

    made = secret(path=path)

    assert secret(path=path) == made
    assert len(made) >= 50
    assert path.stat().st_mode & 0o777 == 0o600


def test_a_folder_closed_to_others_is_not_reachable_for_another_user(tmp_path: Path) -> None:
    closed = tmp_path / "closed"
    inside = closed / "inside"
    inside.mkdir(parents=True)
    closed.chmod(0o700)
    stranger = Identity(name="stranger", uid=os.geteuid() + 1, gid=1)

    assert not is_reachable(path=inside, identity=stranger)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root's servers run as another user")
def test_roots_data_move_when_the_project_is_closed_to_others(tmp_path: Path) -> None:
    project = tmp_path / "project"
    project.mkdir(mode=0o700)

    home = find_home(project=project)
    home.folder.rmdir()

    assert not home.folder.is_relative_to(project)
    assert project.stat().st_mode & 0o777 == 0o700


@pytest.mark.skipif(os.geteuid() == 0, reason="root's servers run as another user")
def test_an_ordinary_users_data_are_in_the_project(tmp_path: Path) -> None:
    assert find_home(project=tmp_path) == Home(folder=tmp_path / "var", identity=None)


@pytest.mark.parametrize("name", ["with space", "per%cent", "comma,", "q'uote", "x" * 100])
def test_a_path_that_would_need_quoting_is_no_socket_folder(name: str) -> None:
    assert not fits_a_socket(folder=Path("/srv") / name)


def test_a_plain_short_path_is_a_socket_folder() -> None:
    assert fits_a_socket(folder=Path("/srv/Health-Duty_1.0/var/postgres/socket"))


def test_a_throwaway_folder_is_gone_afterwards(tmp_path: Path) -> None:
    with throwaway_home(home=Home(folder=tmp_path, identity=None)) as away:
        (away.folder / "file").touch()

    assert not away.folder.exists()


def test_what_a_killed_run_left_is_swept_and_a_living_one_is_not(tmp_path: Path) -> None:
    killed = tmp_path / "throwaway-killed"
    living = tmp_path / "throwaway-living"
    for folder in (killed, living):
        folder.mkdir()

    with (living / "lock").open("a") as held:
        flock(held, LOCK_EX)
        with throwaway_home(home=Home(folder=tmp_path, identity=None)):
            pass

    assert not killed.exists()
    assert living.exists()

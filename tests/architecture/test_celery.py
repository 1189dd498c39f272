"""The queue's wiring: every task is known, and messages are plain JSON."""

import inspect
from types import ModuleType

import pytest
from celery import Task
from django.conf import settings

import authorities.tasks
import duty.tasks
import engagement.tasks
import outcomes.tasks
from duty.config.celery import app

MODULES = (authorities.tasks, outcomes.tasks, duty.tasks, engagement.tasks)


@pytest.fixture(autouse=True)
def all_tasks_registered() -> None:
    app.loader.import_default_modules()


def tasks_in(module: ModuleType) -> list[Task]:  # type: ignore[type-arg]
    return [task for task in vars(module).values() if isinstance(task, Task)]


OUR_TASKS = [task for module in MODULES for task in tasks_in(module)]


@pytest.mark.parametrize("task", OUR_TASKS, ids=lambda task: task.name)
def test_each_task_is_registered_under_its_apps_name(task: Task) -> None:  # type: ignore[type-arg]
    module = task.run.__module__

    assert task.name in app.tasks
    assert task.name.split(".")[0] == module.split(".")[0]


@pytest.mark.parametrize("task", OUR_TASKS, ids=lambda task: task.name)
def test_each_task_takes_keywords_and_lets_newer_ones_pass(task: Task) -> None:  # type: ignore[type-arg]
    parameters = list(inspect.signature(task.run).parameters.values())

    assert all(parameter.kind is not parameter.POSITIONAL_OR_KEYWORD for parameter in parameters)
    assert parameters[-1].name == "_newer"
    assert parameters[-1].kind is inspect.Parameter.VAR_KEYWORD


@pytest.mark.parametrize("task", OUR_TASKS, ids=lambda task: task.name)
def test_no_task_names_its_own_queue(task: Task) -> None:  # type: ignore[type-arg]
    assert getattr(task, "queue", None) is None


def test_no_registered_task_is_a_strangers() -> None:
    ours = {task.name for task in OUR_TASKS}

    others = {name for name in app.tasks if not name.startswith("celery.")} - ours

    assert others == set()


@pytest.mark.parametrize("name", settings.RECOMPUTE_TASKS)
def test_each_step_of_a_recompute_is_a_task(name: str) -> None:
    assert name in app.tasks


@pytest.mark.parametrize(
    "name", [entry["task"] for entry in settings.CELERY_BEAT_SCHEDULE.values()]
)
def test_each_entry_of_the_schedule_is_a_task(name: str) -> None:
    assert name in app.tasks


def test_each_route_is_of_a_task() -> None:
    assert set(settings.CELERY_TASK_ROUTES) <= set(app.tasks)


def test_messages_are_json_and_nothing_else() -> None:
    assert app.conf.accept_content == ["json"]
    assert app.conf.task_serializer == "json"
    assert app.conf.task_ignore_result is True


def test_a_task_is_done_again_when_its_worker_dies() -> None:
    assert app.conf.task_acks_late is True
    assert app.conf.task_reject_on_worker_lost is True


def test_a_message_comes_back_later_than_the_longest_task_takes() -> None:
    options = app.conf.broker_transport_options

    assert app.conf.broker_url.startswith("amqp") or (
        options["visibility_timeout"] > app.conf.task_time_limit
    )

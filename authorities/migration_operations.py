"""Operations for migrations that render no model more often than they must."""

from collections.abc import Sequence
from typing import Any

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation, OperationCategory
from django.db.migrations.state import ProjectState
from pgtrigger.migrations import AddTrigger


class Together(Operation):
    """Several operations as one: models are rendered before and after all of them, not between.

    Each operation must be about its own part: a field is made with its model or added to it, not
    both, and what it refers to stands before it. Constraints of a new model stand in its options,
    its triggers after: on the way back they go before it.
    """

    category = OperationCategory.MIXED
    serialization_expand_args = ["operations"]

    def __init__(self, operations: Sequence[Operation]) -> None:
        self.operations = operations

    def deconstruct(self) -> tuple[str, Sequence[Any], dict[str, Any]]:
        return type(self).__name__, [], {"operations": self.operations}

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        # A model that joins rendered ones has all that it can reach from it rendered again, which
        # is nearly the whole project. Without rendered ones, all are rendered once, at the end.
        state.__dict__.pop("apps", None)
        for operation in self.operations:
            operation.state_forwards(app_label, state)

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        for operation in self.operations:
            operation.database_forwards(app_label, schema_editor, from_state, to_state)

    def database_backwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        for operation in reversed(self.operations):
            operation.database_backwards(app_label, schema_editor, from_state, to_state)

    def describe(self) -> str:
        return "; ".join(operation.describe() for operation in self.operations)


class InstallTrigger(AddTrigger):
    """Adds a trigger as its base does, without rendering the model and its neighbours again."""

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        # What a rendered model's fields are does not change with its triggers, and the operation
        # installs its own: rendering for each of them took most of the time of a migration.
        options = state.models[app_label, self.model_name].options
        options["triggers"] = [*options.get("triggers", []), self.trigger]

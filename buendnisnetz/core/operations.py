"""Operations for migrations."""

from collections.abc import Sequence
from typing import Any

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations import AddConstraint, AddField, AddIndex, CreateModel
from django.db.migrations.operations.base import Operation, OperationCategory
from django.db.migrations.state import ProjectState


class Together(Operation):
    """Several operations on models, for which Django's picture of all models is drawn anew only once.

    Between two operations Django builds every model class that hangs together with the changed one;
    here that is nearly every model, and building them took longer than all of SQL. Tables that are
    created here are created in their final shape, fields, constraints and indexes included; every
    other operation sees the models as they are before and after all of it. So an operation must not
    need the state in between: a field that is added and changed belongs into two of these.
    """

    category = OperationCategory.MIXED
    reversible = False

    def __init__(self, operations: Sequence[Operation]) -> None:
        self.operations = list(operations)

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
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
        created = {
            operation.name_lower
            for operation in self.operations
            if isinstance(operation, CreateModel)
        }
        for operation in self.operations:
            if not _is_part_of(operation, created):
                operation.database_forwards(app_label, schema_editor, from_state, to_state)

    def database_backwards(self, *args: Any, **kwargs: Any) -> None:
        raise NotImplementedError  # ``reversible`` says so to Django before it comes here.

    def describe(self) -> str:
        return f"{len(self.operations)} operations at once"


def _is_part_of(operation: Operation, created: set[str]) -> bool:
    """Whether the table that is created already has what the operation adds."""
    return (
        isinstance(operation, AddField | AddConstraint | AddIndex)
        and operation.model_name_lower in created
    )

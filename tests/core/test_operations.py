"""Migrations in one go leave the same tables as one by one."""

from typing import Any

import pytest
from django.db import connection, migrations, models
from django.db.migrations.state import ProjectState

from buendnisnetz.core.operations import Together

pytestmark = pytest.mark.django_db(transaction=True)


def operations() -> list[Any]:
    """A table that refers to one made after it, a field, a key and an index that come later."""
    number = ("id", models.BigAutoField(primary_key=True))
    return [
        migrations.CreateModel("Leaf", [number]),
        migrations.CreateModel("Tree", [number, ("name", models.CharField(max_length=20))]),
        migrations.AddField("leaf", "tree", models.ForeignKey("core.tree", models.CASCADE)),
        migrations.AddConstraint(
            "tree", models.UniqueConstraint(fields=["name"], name="core_tree_once")
        ),
        migrations.AddIndex("leaf", models.Index(fields=["tree", "id"], name="core_leaf_order")),
    ]


def made(steps: list[Any]) -> tuple[dict[str, Any], ProjectState]:
    """The constraints and columns of both tables; the tables are gone afterwards."""
    state = ProjectState()
    migration = migrations.Migration("0001", "core")
    migration.operations = steps
    with connection.schema_editor() as editor:
        state = migration.apply(state, editor)
    with connection.cursor() as cursor:
        found = {
            table: (
                [column.name for column in connection.introspection.get_table_description(cursor, table)],
                {
                    name: (facts["columns"], facts["unique"], facts["foreign_key"])
                    for name, facts in connection.introspection.get_constraints(cursor, table).items()
                    if not facts["primary_key"]
                },
            )
            for table in ("core_leaf", "core_tree")
        }  # fmt: skip
        cursor.execute("DROP TABLE core_leaf, core_tree")
    return found, state


def test_the_tables_are_the_same():
    together, its_state = made([Together(operations())])
    one_by_one, other_state = made(operations())
    assert together == one_by_one
    assert its_state.models == other_state.models


def test_a_field_for_a_table_that_was_there_is_added():
    field = models.CharField(max_length=20, default="")
    later = Together([migrations.AddField("tree", "kind", field)])
    found, _state = made([*operations(), later])
    assert found["core_tree"][0] == ["id", "name", "kind"]


def test_going_back_is_refused_before_anything_happens():
    assert not Together(operations()).reversible

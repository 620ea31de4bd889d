"""Rules of the house that no linter knows."""

import re
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import call_command

from buendnisnetz.config import catalogues
from buendnisnetz.web.domain.routes import all_routes

PACKAGE = Path(catalogues.__file__).resolve().parents[1]
ROOT = PACKAGE.parent


@pytest.mark.django_db
def test_models_and_migrations_agree() -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_german_catalogues_are_complete() -> None:
    assert [problem for room in catalogues.rooms() for problem in catalogues.problems(room)] == []


@pytest.mark.django_db
def test_every_route_says_who_may_open_it() -> None:
    assert len(all_routes()) > 80


def test_templates_carry_no_inline_style_or_script_and_no_fields_by_hand() -> None:
    inline = re.compile(r'\sstyle="|\son[a-z]+="|<script>|<style')
    wrong = [
        f"{path.relative_to(PACKAGE)}: {found.group()}"
        for path in PACKAGE.rglob("jinja2/**/*.html")
        if (found := inline.search(path.read_text(encoding="utf-8")))
    ]
    assert wrong == []


def test_the_locks_name_no_registry() -> None:
    locks = [ROOT / name for name in ("requirements.txt", "requirements-dev.txt")]
    assert [path.name for path in locks if "://" in path.read_text(encoding="utf-8")] == []


def test_people_related_models_name_their_retention() -> None:
    people = {"User", "Invitation", "Person", "Message", "Prospect", "ContactNote", "Interest"}
    models = {model.__name__: model for model in apps.get_models() if model.__name__ in people}
    assert {name for name, model in models.items() if not hasattr(model, "retention")} == set()
    assert set(models) == people

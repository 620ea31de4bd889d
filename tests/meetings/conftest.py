from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.test import Client

from buendnisnetz.accounts.enums import Role
from buendnisnetz.accounts.models import User
from buendnisnetz.meetings.domain import minutes_import as imports
from buendnisnetz.meetings.models import MinutesImport
from tests.factories.network import make_user

BACKEND = "buendnisnetz.accounts.backends.SignInBackend"
NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
DOCUMENT = """Frühjahrstreffen der Elternlotsen

Datum: 11. April 2024
Ort: Gotha, Begegnungshaus
Leitung: Sina Zwingenberg-Ahl
Protokoll: Ruben Osterloh

Anwesend: Sina Zwingenberg-Ahl (Elternlotsen Gotha e. V.), Ruben Osterloh (Begegnungshaus Gotha), \
Dr. Mira Feldtanner (Stadtbibliothek), Timo Brasack (Elternlotsen Gotha e. V.)

Tagesordnung
1. Rückblick
2. Neue Lotsenordnung

TOP 1 Rückblick
Frau Dr. Feldtanner berichtet von 40 Familien, die begleitet wurden.

TOP 2 Neue Lotsenordnung
Beschluss: Die Lotsenordnung wird angenommen. (Ja 4, Nein 0, Enthaltung 0)
Herr Brasack verschickt die Lotsenordnung bis zum 30. April 2024 an alle Lotsen.
Die Familien werden informiert, sobald die neuen Sprechzeiten feststehen.

Anlagen: Lotsenordnung (Entwurf)
Die nächste Sitzung ist am 12. September 2024.
"""


@pytest.fixture(autouse=True)
def on_a_day(time_machine: Any) -> None:
    """Monday, 23 November 2026, ten o'clock in Erfurt."""
    time_machine.move_to(NOW, tick=False)


@pytest.fixture
def office(db: None) -> User:
    return make_user(Role.STATE_COORDINATION)


@pytest.fixture
def as_user() -> Callable[[User], Client]:
    """A client that is signed in as a user."""

    def sign_in(user: User) -> Client:
        client = Client()
        client.force_login(user, backend=BACKEND)
        return client

    return sign_in


@pytest.fixture
def received(office: User) -> Callable[..., MinutesImport]:
    """A document handed in and read, as upload and worker do it."""

    def hand_in(text: str = DOCUMENT, *, name: str = "treffen.txt", **facts: Any) -> MinutesImport:
        row = imports.start_import(
            upload=ContentFile(text.encode()),
            name=name,
            alliance=facts.get("alliance"),
            actor=facts.get("actor", office),
            now=NOW,
        )
        imports.read_import(minutes_import=row.pk, now=NOW)
        row.refresh_from_db()
        return row

    return hand_in

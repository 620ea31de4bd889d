"""Reading a session: its text is understood once, and belongs to nobody."""

import pytest

from buendnisnetz.core.sessions import SessionStore

pytestmark = pytest.mark.django_db


def saved(**values: str) -> SessionStore:
    store = SessionStore()
    store.update(values)
    store.save()
    return store


def read(store: SessionStore) -> dict[str, object]:
    return SessionStore(store.session_key).load()


def test_what_one_request_changes_no_other_reads() -> None:
    store = saved(name="Ada")
    first = read(store)
    first["name"] = "verschrieben"
    assert read(store) == {"name": "Ada"}


def test_what_is_saved_is_read_by_the_next() -> None:
    store = saved(name="Ada")
    assert read(store) == {"name": "Ada"}
    store["name"] = "Bea"
    store.save()
    assert read(store) == {"name": "Bea"}


def test_a_text_that_we_did_not_sign_says_nothing() -> None:
    store = saved(name="Ada")
    row = store.model.objects.get(session_key=store.session_key)
    row.session_data = f"x{row.session_data}"
    row.save()
    assert read(store) == {}

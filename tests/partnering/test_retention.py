"""Contacts go by themselves, and names go everywhere when a person is erased."""

from datetime import date, timedelta
from importlib import import_module

import pytest
from django.apps import apps

from buendnisnetz.network.domain.erasure import erase_person, event_model
from buendnisnetz.partnering.domain import prospect_work, retention
from buendnisnetz.partnering.domain.erasing import TEXTS
from buendnisnetz.partnering.enums import ContactKind, Stage
from buendnisnetz.partnering.models import ContactNote, Interest, Prospect
from tests.factories.network import make_alliance, make_person
from tests.factories.partnering import (
    NOW,
    TODAY,
    make_interest,
    make_prospect,
    make_resource,
    make_stakeholder,
    move,
)

pytestmark = pytest.mark.django_db
LATE = NOW + timedelta(days=367)


def note(about, words: str = "Frau Muster sagt ja."):
    return prospect_work.add_note(
        about=about, kind=ContactKind.PHONE, met_on=TODAY, words=words, actor=None, now=NOW
    )


class TestForgetting:
    def test_after_twelve_months_without_a_step(self):
        made = make_prospect(contact_words="Frau Muster", contact_email="muster@betrieb.example")
        note(made)
        assert retention.forget_silent_contacts(now=NOW + timedelta(days=366)) == 0
        assert retention.forget_silent_contacts(now=LATE) == 1
        made.refresh_from_db()
        assert (made.contact_words, made.contact_email) == ("", "")
        assert made.forgotten_on == LATE.date()
        kept = made.notes.get()
        assert (kept.words, kept.kind, kept.met_on) == ("", ContactKind.PHONE, TODAY)

    def test_the_history_forgets_too(self):
        made = make_prospect(contact_email="muster@betrieb.example")
        move(made, Stage.TALK)
        retention.forget_silent_contacts(now=LATE)
        events = event_model(Prospect)._default_manager.filter(pgh_obj_id=made.pk)
        assert set(events.values_list("contact_email", flat=True)) == {""}
        assert Stage.TALK in set(events.values_list("stage", flat=True))

    def test_a_step_keeps_it_for_another_year(self):
        made = make_prospect(contact_words="Frau Muster")
        move(made, Stage.CONTACTED, now=NOW + timedelta(days=100))
        assert retention.forget_silent_contacts(now=LATE) == 0

    def test_what_the_firm_wrote_goes_too(self):
        interest = make_interest(contact_words="Frau Muster", message="Rufen Sie an.")
        Prospect.objects.update(contact_words="", contact_email="")
        retention.forget_silent_contacts(now=LATE)
        row = Interest.objects.get(pk=interest.pk)
        assert (row.contact_words, row.contact_email, row.message) == ("", "", "")
        assert row.consent_text != ""

    def test_notes_alone_are_reason_enough(self):
        note(make_prospect())
        assert retention.forget_silent_contacts(now=LATE) == 1
        assert ContactNote.objects.get().words == ""

    def test_nothing_known_is_nothing_to_forget(self):
        make_prospect()
        assert retention.forget_silent_contacts(now=LATE) == 0

    def test_twice_changes_nothing(self):
        make_prospect(contact_words="Frau Muster")
        retention.forget_silent_contacts(now=LATE)
        assert retention.forget_silent_contacts(now=LATE) == 0

    def test_notes_about_stakeholders_stay(self):
        kept = note(make_stakeholder())
        retention.forget_silent_contacts(now=LATE)
        kept.refresh_from_db()
        assert kept.words == "Frau Muster sagt ja."


def test_models_with_personal_data_name_a_function_that_is_there():
    for model in (Prospect, ContactNote, Interest):
        module, _dot, name = model.retention.rpartition(".")
        assert callable(getattr(import_module(module), name))


class TestErasure:
    def test_a_name_goes_from_the_texts_of_this_room(self):
        person = make_person("Sorgsam", "Ada")
        made = make_prospect(alliance=make_alliance(), contact_words="Ada Sorgsam, abends")
        note(made, "Ada Sorgsam ruft zurück.")
        move(made, Stage.DECLINED, words="Ada Sorgsam hat keine Zeit.")
        stakeholder = make_stakeholder(position="Frau Sorgsam ist dafür.")
        resource = make_resource(conditions="Schlüssel bei Ada Sorgsam.")
        erase_person(person=person, actor=None, now=NOW)
        made.refresh_from_db()
        stakeholder.refresh_from_db()
        resource.refresh_from_db()
        texts = [
            made.contact_words, made.decline_reason, made.notes.get().words,
            made.steps.latest("pk").words, stakeholder.position, resource.conditions,
        ]  # fmt: skip
        assert [text for text in texts if "Sorgsam" in text] == []
        assert all("Name entfernt" in text for text in texts)

    def test_every_free_text_of_this_room_is_looked_through(self):
        """Whoever adds a text field decides whether a name may stand in it."""
        known = {(model, name) for model, names in TEXTS for name in names}
        # Names of firms and claims, titles of offices, texts shown and agreed to, letters' addresses.
        nameless = {
            ("Prospect", "name"), ("Benefit", "claim"), ("Benefit", "source_title"),
            ("PracticeCard", "title"), ("Interest", "consent_text"),
        }  # fmt: skip
        missing = [
            (model.__name__, field.name)
            for model in apps.get_app_config("partnering").get_models()
            if not hasattr(model, "pgh_tracked_model")
            for field in model._meta.concrete_fields
            if field.get_internal_type() in {"TextField", "CharField", "EmailField"}
            and field.editable and not field.choices
            and not field.name.startswith(("search_", "sort_", "token"))
            and (model, field.name) not in known
            and (model.__name__, field.name) not in nameless
        ]  # fmt: skip
        assert [
            entry for entry in missing if entry[1] not in {"unit", "consent_version", "source_url"}
        ] == []


def test_a_day_more_than_a_year():
    assert timedelta(days=366) == retention.KEPT_AFTER_LAST_STEP
    assert date(2026, 11, 23) + retention.KEPT_AFTER_LAST_STEP == date(2027, 11, 24)

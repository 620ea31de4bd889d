"""What happens by itself: found once, done once, and each for itself."""

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from buendnisnetz.partnering import jobs
from buendnisnetz.partnering.domain import hand_overs
from buendnisnetz.partnering.enums import HandOverStatus, IntroductionStatus
from buendnisnetz.partnering.models import HandOver, Introduction, Notice, Prospect, ProspectTask
from tests.factories.network import make_alliance, make_organisation
from tests.factories.partnering import (
    NOW,
    make_contact,
    make_introduction,
    make_prospect,
)

pytestmark = pytest.mark.django_db


def later(time_machine: Any, days: int) -> datetime:
    moment = NOW + timedelta(days=days)
    time_machine.move_to(moment, tick=False)
    return moment


def look_after(worker: Any) -> list[str]:
    """A new day: what was queued before is done and gone."""
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE procrastinate_jobs CASCADE")
    jobs.look_after_all()
    return worker.run()


class TestLookingAfter:
    def test_everything_that_is_due_is_done_once(self, worker, time_machine):
        alliance = make_alliance()
        make_contact(alliance, title="Koordination")
        silent = make_prospect(alliance=alliance)
        told = make_prospect(
            alliance=alliance, contact_words="Frau Muster", contact_email="m@firma.example",
            source="Vom Bürgermeister",
        )  # fmt: skip
        handed = hand_overs.hand_over(
            prospect=make_prospect(alliance=alliance), post=make_contact(make_organisation()),
            consent_words="Ja.", actor=None, now=NOW,
        )  # fmt: skip
        introduction = make_introduction()
        later(time_machine, 70)
        look_after(worker)
        assert ProspectTask.objects.filter(prospect=silent).count() == 1
        assert Notice.objects.get(prospect=told).sent_at is not None
        assert HandOver.objects.get(pk=handed.pk).status == HandOverStatus.EXPIRED
        assert set(
            Introduction.objects.get(pk=introduction.pk).sides.values_list("reminded_at", flat=True)
        ) == {NOW + timedelta(days=70)}
        before = ProspectTask.objects.count()
        look_after(worker)
        assert ProspectTask.objects.count() == before

    def test_a_silent_side_is_reminded_and_then_the_introduction_ends(self, worker, time_machine):
        introduction = make_introduction()
        for days, status in ((15, IntroductionStatus.SENT), (30, IntroductionStatus.EXPIRED)):
            later(time_machine, days)
            look_after(worker)
            assert Introduction.objects.get(pk=introduction.pk).status == status

    def test_without_an_address_somebody_is_asked_to_tell_them(self, worker, time_machine):
        alliance = make_alliance()
        make_contact(alliance, title="Koordination")
        told = make_prospect(alliance=alliance, contact_words="Frau Muster", source="Von Herrn X")
        later(time_machine, 21)
        assert "partnering.remind_to_tell" in look_after(worker)
        task = ProspectTask.objects.get(prospect=told).task
        assert task.due_on == Notice.objects.get(prospect=told).due_on
        look_after(worker)
        assert ProspectTask.objects.filter(prospect=told).count() == 1

    def test_nothing_is_queued_when_nothing_is_due(self, worker):
        make_prospect()
        assert look_after(worker) == []

    def test_what_waits_already_is_not_queued_again(self, worker, time_machine):
        make_introduction()
        later(time_machine, 15)
        jobs.look_after_all()
        jobs.look_after_all()
        assert worker.run().count("partnering.remind_introduction") == 2


class TestForgetting:
    def test_contacts_without_a_step_for_a_year_go(self, time_machine):
        old = make_prospect(contact_words="Frau Muster", contact_email="m@firma.example")
        later(time_machine, 200)
        fresh = make_prospect(contact_words="Herr Neu", now=NOW + timedelta(days=200))
        later(time_machine, 380)
        jobs.forget_silent_contacts()
        words = dict(Prospect.objects.values_list("pk", "contact_words"))
        assert words == {old.pk: "", fresh.pk: "Herr Neu"}


class TestMakePostcodes:
    HEAD = "plz,ags,anteil_plzflaeche,anteil_gemeindeflaeche\n"

    def test_it_writes_our_table(self, tmp_path: Path, capsys):
        source, target = tmp_path / "quelle.csv", tmp_path / "postcodes.csv"
        source.write_text(
            self.HEAD + "98693,16070029,0.9,0.8\n98693,16070028,0.001,0.001\n99084,16051000,1,1\n",
            encoding="utf-8",
        )
        call_command("make_postcodes", source, "--target", str(target))
        lines = target.read_text(encoding="utf-8").splitlines()
        assert lines[0] == "postcode,ags"
        assert {"98693,16070029", "99084,16051000"} <= set(lines)
        assert f"{len(lines) - 1} Zeilen" in capsys.readouterr().out

    @pytest.mark.parametrize("text", ["nichts,davon\n1,2\n", HEAD + "98693,16070029,viel,1\n"])
    def test_a_wrong_file_is_named_and_nothing_written(self, tmp_path: Path, text):
        source, target = tmp_path / "quelle.csv", tmp_path / "postcodes.csv"
        source.write_text(text, encoding="utf-8")
        with pytest.raises(CommandError, match="lässt sich nicht lesen"):
            call_command("make_postcodes", source, "--target", str(target))
        assert not target.exists()

    def test_a_missing_file_is_named(self, tmp_path: Path):
        with pytest.raises(CommandError, match="lässt sich nicht lesen"):
            call_command("make_postcodes", tmp_path / "fehlt.csv")

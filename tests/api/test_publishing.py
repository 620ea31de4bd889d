"""What leaves the public view is gone, and whoever walks the lists meanwhile misses nothing."""

from datetime import date, timedelta

import pytest
import time_machine
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from buendnisnetz.api import jobs
from buendnisnetz.api.domain.publishing import publish, publish_meeting
from buendnisnetz.api.models import Publication
from buendnisnetz.meetings.domain.editions import states
from buendnisnetz.meetings.models import Edition
from buendnisnetz.network.domain.alliances import edit_alliance
from buendnisnetz.network.domain.erasure import erase_person
from buendnisnetz.network.models import Consent, Person
from tests.api.schemas import links
from tests.factories.api import LATER, all_pages, ask, make_public_meeting, renew, withdraw
from tests.factories.meetings import NOW, attend, make_meeting, published, say
from tests.factories.network import agree, make_alliance, make_person, make_post, make_term
from tests.mailbox import waiting_jobs

pytestmark = pytest.mark.django_db
MEETINGS = "/oparl/v1/body/16/meeting/"
KINDS = (
    "organization", "person", "membership", "meeting", "agenda-item", "paper", "consultation",
    "file", "location", "legislative-term",
)  # fmt: skip
PLACES = (
    "/oparl/v1/", "/oparl/v1/body/", *(f"/oparl/v1/body/16/{kind}/" for kind in KINDS),
    *(f"/oparl/v1/body/16/{kind}/?modified_since=2020-01-01T00:00:00Z" for kind in KINDS),
    "/feeds/protokolle.atom", "/feeds/protokolle.rss", "/feeds/beschluesse.atom",
    "/feeds/beschluesse.rss", "/feeds/protokolle/16.atom",
    *(f"/api/listen/{name}.{form}" for name in ("buendnisse", "sitzungen", "beschluesse")
      for form in ("json", "csv")),
)  # fmt: skip


def said() -> str:
    """Everything that this room tells the public, single objects included."""
    client = Client()
    texts = [client.get(place).content.decode() for place in PLACES]
    for kind, public_id in Publication.objects.values_list("kind", "public_id"):
        texts.append(client.get(f"/oparl/v1/{kind}/{public_id}/").content.decode())
    return "\n".join(texts)


def test_nothing_internal_and_no_name_without_consent_is_said_anywhere(meeting):
    everything = said()
    assert "Offenmut" in everything
    assert "Der Haushalt gilt." in everything
    for secret in ("Zwickelbart", "Hintergedanke"):
        assert secret not in everything


def test_a_withdrawn_name_is_gone_at_once_and_after_one_run_for_good(meeting):
    person = Person.objects.get(family_name="Offenmut")
    withdraw(person)
    assert "Offenmut" not in said()
    jobs.publish_naming(person=person.public_id)
    assert "Offenmut" not in said()
    assert "Offenmut" not in str(list(Publication.objects.values_list("data", flat=True)))
    assert ask(f"/oparl/v1/person/{person.public_id}/")["deleted"] is True
    [row] = all_pages(MEETINGS)
    assert "participant" not in row
    assert row["name"] == "Herbstrunde"


def test_an_erased_name_is_taken_out_in_the_same_moment(meeting):
    person = Person.objects.get(family_name="Offenmut")
    erase_person(person=person, actor=None, now=LATER)
    stored = list(Publication.objects.values_list("data", "people"))
    assert "Offenmut" not in str(stored)
    assert person.public_id not in str(stored)
    [row] = all_pages(MEETINGS)
    assert row["name"] == "Herbstrunde"


def test_a_consent_that_ends_by_its_day_hides_the_name_on_that_day(meeting):
    Consent.objects.update(withdrawn_on=date(2026, 12, 24))
    with time_machine.travel("2026-12-23T12:00:00+01:00", tick=False):
        assert "Offenmut" in said()
    with time_machine.travel("2026-12-24T00:01:00+01:00", tick=False):
        assert "Offenmut" not in said()
        publish(now=timezone.now())
        assert Publication.objects.filter(people__len__gt=0).count() == 0


def test_what_is_withheld_keeps_its_place_without_words(meeting):
    withdraw(Person.objects.get(family_name="Offenmut"))
    [row] = all_pages(MEETINGS)
    assert row["start"] == "2026-11-10T10:00:00+01:00"
    assert {"name", "keyword", "location", "participant"} & set(row) == set()
    assert [set(item) & {"name", "resolutionText"} for item in row["agendaItem"]] == [set()]
    assert "Last-Modified" not in Client().get(MEETINGS)
    assert all_pages("/oparl/v1/body/16/person/") == []


def test_minutes_taken_back_leave_only_their_address(meeting):
    ids = {row["id"] for kind in KINDS for row in all_pages(f"/oparl/v1/body/16/{kind}/")}
    states.withdraw(edition=Edition.objects.get(meeting=meeting), actor=None, now=LATER)
    publish_meeting(meeting=meeting.public_id, now=LATER + timedelta(hours=1))
    assert all_pages(MEETINGS) == []
    [row] = all_pages(MEETINGS, modified_since="2026-01-01T00:00:00Z")
    assert set(row) == {"id", "type", "created", "modified", "deleted"}
    assert row["deleted"] is True
    assert row["id"] in ids
    assert Publication.objects.exclude(deleted_at=None).exclude(data={}).count() == 0


def test_the_database_keeps_nothing_of_what_was_removed(meeting):
    row = Publication.objects.filter(kind="meeting")
    with pytest.raises(IntegrityError), transaction.atomic():
        row.update(deleted_at=LATER)


def test_what_comes_back_is_the_same_object_again(meeting):
    [before] = all_pages(MEETINGS)
    edition = Edition.objects.get(meeting=meeting)
    states.withdraw(edition=edition, actor=None, now=LATER)
    renew(LATER + timedelta(hours=1))
    edition.refresh_from_db()
    states.publish(edition=edition, actor=None, now=LATER + timedelta(hours=2))
    renew(LATER + timedelta(hours=3))
    [after] = all_pages(MEETINGS)
    assert (after["id"], after["created"]) == (before["id"], before["created"])
    assert after["modified"] > before["modified"]


def test_hiding_an_alliance_takes_it_out_by_its_own_job(meeting, alliance, worker):
    edit_alliance(alliance=alliance, version=alliance.version, actor=None, is_public=False)
    worker.run()
    assert "Bündnis Musterstadt" not in said()
    assert [row["name"] for row in all_pages(MEETINGS)] == ["Herbstrunde"]


def test_an_alliance_that_is_no_longer_public_is_gone_with_its_contacts(meeting, alliance):
    person = make_person("Sorgsam", "Dora")
    agree(person)
    make_term(make_post(alliance, is_contact=True), person)
    renew()
    assert "Sorgsam" in said()
    alliance.is_public = False
    alliance.save()
    renew()
    everything = said()
    assert "Bündnis Musterstadt" not in everything
    assert "Sorgsam" not in everything
    assert alliance.public_id not in str(list(links(all_pages(MEETINGS))))


def test_people_without_a_public_part_are_not_listed(meeting):
    agree(make_person("Unbeteiligt", "Ute"))
    renew()
    assert "Unbeteiligt" not in said()


def test_renewing_again_changes_nothing(meeting):
    assert renew(LATER + timedelta(days=1)) == 0
    assert Publication.objects.filter(modified__gt=LATER + timedelta(hours=1)).count() == 0


def test_only_what_changed_gets_a_new_time(meeting):
    make_public_meeting("Winterrunde", alliance=meeting.alliance)
    renew(LATER + timedelta(days=1))
    times = dict(Publication.objects.filter(kind="meeting").values_list("data__name", "modified"))
    assert times["Winterrunde"] > times["Herbstrunde"]


def test_a_clock_that_goes_back_breaks_no_order(meeting):
    before = Publication.objects.get(kind="meeting").modified
    make_public_meeting("Winterrunde", alliance=meeting.alliance)
    renew(NOW - timedelta(days=400))
    new = Publication.objects.get(kind="meeting", data__name="Winterrunde")
    assert new.modified > before


def test_whoever_walks_the_pages_misses_nothing_that_changes_meanwhile(alliance):
    meetings = [make_public_meeting(f"Runde {number}", alliance=alliance) for number in range(12)]
    renew()
    known = {row["id"]: row["modified"] for row in all_pages(MEETINGS)}
    seen: dict[str, dict] = {}
    page = ask(MEETINGS, limit=2)
    for step in range(100):
        seen |= {row["id"]: row for row in page["data"]}
        if "next" not in page["links"]:
            break
        _change(meetings, step, alliance)
        page = ask(page["links"]["next"])
    now = {row["id"]: row for row in all_pages(MEETINGS)}
    assert set(known) - set(now) == {
        f"http://testserver/oparl/v1/meeting/{meetings[5].public_id}/",
    }
    assert {key for key in now if seen.get(key) != now[key]} == set()


def _change(meetings, step, alliance):
    """While somebody walks: one meeting is renamed, a new one comes, one goes."""
    at = LATER + timedelta(hours=step + 1)
    if step == 1:
        Edition.objects.filter(meeting=meetings[0]).update(published_at=at)
        Publication.objects.filter(public_id=meetings[0].public_id).update(digest="x")
    if step == 2:
        make_public_meeting("Neue Runde", alliance=alliance)
    if step == 3:
        states.withdraw(edition=Edition.objects.get(meeting=meetings[5]), actor=None, now=at)
    publish(now=at)


def test_what_changed_since_a_walk_is_found_by_its_time(meeting):
    start = Publication.objects.get(kind="meeting").modified
    make_public_meeting("Winterrunde", alliance=meeting.alliance)
    renew(LATER + timedelta(days=1))
    rows = all_pages(MEETINGS, modified_since=(start + timedelta(microseconds=1)).isoformat())
    assert [row["name"] for row in rows] == ["Winterrunde"]


def test_publishing_and_consent_queue_their_job(meeting):
    assert ("api.publish_meeting", {"meeting": meeting.public_id}) in waiting_jobs("api.")
    person = Person.objects.get(family_name="Zwickelbart")
    agree(person)
    assert ("api.publish_naming", {"person": person.public_id}) in waiting_jobs("api.")


def test_many_meetings_ask_for_the_network_once(alliance):
    for name in ("Herbstrunde", "Winterrunde"):
        row = make_public_meeting(name, alliance=alliance)
        assert publish_meeting(meeting=row.public_id, now=LATER) > 0
        assert publish_meeting(meeting=row.public_id, now=LATER) == 0
    assert waiting_jobs("api.publish_network") == [("api.publish_network", {})]


def test_the_jobs_bring_everything_out(alliance, worker):
    row = make_public_meeting(alliance=alliance)
    worker.run()
    [said_of_it] = all_pages(MEETINGS)
    assert said_of_it["name"] == row.title
    assert said_of_it["resultsProtocol"]["size"] > 1000
    jobs.publish(0)
    assert all_pages(MEETINGS) == [said_of_it]


def test_a_page_costs_the_same_for_one_and_for_many(alliance):
    counts = []
    for number in range(4):
        make_public_meeting(f"Runde {number}", alliance=alliance)
        renew()
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert len(ask(MEETINGS)["data"]) == number + 1
        counts.append(len(queries))
    assert counts == [counts[0]] * 4
    assert counts[0] <= 6


def test_meetings_without_any_state_are_left_out(db):
    row = make_meeting("Ohne Land")
    say(row, "Etwas")
    attend(row)
    published(row)
    assert renew() == 0
    assert make_alliance("Später").pk
    renew()
    assert [entry["name"] for entry in all_pages(MEETINGS)] == ["Ohne Land"]

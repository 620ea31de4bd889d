"""Facts for search engines on public pages: true, without people, and nothing that could be run."""

import json
import re

import pytest
from django.test import Client

from buendnisnetz.accounts.enums import Role
from tests.factories.api import make_public_meeting
from tests.factories.network import make_alliance, make_user

pytestmark = pytest.mark.django_db


def linked_data(path, client=None):
    html = (client or Client()).get(path).content.decode()
    return [
        json.loads(found)
        for found in re.findall(r'<script type="application/ld\+json">(.*?)</script>', html)
    ]


def test_a_public_meeting_is_an_event(meeting):
    [said] = linked_data(f"/sitzungen/{meeting.public_id}/")
    assert said == {
        "@context": "https://schema.org",
        "@type": "Event",
        "name": "Herbstrunde",
        "url": f"/sitzungen/{meeting.public_id}/",
        "startDate": "2026-11-10T10:00:00+01:00",
        "location": {"@type": "Place", "name": "Musterstadt"},
        "organizer": {"@type": "Organization", "name": "Bündnis Musterstadt"},
    }


def test_without_a_time_the_day_is_said(alliance):
    meeting = make_public_meeting(alliance=alliance, ends_at="12:00")
    [said] = linked_data(f"/sitzungen/{meeting.public_id}/")
    assert said["startDate"] == "2026-11-10"
    assert said["endDate"] == "2026-11-10T12:00:00+01:00"


def test_an_alliance_is_an_organization_on_its_public_page(alliance):
    [said] = linked_data(f"/netz/buendnisse/{alliance.slug}/")
    assert said["name"] == "Bündnis Musterstadt"
    assert said["address"]["streetAddress"] == "Markt 1"
    client = Client()
    client.force_login(make_user(Role.STATE_COORDINATION))
    assert linked_data(f"/netz/buendnisse/{alliance.slug}/", client) == []


def test_nothing_in_it_ends_it(db):
    name = "</script><script>alert(1)</script> & Söhne"
    alliance = make_alliance(name)
    path = f"/netz/buendnisse/{alliance.slug}/"
    [said] = linked_data(path)
    assert said["name"] == name
    assert "<script>alert" not in Client().get(path).content.decode()

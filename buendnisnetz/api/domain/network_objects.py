"""States, alliances, working groups and the people who agreed, as objects of OParl."""

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from buendnisnetz.api.domain.network_rows import NetworkRows, Row
from buendnisnetz.api.domain.objects import (
    OWN,
    SITE,
    Data,
    Draft,
    address,
    draft,
    iso,
    page,
    references,
)
from buendnisnetz.api.domain.states import network_id
from buendnisnetz.api.enums import PublicationKind as Kind
from buendnisnetz.network.enums import AllianceStatus

# The external lists that OParl gives a body, and what stands in them.
LISTS = {
    "organization": Kind.ORGANIZATION,
    "person": Kind.PERSON,
    "meeting": Kind.MEETING,
    "paper": Kind.PAPER,
    "agendaItem": Kind.AGENDA_ITEM,
    "consultation": Kind.CONSULTATION,
    "file": Kind.FILE,
    "locationList": Kind.LOCATION,
    "legislativeTermList": Kind.LEGISLATIVE_TERM,
    "membership": Kind.MEMBERSHIP,
}


def objects_of(rows: NetworkRows) -> list[Draft]:
    """Everything that is not a meeting's."""
    return _Writer(rows).write()


class _Writer:
    def __init__(self, rows: NetworkRows) -> None:
        self.rows = rows
        self.drafts: list[Draft] = []

    def write(self) -> list[Draft]:
        for body, name in self.rows.states.names.items():
            self.body(body, name)
        memberships = self.memberships()
        for row in self.rows.alliances:
            self.alliance(row)
        for row in self.rows.groups:
            self.group(row)
        for row in self.rows.people:
            self.person(row, memberships.get(row["public_id"], []))
        return self.drafts

    def add(self, kind: Kind, public_id: str, body: str, facts: Data, **more: Any) -> Data:
        row = draft(kind, public_id, body, facts, **more)
        self.drafts.append(row)
        return row.data

    def body(self, body: str, name: str) -> None:
        own = address(Kind.BODY, body)
        term = self.add(
            Kind.LEGISLATIVE_TERM, body, body, {"body": own, "name": _("Work without an end")}
        )
        facts = {
            "system": SITE + reverse("api:oparl_system"),
            "shortName": name,
            "name": _("Alliances for families in %(state)s") % {"state": name},
            "ags": body,
            "classification": _("Network of local alliances"),
            "mainOrganization": address(Kind.ORGANIZATION, network_id(body)),
            "legislativeTerm": [term],
            **{key: SITE + list_address(body, key) for key in LISTS},
        }
        self.add(Kind.BODY, body, body, facts)
        network = {
            "name": _("Network of alliances, %(state)s") % {"state": name},
            "organizationType": "Sonstiges",
            "classification": _("statewide"),
        }
        self.organization(network_id(body), body, network)

    def organization(self, public_id: str, body: str, facts: Data) -> None:
        said = {
            "body": address(Kind.BODY, body),
            "membership": references(Kind.MEMBERSHIP, self.rows.members_of.get(public_id, [])),
            "meeting": SITE + reverse("api:oparl_meetings_of", args=[public_id]),
            "post": self.rows.posts_of.get(public_id),
            **facts,
        }
        self.add(Kind.ORGANIZATION, public_id, body, said, organizations=[public_id])

    def alliance(self, row: Row) -> None:
        body = self.rows.states.of_alliance[row["pk"]]
        if body not in self.rows.states.names:
            return
        status, since = self.rows.status_of.get(row["pk"], (None, None))
        ended = status == AllianceStatus.DISSOLVED
        facts = {
            "name": row["name"],
            "organizationType": "Sonstiges",
            "classification": _("Local alliance for families"),
            "startDate": iso(row["founded_on"]),
            "endDate": iso(since) if ended else None,
            "website": row["website"],
            "location": self.location(row, body),
            "keyword": row["fields_of_action"],
            "web": page("network:alliance_detail", row["slug"]),
            f"{OWN}status": status.lower() if status else None,
            f"{OWN}territories": self.rows.territories_of.get(row["pk"]),
        }
        self.organization(row["public_id"], body, facts)

    def location(self, row: Row, body: str) -> Data | None:
        address_lines = {
            "streetAddress": row["street"],
            "postalCode": row["postcode"],
            "locality": row["city"],
        }
        if not any(address_lines.values()):
            return None
        of = [address(Kind.ORGANIZATION, row["public_id"])]
        facts = {**address_lines, "organizations": of}
        return self.add(Kind.LOCATION, f"{row['public_id']}-sitz", body, facts)

    def group(self, row: Row) -> None:
        body = self.rows.body_of_group(row)
        if body is None:
            return
        parent = row["alliance__public_id"] or network_id(body)
        facts = {
            "name": row["name"],
            "organizationType": "Gremium",
            "classification": _("Working group"),
            "subOrganizationOf": address(Kind.ORGANIZATION, parent),
            "startDate": iso(row["valid_from"]),
            "endDate": iso(row["valid_to"]),
            "keyword": [row["topic"]] if row["topic"] else [],
            "web": page("network:group_detail", row["public_id"]),
        }
        self.organization(row["public_id"], body, facts)

    def memberships(self) -> Mapping[str, list[Data]]:
        """By person: the terms of posts that the public sees, of people who agreed."""
        found: dict[str, list[Data]] = defaultdict(list)
        for row in self.rows.terms:
            person = row["person__public_id"]
            facts = {
                "person": address(Kind.PERSON, person),
                "organization": address(Kind.ORGANIZATION, row["organization"]),
                "role": row["post__title"],
                # The day of the first evidence is not the day on which it began.
                "startDate": None if row["first_seen"] else iso(row["valid_from"]),
                "endDate": iso(row["valid_to"]),
            }
            more = {"people": [person], "organizations": [row["organization"]]}
            data = self.add(Kind.MEMBERSHIP, row["public_id"], row["body"], facts, **more)
            found[person].append(data)
        return found

    def person(self, row: Row, memberships: list[Data]) -> None:
        public_id, title = row["public_id"], row["academic_title"]
        body = self.rows.body_of_person[public_id]
        facts = {
            "body": address(Kind.BODY, body),
            "name": f"{row['given_name']} {row['family_name']}".strip(),
            "familyName": row["family_name"],
            "givenName": row["given_name"],
            "title": [title] if title else [],
            "membership": memberships,
        }
        self.add(Kind.PERSON, public_id, body, facts, people=[public_id])


def list_address(body: str, name: str) -> str:
    return reverse("api:oparl_list", args=[body, LISTS[name].value])

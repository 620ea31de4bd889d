"""Rows of the room partnering, made through its own functions, so that every rule held."""

from datetime import UTC, date, datetime
from itertools import count
from typing import Any

from buendnisnetz.network.enums import OrganisationKind, PostKind
from buendnisnetz.network.models import Alliance, Organisation, Post, WorkingGroup
from buendnisnetz.partnering.domain import (
    benefits,
    bookings,
    chambers,
    interests,
    introductions,
    prospects,
    resources,
    stakeholders,
    strategy,
)
from buendnisnetz.partnering.domain.interests import InterestValues
from buendnisnetz.partnering.domain.letters import Letter
from buendnisnetz.partnering.domain.prospect_values import Joining, ProspectValues
from buendnisnetz.partnering.enums import Audience, ContactPointKind, Origin, PracticeField, Stage
from buendnisnetz.partnering.models import (
    Benefit,
    Booking,
    ContactPoint,
    Interest,
    Introduction,
    PracticeCard,
    Prospect,
    Resource,
    ResourceWish,
    Stakeholder,
    StrategyAim,
)
from buendnisnetz.territories.models import Chamber, Territory
from tests.factories.network import make_alliance, make_organisation, make_post
from tests.factories.territories import make_district, make_municipality

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
TODAY = date(2026, 11, 23)
LETTER = Letter("Dürfen wir?", "Guten Tag, wir möchten Sie zusammenbringen.")
_numbers = count(1)

# A way to each stage that the transitions allow.
PATHS: dict[Stage, tuple[Stage, ...]] = {
    Stage.IDENTIFIED: (),
    Stage.CONTACTED: (Stage.CONTACTED,),
    Stage.TALK: (Stage.TALK,),
    Stage.JOINT_PROJECT: (Stage.TALK, Stage.JOINT_PROJECT),
    Stage.MEMBER: (Stage.TALK, Stage.MEMBER),
    Stage.DECLINED: (Stage.DECLINED,),
}


def make_prospect(
    name: str = "", stage: Stage = Stage.IDENTIFIED, now: datetime = NOW, **facts: Any
) -> Prospect:
    """A prospect in a stage; a member gets an organisation and an alliance if none is named."""
    origin = facts.pop("origin", Origin.OWN)
    source = facts.pop("source", "")
    if stage == Stage.MEMBER:
        facts.setdefault("organisation", None)
        facts["organisation"] = facts["organisation"] or make_organisation(
            kind=OrganisationKind.COMPANY
        )
        facts["alliance"] = facts.get("alliance") or make_alliance()
    if not facts.get("organisation"):
        facts["name"] = name or f"Musterbetrieb {next(_numbers)}"
    prospect = prospects.create_prospect(
        values=ProspectValues(**facts), actor=None, now=now, origin=origin, source=source
    )
    for step in PATHS[stage]:
        move(prospect, step, words="Aus dem Test.", now=now)
    return Prospect.objects.get(pk=prospect.pk)


def move(prospect: Prospect, stage: Stage, *, now: datetime = NOW, **facts: Any) -> Any:
    if stage == Stage.MEMBER:
        facts.setdefault("joining", Joining(TODAY))
    return prospects.move_prospect(
        prospect=prospect, stage=stage, actor=facts.pop("actor", None), now=now, **facts
    )


def make_office(email: str = "koordination@office.example") -> Post:
    """The coordination office with the post that takes what belongs to nobody else."""
    body = make_organisation("Koordinationsstelle", kind=OrganisationKind.COORDINATION_OFFICE)
    return make_post(body, "Leitung", kind=PostKind.HEAD, is_contact=True, email=email)


def make_contact(scope: Any, email: str = "", **facts: Any) -> Post:
    """An official contact post with an address."""
    facts.setdefault("title", "Ansprechstelle")
    address = email or f"stelle{next(_numbers)}@post.example"
    return make_post(scope, is_contact=True, email=address, **facts)


def make_chamber_post(chamber: Chamber, email: str = "kammer@post.example", **facts: Any) -> Post:
    """A contact post at a chamber's house."""
    house = Organisation.objects.filter(chamber=chamber).first() or make_organisation(
        chamber.name, kind=OrganisationKind.CHAMBER, chamber=chamber
    )
    facts.setdefault("title", "Familie und Beruf")
    return make_post(house, kind=PostKind.CHAMBER_CONTACT, is_contact=True, email=email, **facts)


def make_point(
    post: Post, kind: ContactPointKind = ContactPointKind.CHAMBER, **facts: Any
) -> ContactPoint:
    return chambers.add_contact_point(
        kind=kind,
        post=post,
        district=facts.pop("district", None),
        topics=facts.pop("topics", ()),
        actor=None,
        today=facts.pop("today", date(2020, 1, 1)),
        **facts,
    )


def make_interest(
    firm: str = "Backhaus Muster GmbH", place: Territory | None = None, **facts: Any
) -> Interest:
    now = facts.pop("now", NOW)
    values = InterestValues(
        firm=firm,
        place=place or make_municipality(make_district()),
        contact_email=facts.pop("contact_email", "chefin@betrieb.example"),
        **facts,
    )
    return interests.record_interest(values=values, now=now)


def make_introduction(
    first: Post | None = None, second: Post | None = None, **facts: Any
) -> Introduction:
    return introductions.introduce(
        first=first or make_contact(make_organisation()),
        second=second or make_contact(make_organisation()),
        reason=facts.pop("reason", "Beide suchen das Gleiche."),
        letter=facts.pop("letter", LETTER),
        actor=facts.pop("actor", None),
        now=facts.pop("now", NOW),
        **facts,
    )


def make_benefit(claim: str = "", **facts: Any) -> Benefit:
    """A published statement with its source."""
    facts = {
        "audience": Audience.COMPANY,
        "evidence": "86 % sagen ja.",
        "source_title": "Umfrage 2023",
        "checked_on": date(2026, 10, 1),
        "is_published": True,
        **facts,
    }
    return benefits.create_benefit(
        claim=claim or f"Nutzen {next(_numbers)}", actor=None, today=TODAY, **facts
    )


def make_practice(title: str = "", **facts: Any) -> PracticeCard:
    facts = {
        "field": PracticeField.WORK,
        "problem": "Es fehlte etwas.",
        "steps": "Erst fragen, dann tun.",
        "evidence": "Protokoll",
        "is_published": True,
        **facts,
    }
    return benefits.create_practice(
        title=title or f"Beispiel {next(_numbers)}", actor=None, today=TODAY, **facts
    )


def make_stakeholder(
    organisation: Organisation | None = None, alliance: Alliance | None = None, **facts: Any
) -> Stakeholder:
    return stakeholders.add_stakeholder(
        organisation=organisation or make_organisation(), alliance=alliance, actor=None, **facts
    )


def make_aim(title: str = "Mehr Rückhalt", **facts: Any) -> StrategyAim:
    return strategy.create_aim(
        title=title,
        words=facts.pop("words", ""),
        targets=facts.pop("targets", []),
        due_on=facts.pop("due_on", None),
        actor=None,
    )


def make_resource(organisation: Organisation | None = None, **facts: Any) -> Resource:
    facts = {
        "kind": "ROOMS",
        "title": f"Raum {next(_numbers)}",
        "amount": 10,
        "unit": "Plätze",
        **facts,
    }
    return resources.offer_resource(
        organisation=organisation or make_organisation(), actor=None, **facts
    )


def make_wish(
    alliance: Alliance | None = None, working_group: WorkingGroup | None = None, **facts: Any
) -> ResourceWish:
    if alliance is None and working_group is None:
        alliance = make_alliance()
    facts = {
        "kind": "ROOMS",
        "title": f"Gesuch {next(_numbers)}",
        "amount": 5,
        "unit": "Plätze",
        **facts,
    }
    facts.setdefault("territory", None)
    facts["territory"] = facts["territory"] or make_district()
    return resources.wish_for(alliance=alliance, working_group=working_group, actor=None, **facts)


def make_booking(
    resource: Resource | None = None, wish: ResourceWish | None = None, **facts: Any
) -> Booking:
    """A booking whose two sides can be written to."""
    resource = resource or make_resource()
    wish = wish or make_wish()
    side = wish.working_group or wish.alliance
    for scope in (resource.organisation, side):
        if not scope.posts.exists():
            make_contact(scope)
    return bookings.book(
        resource=resource,
        wish=wish,
        amount=facts.pop("amount", 1),
        first_day=facts.pop("first_day", date(2026, 12, 1)),
        last_day=facts.pop("last_day", date(2026, 12, 3)),
        letter=facts.pop("letter", LETTER),
        actor=None,
        now=facts.pop("now", NOW),
    )

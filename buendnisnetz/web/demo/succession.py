"""Terms that end, handovers at every stage, contacts that were asked whether they are still right."""

from collections import Counter
from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils import timezone

from buendnisnetz.accounts.models import User
from buendnisnetz.audit.tracking import recorded
from buendnisnetz.network.domain import charges, contact_checks, handing_over, handovers
from buendnisnetz.network.enums import OrganisationKind, PostKind
from buendnisnetz.network.models import Alliance, Handover, Person, Post, Term
from buendnisnetz.tasks.models import Task

_NOTES = (
    "Der Frühjahrsempfang braucht den Saal im Rathaus, bitte schon im Herbst anfragen. "
    "Die Kita-Leitungen erreicht man am besten vor acht Uhr."
)
_CONTACTS = (
    "Frau Zipfel im Bauhof (Zelte), Herr Knopf bei der Sparkasse (Spende für das Sommerfest)"
)
_NAMES = (("Sören", "Stabwechsel"), ("Nora", "Nachfolger"), ("Ingo", "Weitermann"))


def seed_succession(users: dict[str, User], today: date) -> None:
    """Handovers open, done, read, taken back and left off; terms with an end; questions to contacts."""
    office = users["koordination"]
    now = timezone.make_aware(datetime.combine(today - timedelta(days=2), time(11)))
    _charges(office)
    _handovers(users, office, now)
    _ends(today)
    for post in contact_checks.contacts_to_ask(now=now).values_list("pk", flat=True)[:4]:
        contact_checks.ask_contact(post=post, now=now)


def _charges(office: User) -> None:
    """Alliances that the coordination office looks after until somebody local does."""
    post = Post.objects.filter(
        organisation__kind=OrganisationKind.COORDINATION_OFFICE, is_contact=True
    ).first()
    if post is not None:
        for alliance in Alliance.objects.order_by("-pk")[:2]:
            charges.begin_charge(post=post, subject=alliance, since=None, actor=office)


def _terms(kind: PostKind) -> list[Term]:
    """Open terms of people without an account, each of another post."""
    rows = Term.objects.filter(post__kind=kind, valid_to=None, exclusive=True, person__user=None)
    return list(rows.exclude(valid_from=None).order_by("pk"))


def _busiest(terms: list[Term]) -> list[Term]:
    """Whose posts hold the most open tasks first."""
    count = Counter(Task.objects.open().values_list("holder", flat=True))
    return sorted(terms, key=lambda term: (-count[term.post_id], term.pk))


def _handovers(users: dict[str, User], office: User, now: datetime) -> None:
    last_day = timezone.localdate(now) - timedelta(days=1)
    people = [_person(*name) for name in _NAMES]
    waiting, done, back, left = _busiest(_terms(PostKind.COORDINATOR))[:4]
    row = _started(waiting, last_day + timedelta(days=40), office, now)
    handovers.write_notes(
        handover=row, version=row.version, notes=_NOTES, contacts=_CONTACTS, actor=office
    )
    _finished(_started(done, last_day, office, now, successor=people[0]), office, now)
    again = _finished(_started(back, last_day, office, now, successor=people[1]), office, now)
    handing_over.undo_handover(handover=again, actor=office, now=now)
    handovers.cancel_handover(handover=_started(left, last_day, office, now), actor=office)
    heads = _terms(PostKind.HEAD)
    _finished(_started(heads[0], last_day, office, now), office, now)
    # The coordinator finds one on the start page.
    own = Person.objects.get(user=users["buendnis"])
    _finished(_started(heads[1], last_day, office, now, successor=own), office, now)


def _person(given: str, family: str) -> Person:
    with recorded(actor=None, action="audit.load"):
        return Person.objects.create(given_name=given, family_name=family)


def _started(term: Term, last_day: date, office: User, now: datetime, **facts: Any) -> Handover:
    last_day = max(last_day, term.valid_from or last_day)
    return handovers.start_handover(term=term, last_day=last_day, actor=office, now=now, **facts)


def _finished(handover: Handover, office: User, now: datetime) -> Handover:
    return handing_over.finish_handover(
        handover=handover, actor=office, now=now, may_give_roles=True
    )


def _ends(today: date) -> None:
    """Terms and mandates that run out within the year."""
    with recorded(actor=None, action="audit.load"):
        for months, term in enumerate(_terms(PostKind.SOCIAL_PLANNER)[:4], start=2):
            term.valid_to = today + timedelta(days=30 * months)
            term.save()
        for years, post in enumerate(Post.objects.filter(kind=PostKind.MAYOR).order_by("pk")[:6]):
            post.mandate_ends_on = today + timedelta(days=200 + 300 * years)
            post.save()

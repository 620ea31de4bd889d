"""Lists on every part of their way, entries that look like one, corrections that were proposed."""

from datetime import date, datetime, time, timedelta

from django.core.files.base import ContentFile
from django.utils import timezone

from buendnisnetz.accounts.models import User
from buendnisnetz.network.models import Alliance, Organisation, Person, Post
from buendnisnetz.upkeep.domain import (
    checking,
    corrections,
    doubles,
    finding,
    lists,
    merges,
    taking_back,
    taking_over,
)
from buendnisnetz.upkeep.enums import RowChoice, Target
from buendnisnetz.upkeep.models import Correction, Double, PartnerList

_HEADER = "Name;Art;Mitarbeiter;PLZ;Ort;E-Mail;Telefon;Mitglied seit;Bemerkung"
_FIRST = (
    "Knetwerk Backstube GmbH;Firma;24;99817;Eisenach;info@knetwerk.example;03691 1200;01.03.2019;",
    "Zwergenland Kinderbetreuung e. V.;Verein;9;99817;Eisenach;post@zwergenland.example;03691 1201;15.08.2020;bringt Räume mit",
    "Radhaus Pedalo KG;Firma;6;99834;Gerstungen;;036922 77;;",
)
_SECOND = (
    "Lesepaten Wartburgregion e. V.;Verein;3;99817;Eisenach;lesen@paten.example;;2022;",
    "Optik Durchblick;Firma;viele;99817;Eisenach;durchblick;;01.02.2021;",
    "Gärtnerei Grünling;Firma;14;9981;Eisenach;gruen@ling.example;036925 12;irgendwann;",
)
_CONSENT = "Meine Adresse darf für die Antwort gespeichert werden."


def seed_upkeep(users: dict[str, User], today: date) -> None:
    now = timezone.make_aware(datetime.combine(today - timedelta(days=1), time(14)))
    _lists(users["koordination"], now)
    _doubles(users, now)
    _corrections(users["koordination"], now)


def _lists(office: User, now: datetime) -> None:
    """One to be named, one under review, one taken in, one taken back, one put away, one unreadable."""
    alliances = list(Alliance.objects.order_by("pk")[:2])
    _received("Telefonliste_Ost.csv", _SECOND, alliances[1], office, now)
    known = Organisation.objects.filter(is_public=True, valid_to=None).order_by("pk")[1]
    similar = f"{known.name[:-1]};;;;{known.city};;;;"
    _checked("Partner_2026.csv", (*_SECOND, similar), alliances[0], office, now)
    _taken_in("Gründungsmitglieder.csv", _FIRST, alliances[0], office, now)
    back = _taken_in("Partner_alt.csv", _SECOND[:1], alliances[0], office, now)
    taking_back.undo_list(partner_list=back, actor=office)
    put_away = _received("Partner_Entwurf.csv", _FIRST, alliances[1], office, now)
    lists.discard(partner_list=put_away, actor=office)
    broken = lists.receive_list(
        upload=ContentFile(b"PK\x03\x04" + bytes(64)), name="Partner_kaputt.xlsx",
        target=Target.MEMBERS, alliance=None, actor=office, now=now,
    )  # fmt: skip
    lists.read(partner_list=broken.pk, now=now)


def _received(
    name: str, rows: tuple[str, ...], alliance: Alliance, office: User, now: datetime
) -> PartnerList:
    content = ContentFile("\n".join((_HEADER, *rows)).encode())
    row = lists.receive_list(
        upload=content, name=name, target=Target.MEMBERS, alliance=alliance, actor=office, now=now
    )
    lists.read(partner_list=row.pk, now=now)
    row.refresh_from_db()
    return row


def _checked(
    name: str, rows: tuple[str, ...], alliance: Alliance, office: User, now: datetime
) -> PartnerList:
    row = _received(name, rows, alliance, office, now)
    lists.name_columns(partner_list=row, columns=row.columns, actor=office, now=now)
    checking.check(partner_list=row.pk, now=now)
    row.refresh_from_db()
    return row


def _taken_in(
    name: str, rows: tuple[str, ...], alliance: Alliance, office: User, now: datetime
) -> PartnerList:
    row = _checked(name, rows, alliance, office, now)
    row.rows.filter(choice=RowChoice.OPEN).update(choice=RowChoice.SKIP)
    taking_over.confirm(partner_list=row, actor=office)
    taking_over.write(partner_list=row.pk, now=now)
    row.refresh_from_db()
    return row


def _doubles(users: dict[str, User], now: datetime) -> None:
    """Some found, one proposed by a coordinator, one that is two, one merged and one taken back."""
    office = users["koordination"]
    bodies = list(Organisation.objects.filter(kind="COMPANY", valid_to=None).order_by("pk")[2:8])
    people = list(Person.objects.filter(user=None, erased_at=None).order_by("pk")[10:12])
    finding.find_doubles(now=now)
    pairs: list[tuple[Organisation | Person, Organisation | Person]] = [
        (bodies[0], bodies[1]), (people[0], people[1]), (bodies[2], bodies[3]),
    ]  # fmt: skip
    named = [doubles.name_pair(one=a, other=b, actor=office, now=now) for a, b in pairs]
    doubles.propose_merge(
        double=named[0], note="Dieselbe Firma, sie ist umgezogen.", actor=users["buendnis"], now=now
    )
    doubles.say_two(double=named[2], note="Bruder und Schwester.", actor=office, now=now)
    copies = [
        Organisation.objects.create(
            name=f"{body.name} ({word})", kind=body.kind, sector=body.sector, city=body.city
        )
        for body, word in ((bodies[4], "alt"), (bodies[5], "neu"))
    ]
    for kept, gone in zip(bodies[4:6], copies, strict=True):
        done = merges.merge_organisations(kept=kept, gone=gone, from_gone=(), actor=office, now=now)
    merges.undo_merge(merge=done, actor=office, now=now)
    if not Double.objects.filter(status="FOUND").exists():
        raise RuntimeError("a named pair is to be looked at")


def _corrections(office: User, now: datetime) -> None:
    """Proposals about each kind of entry: new, accepted, rejected."""
    body = Organisation.objects.filter(is_public=True, valid_to=None).order_by("pk")[3]
    alliance = Alliance.objects.filter(is_public=True).order_by("pk")[0]
    post = Post.objects.filter(alliance=alliance, is_contact=True).order_by("pk")[0]
    _proposed(body, {"phone": "0361 123456", "city": body.city or "Erfurt"}, "", now)
    _proposed(alliance, {}, "Das Büro ist umgezogen, über der Bäckerei klingeln.", now)
    _proposed(post, {"phone": "03691 4711"}, "Die alte Nummer läuft ins Leere.", now)
    taken = _proposed(body, {"website": "https://neu.example"}, "", now)
    corrections.accept(
        correction=taken, taken=["website"], version=body.version, answer="", actor=office, now=now
    )
    wrong = _proposed(alliance, {"phone": "110"}, "", now)
    corrections.reject(
        correction=wrong, reason="Das ist der Notruf der Polizei.", actor=office, now=now
    )


def _proposed(
    subject: corrections.Subject, proposed: dict[str, str], words: str, now: datetime
) -> Correction:
    return corrections.propose(
        subject=subject, proposed=proposed, words=words, email="hinweis@demo.example",
        consent_text=_CONSENT, user=None, source="demo", now=now,
    )  # fmt: skip

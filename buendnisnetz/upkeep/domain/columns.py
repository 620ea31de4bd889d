"""Which columns a list may have: what they are called, what their cells mean, how they leave again.

The same columns are read and written, so that what the network gives out comes back without loss.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from buendnisnetz.core.likeness import spelt_alike
from buendnisnetz.core.search import search_key
from buendnisnetz.network.enums import OrganisationKind, PostKind, Sector
from buendnisnetz.upkeep.domain import cells
from buendnisnetz.upkeep.enums import Target

_ALIKE = 88.0


@dataclass(frozen=True)
class Field:
    """A column: its key, its heading, other headings that mean it, and what its cells mean.

    ``parse`` is None where only the database can say what a cell means (places, bodies).
    """

    key: str
    heading: str | Promise
    parse: cells.Parse | None
    synonyms: tuple[str, ...] = ()
    required: bool = False


_KIND_SYNONYMS = {
    "Kommune": OrganisationKind.MUNICIPALITY, "Gemeinde": OrganisationKind.MUNICIPALITY,
    "Stadt": OrganisationKind.MUNICIPALITY, "Landkreis": OrganisationKind.DISTRICT_ADMINISTRATION,
    "Landratsamt": OrganisationKind.DISTRICT_ADMINISTRATION, "Firma": OrganisationKind.COMPANY,
    "Betrieb": OrganisationKind.COMPANY, "Verein": OrganisationKind.ASSOCIATION,
    "Verband": OrganisationKind.WELFARE_ASSOCIATION, "Kita": OrganisationKind.CHILDCARE,
    "Kindergarten": OrganisationKind.CHILDCARE, "Schule": OrganisationKind.SCHOOL,
    "Hochschule": OrganisationKind.UNIVERSITY, "IHK": OrganisationKind.CHAMBER,
    "HWK": OrganisationKind.CHAMBER, "Jobcenter": OrganisationKind.EMPLOYMENT_AGENCY,
    "Agentur für Arbeit": OrganisationKind.EMPLOYMENT_AGENCY, "Kirche": OrganisationKind.CHURCH,
    "Gewerkschaft": OrganisationKind.UNION, "Stiftung": OrganisationKind.FOUNDATION,
}  # fmt: skip

MEMBER_FIELDS: tuple[Field, ...] = (
    Field("id", _("ID"), cells.text(12), ("kennung", "nummer im netz")),
    Field(
        "name", _("Name"), cells.text(200),
        ("organisation", "partner", "bündnispartner", "firma", "einrichtung", "institution",
         "verein", "unternehmen", "mitglied", "name der organisation", "name der einrichtung"),
        required=True,
    ),
    Field("short_name", _("Short name"), cells.text(80), ("kurzname", "kürzel", "abkürzung")),
    Field(
        "kind", _("Kind"), cells.choice(OrganisationKind, _KIND_SYNONYMS),
        ("art", "typ", "organisationsart", "art der organisation", "kategorie"),
    ),
    Field("sector", _("Side"), cells.choice(Sector), ("seite", "sektor")),
    Field(
        "wz_section", _("Branch"), cells.branch,
        ("branche", "wz", "wz 2008", "wirtschaftszweig", "branche (wz 2008)"),
    ),
    Field(
        "size_class", _("Number of staff"), cells.size,
        ("beschäftigte", "mitarbeiter", "mitarbeitende", "anzahl mitarbeiter", "größe"),
    ),
    Field(
        "territory", _("Place (AGS)"), None,
        ("gebiet", "ags", "gemeindeschlüssel", "gemeinde", "kommune", "landkreis"),
    ),
    Field(
        "street", _("Street"), cells.text(120),
        ("straße und hausnummer", "strasse", "anschrift", "adresse"),
    ),
    Field("postcode", _("Postcode"), cells.postcode, ("plz", "postleitzahl")),
    Field("city", pgettext_lazy("address", "Town"), cells.text(80), ("ort", "stadt", "wohnort")),
    Field("email", _("E-mail address"), cells.email, ("e-mail", "email", "mail", "e-mail-adresse")),
    Field("phone", _("Phone"), cells.phone, ("telefon", "tel", "telefonnummer", "telefonnr", "rufnummer")),
    Field("website", _("Website"), cells.website, ("internet", "homepage", "webseite", "url", "www")),
    Field("other_names", _("Other names"), cells.names(200), ("weitere namen", "aliasnamen")),
    Field("note", _("Note"), cells.text(2000), ("notiz",)),
    Field("valid_from", _("Exists since"), cells.day, ("gegründet", "gründung", "seit wann")),
    Field("alliance", _("Alliance"), None, ("bündnis", "lokales bündnis")),
    Field(
        "since", _("Member since"), cells.day, ("beitritt", "mitgliedschaft seit", "seit", "dabei seit")
    ),
    Field(
        "contributions", _("Brings in"), cells.contributions, ("beitrag", "beiträge", "bringt ein")
    ),
    Field(
        "membership_note", _("Note on the membership"), cells.text(300),
        ("bemerkung", "anmerkung", "kommentar", "hinweis"),
    ),
)  # fmt: skip

PEOPLE_FIELDS: tuple[Field, ...] = (
    Field("person_id", _("ID of the person"), cells.text(12), ("id",)),
    Field("academic_title", _("Academic title"), cells.text(40), ("titel", "akademischer grad")),
    Field("given_name", _("Given name"), cells.text(80), ("vorname",)),
    Field("family_name", _("Family name"), cells.text(80), ("nachname", "familienname", "zuname")),
    Field("name", _("Name"), cells.text(160), ("person", "ansprechperson", "ansprechpartner",
          "ansprechpartnerin", "vor- und nachname", "name, vorname")),
    Field("person_email", _("Personal e-mail address"), cells.email, ("e-mail privat",)),
    Field("person_phone", _("Personal phone"), cells.phone, ("telefon privat", "mobil", "handy")),
    Field("other_names", _("Other spellings"), cells.names(160), ("andere schreibweisen",)),
    Field("post_id", _("ID of the post"), cells.text(12)),
    Field("post_title", _("Function"), cells.text(160), ("funktion", "position", "stelle", "rolle", "amt")),
    Field("post_kind", _("Kind of the post"), cells.choice(PostKind)),
    Field("organisation_id", _("ID of the organisation"), cells.text(12)),
    Field(
        "organisation", _("Organisation"), cells.text(200),
        ("firma", "einrichtung", "institution", "arbeitgeber", "dienststelle", "gehört zu"),
    ),
    Field("post_email", _("E-mail address"), cells.email, ("e-mail", "email", "mail", "e-mail-adresse")),
    Field("post_phone", _("Phone"), cells.phone, ("telefon", "tel", "telefonnummer")),
    Field("valid_from", _("In office since"), cells.day, ("im amt seit", "von", "seit", "beginn")),
    Field("valid_to", _("In office until"), cells.day, ("im amt bis", "bis", "ende")),
    Field("is_acting", _("Acting"), cells.yes_or_no, ("kommissarisch", "in vertretung")),
)  # fmt: skip

FIELDS: dict[str, tuple[Field, ...]] = {
    Target.MEMBERS: MEMBER_FIELDS,
    Target.PEOPLE: PEOPLE_FIELDS,
}


def fields_of(target: str) -> dict[str, Field]:
    return {field.key: field for field in FIELDS[target]}


def fingerprint(header: Sequence[str]) -> str:
    """The same for the same headings in the same order, however they are written."""
    return hashlib.sha256("\n".join(search_key(heading) for heading in header).encode()).hexdigest()


def proposed(target: str, header: Sequence[str]) -> list[str]:
    """For each heading the field that it most likely means, each field once; empty where none does."""
    scores = sorted(
        (
            (-_likeness(field, heading), place, number, field.key)
            for place, heading in enumerate(header)
            for number, field in enumerate(FIELDS[target])
        ),
    )
    columns, used = [""] * len(header), set()
    for score, place, _number, key in scores:
        if -score >= _ALIKE and not columns[place] and key not in used:
            columns[place] = key
            used.add(key)
    return columns


def _likeness(field: Field, heading: str) -> float:
    """How like a heading is to a field's: 100 for the same, a little less for a synonym."""
    asked = _key(heading)
    if not asked:
        return 0.0
    if asked == _key(str(field.heading)):
        return 101.0
    synonyms = [_key(word) for word in field.synonyms]
    if asked in synonyms:
        # A field's first synonyms are the likeliest.
        return 100.0 - synonyms.index(asked) / 100
    return max(
        (spelt_alike(asked, word) for word in [_key(str(field.heading)), *synonyms]), default=0.0
    )


def _key(heading: str) -> str:
    plain = "".join(letter if letter.isalnum() else " " for letter in search_key(heading))
    return " ".join(plain.split())


def day_text(day: date | None) -> str:
    """A day as it leaves."""
    return f"{day:%d.%m.%Y}" if day else ""

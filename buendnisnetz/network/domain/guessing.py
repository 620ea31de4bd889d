"""Guesses that a person can correct: what kind of organisation or post words stand for, where a given
name ends. No database."""

import re
from typing import TypeVar

from buendnisnetz.network.enums import OrganisationKind, PostKind

Kind = TypeVar("Kind")

_ORGANISATION: tuple[tuple[str, OrganisationKind], ...] = (
    (
        r"\b(ihk|hwk)\b|handwerkskammer|industrie- und handelskammer|\bkammer\b",
        OrganisationKind.CHAMBER,
    ),
    (r"^(netzwerk|arbeitskreis|arbeitsgemeinschaft|ag|ak) ", OrganisationKind.NETWORK),
    (
        r"\b(gmbh|kg|ohg|gbr|ug|se)\b|\b(ag|e\. ?k\.)$|& co|\b(stadt)?werke?\b|betriebe?\b"
        r"|^[\w.-]+\.(de|com|net|eu|shop)$",
        OrganisationKind.COMPANY,
    ),
    (r"agentur für arbeit|jobcenter|arbeitsagentur", OrganisationKind.EMPLOYMENT_AGENCY),
    (
        r"landratsamt|\blra\b|landkreis|jugendamt|sozialamt|kreisverwaltung",
        OrganisationKind.DISTRICT_ADMINISTRATION,
    ),
    (
        r"städtebund|landkreistag|gemeindebund|städtetag|\b(gstb|tlkt)\b",
        OrganisationKind.UMBRELLA_BODY,
    ),
    (
        r"\btmasgff\b|minister|staatskanzlei|landesamt|landesverwaltung",
        OrganisationKind.STATE_AUTHORITY,
    ),
    (r"koordini?er?ungsstelle|koordinationsstelle", OrganisationKind.COORDINATION_OFFICE),
    (r"\b(dgb|ver\.?di|ig metall|gew|betriebsrat)\b|gewerkschaft", OrganisationKind.UNION),
    (
        r"arbeitgeber|verband der wirtschaft|unternehmerverband|\bvwt\b",
        OrganisationKind.EMPLOYERS_ASSOCIATION,
    ),
    (r"seniorenbeirat|seniorenrat|senioren", OrganisationKind.SENIORS_BODY),
    (
        r"mehrgenerationenhaus|familienzentrum|\bfz\b|thekiz|eltern-kind-zentrum",
        OrganisationKind.FAMILY_CENTRE,
    ),
    (r"\bkita\b|kindertages|kindergarten|hort\b|tagespflege", OrganisationKind.CHILDCARE),
    (r"hochschule|universität|institut|\bfh\b", OrganisationKind.UNIVERSITY),
    (r"schule|volkshochschule|\bvhs\b|akademie|bildungswerk", OrganisationKind.SCHOOL),
    (r"stiftung", OrganisationKind.FOUNDATION),
    (r"kirche|pfarr|gemeinde st\.|diözese|superintendent", OrganisationKind.CHURCH),
    (
        r"diakonie|caritas|\bawo\b|\bdrk\b|parität|arbeiterwohlfahrt|volkssolidarität|lebenshilfe",
        OrganisationKind.WELFARE_ASSOCIATION,
    ),
    (
        r"klinik|krankenhaus|pflegedienst|pflegestützpunkt|krankenkasse|\baok\b|apotheke",
        OrganisationKind.HEALTH,
    ),
    (r"famili", OrganisationKind.FAMILY_ORGANISATION),
    (r"netzwerk|zentrum|bündnis", OrganisationKind.NETWORK),
    (r"\bstadt\b|gemeinde|markt\b|verwaltungsgemeinschaft|rathaus", OrganisationKind.MUNICIPALITY),
    (r"\be\. ?v\.|verein|initiative", OrganisationKind.ASSOCIATION),
)
_ALLIANCE = re.compile(
    r"lokales? bündnis|bündnis für|bündnis .*famil|\bfamilienbündnis|^bündnis (?!90\b|gegen\b)",
    re.IGNORECASE,
)
_POST: tuple[tuple[str, PostKind], ...] = (
    (r"minister", PostKind.MINISTER),
    (r"bürgermeister", PostKind.MAYOR),
    (r"landrat|landrätin", PostKind.DISTRICT_COMMISSIONER),
    (r"gleichstellung", PostKind.EQUALITY_OFFICER),
    (r"sozialplan|planungskoord", PostKind.SOCIAL_PLANNER),
    (r"koordinat", PostKind.COORDINATOR),
    (r"kümmerer", PostKind.CARETAKER),
    (r"pflegelots", PostKind.CARE_GUIDE),
    (r"vorsitz|vorstand|\bvors\b", PostKind.CHAIR),
    (r"sprecher", PostKind.SPEAKER),
    (r"leiter|leitung|geschäftsführ|direktor|abteilungsl|referatsl", PostKind.HEAD),
)


def organisation_kind(name: str) -> OrganisationKind:
    if is_alliance(name):
        return OrganisationKind.NETWORK
    return _first(_ORGANISATION, name, OrganisationKind.OTHER)


def is_alliance(name: str) -> bool:
    """Whether the words name a local alliance, which is not an organisation here."""
    return _ALLIANCE.search(name) is not None


def post_kind(role: str) -> PostKind:
    """The kind of a post by the words of a role; without a role somebody speaks for the body."""
    if not role:
        return PostKind.REPRESENTATIVE
    return _first(_POST, role, PostKind.OTHER)


def _first(table: tuple[tuple[str, Kind], ...], text: str, default: Kind) -> Kind:
    lowered = text.casefold()
    return next((kind for pattern, kind in table if re.search(pattern, lowered)), default)


def split_name(name: str) -> tuple[str, str]:
    """Given name and family name; particles (von, de, van der) belong to the family name."""
    if "," in name:
        family, _comma, given = name.partition(",")
        return given.strip(), family.strip()
    words = name.split()
    cut = len(words) - 1
    while cut > 1 and words[cut - 1] in _PARTICLES:
        cut -= 1
    return " ".join(words[:cut]), " ".join(words[cut:])


_PARTICLES = {"von", "van", "de", "der", "den", "zu", "zur", "v.", "da", "di", "ter", "vom", "zum"}

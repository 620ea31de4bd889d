"""Invented organisations beside public bodies that have their real names."""

from datetime import date, timedelta
from typing import Any

from buendnisnetz.network.enums import SECTOR_OF_KIND, OrganisationKind, Sector, SizeClass
from buendnisnetz.network.models import Organisation
from buendnisnetz.territories.enums import Level, TerritoryKind
from buendnisnetz.territories.models import Chamber, Territory
from buendnisnetz.web.demo import words
from buendnisnetz.web.demo.world import World

_KINDS = (
    OrganisationKind.COMPANY, OrganisationKind.COMPANY, OrganisationKind.COMPANY, OrganisationKind.COMPANY,
    OrganisationKind.ASSOCIATION, OrganisationKind.ASSOCIATION, OrganisationKind.CHILDCARE, OrganisationKind.SCHOOL,
    OrganisationKind.WELFARE_ASSOCIATION, OrganisationKind.FAMILY_CENTRE, OrganisationKind.FAMILY_ORGANISATION,
    OrganisationKind.SENIORS_BODY, OrganisationKind.CHURCH, OrganisationKind.HEALTH,
)  # fmt: skip
_NAMES = {
    OrganisationKind.ASSOCIATION: (
        "Elterninitiative {place} e. V.",
        "Nachbarschaftsverein {place} e. V.",
    ),
    OrganisationKind.CHILDCARE: ("Kita „Sonnenwinkel“ {place}", "Kita „Am Mühlgraben“ {place}"),
    OrganisationKind.SCHOOL: ("Gemeinschaftsschule {place}", "Volkshochschule {place}"),
    OrganisationKind.WELFARE_ASSOCIATION: (
        "Sozialwerk {place} gGmbH",
        "Kreisverband Wohlfahrt {place}",
    ),
    OrganisationKind.FAMILY_CENTRE: ("Familienzentrum {place}", "Mehrgenerationenhaus {place}"),
    OrganisationKind.FAMILY_ORGANISATION: ("Familienverband Ortsgruppe {place}",),
    OrganisationKind.SENIORS_BODY: ("Seniorenbeirat {place}",),
    OrganisationKind.CHURCH: ("Evangelische Kirchgemeinde {place}", "Katholische Pfarrei {place}"),
    OrganisationKind.HEALTH: ("Pflegestützpunkt {place}", "Klinikum {place}"),
}


class OrganisationBuilder:
    """Reads the places and builds the organisations."""

    def __init__(self, world: World) -> None:
        self.world = world

    def build(self) -> None:
        self._places()
        self._organisations()

    def _places(self) -> None:
        rows = Territory.objects.as_of(self.world.today)
        if self.world.sizes.state:
            rows = rows.filter(ags__startswith=self.world.sizes.state)
        self.world.districts = list(rows.filter(level=Level.DISTRICT).order_by("ags"))
        self.world.municipalities = list(
            rows.municipalities().filter(level=Level.MUNICIPALITY).order_by("ags")
        )
        self.world.by_district = {}
        for place in self.world.municipalities:
            self.world.by_district.setdefault(place.parent_id or 0, []).append(place)

    def _organisation(self, name: str, kind: OrganisationKind, **facts: Any) -> Organisation:
        side = facts.pop("sector", None) or SECTOR_OF_KIND.get(kind, Sector.SOCIAL)
        return Organisation(
            public_id=self.world.chance.public_id(), name=name, kind=kind, sector=side, **facts
        )

    def _organisations(self) -> None:
        rows = [
            self._organisation(
                "Koordinationsstelle Lokale Bündnisse für Familien",
                OrganisationKind.COORDINATION_OFFICE,
                other_names="Koordinierungsstelle",
                email="koordination@demo.example",
            ),
            self._organisation(
                "Thüringer Ministerium für Soziales, Gesundheit, Arbeit und Familie",
                OrganisationKind.STATE_AUTHORITY,
                short_name="TMSGAF",
                other_names="TMASGFF",
            ),
            self._organisation(
                "Gemeinde- und Städtebund Thüringen",
                OrganisationKind.UMBRELLA_BODY,
                short_name="GStB",
            ),
            self._organisation(
                "Thüringischer Landkreistag", OrganisationKind.UMBRELLA_BODY, short_name="TLKT"
            ),
        ]
        rows.extend(
            self._organisation(
                chamber.name, OrganisationKind.CHAMBER, chamber=chamber, city=chamber.seat
            )
            for chamber in Chamber.objects.order_by("pk")
        )
        for district in self.world.districts:
            city = district.kind == TerritoryKind.INDEPENDENT_CITY
            kind = (
                OrganisationKind.MUNICIPALITY if city else OrganisationKind.DISTRICT_ADMINISTRATION
            )
            name = (
                f"Stadtverwaltung {district.short_name}"
                if city
                else f"Landratsamt {district.short_name}"
            )
            rows.append(
                self._organisation(name, kind, territory=district, city=district.short_name)
            )
        while len(rows) < self.world.sizes.organisations:
            rows.append(self._some_organisation())
        self.world.organisations = self.world.save(Organisation, rows)

    def _some_organisation(self) -> Organisation:
        place = self.world.chance.pick(self.world.municipalities)
        if self.world.chance.happens(0.12):
            word = "Stadt" if place.kind == TerritoryKind.TOWN else "Gemeinde"
            return self._organisation(
                f"{word} {place.short_name}",
                OrganisationKind.MUNICIPALITY,
                territory=place,
                city=place.short_name,
            )
        kind = self.world.chance.pick(_KINDS)
        facts: dict[str, Any] = {"territory": place, "city": place.short_name}
        if kind == OrganisationKind.COMPANY:
            index = self.world.chance.number(0, len(words.COMPANY_STEMS) - 1)
            name = f"{words.COMPANY_STEMS[index]} {self.world.chance.pick(words.FAMILY_NAMES)} {self.world.chance.pick(words.LEGAL_FORMS)}"
            facts |= {
                "wz_section": words.BRANCHES[index],
                "size_class": self.world.chance.pick(list(SizeClass)),
            }
        else:
            name = self.world.chance.pick(_NAMES[kind]).format(place=place.short_name)
        if self.world.chance.happens(0.06):
            ended = self.world.chance.day(date(2015, 1, 1), self.world.today - timedelta(days=60))
            facts |= {"valid_to": ended}
        return self._organisation(name, kind, **facts)

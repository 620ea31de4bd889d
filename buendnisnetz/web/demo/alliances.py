"""Invented alliances in every condition, with members and working groups."""

from datetime import date, timedelta

from django.utils.text import slugify

from buendnisnetz.network.enums import AllianceStatus, Contribution
from buendnisnetz.network.models import (
    Alliance,
    AllianceStatusPeriod,
    AllianceTerritory,
    GroupMembership,
    Membership,
    Organisation,
    WorkingGroup,
)
from buendnisnetz.territories.enums import Level
from buendnisnetz.territories.models import Territory
from buendnisnetz.web.demo import words
from buendnisnetz.web.demo.world import World


class AllianceBuilder:
    """Builds alliances, their states, members and groups."""

    def __init__(self, world: World) -> None:
        self.world = world

    def build(self) -> None:
        self._alliances()
        self._memberships()
        self._groups()

    def _alliances(self) -> None:
        made, territories, periods = [], [], []
        for number in range(self.world.sizes.alliances):
            district = self.world.districts[(number * 7) % len(self.world.districts)]
            landscape = words.LANDSCAPES[number % len(words.LANDSCAPES)]
            name = f"Bündnis für Familie {landscape}"
            if number >= len(words.LANDSCAPES):
                name = f"Bündnis für Familie {self.world.chance.pick(self.world.by_district[district.pk]).short_name} {number}"
            founded = self.world.chance.day(date(2004, 3, 1), date(2013, 12, 31))
            alliance = Alliance(
                public_id=self.world.chance.public_id(),
                slug=slugify(
                    name.replace("ü", "ue").replace("ö", "oe").replace("ä", "ae").replace("ß", "ss")
                ),
                name=name,
                carrier=self._carrier(district),
                founded_on=founded,
                fields_of_action=self.world.chance.sample(words.FIELDS_OF_ACTION, 3),
                description=f"Zusammenschluss aus Verwaltung, Betrieben und Vereinen in {district.name}.",
                email=f"buendnis{number + 1}@demo.example",
            )
            made.append(alliance)
            territories.append(
                AllianceTerritory(
                    public_id=self.world.chance.public_id(),
                    alliance=alliance,
                    territory=district,
                    valid_from=founded,
                )
            )
            periods += self._status_periods(alliance, number, founded)
        self.world.alliances = self.world.save(Alliance, made)
        self.world.save(AllianceTerritory, territories)
        self.world.save(AllianceStatusPeriod, periods)

    def _carrier(self, district: Territory) -> Organisation | None:
        near = [row for row in self.world.organisations if row.territory_id == district.pk]
        return near[0] if near else None

    def _status_periods(
        self, alliance: Alliance, number: int, founded: date
    ) -> list[AllianceStatusPeriod]:
        """Every condition: most are lively, some sleep unnoticed, some rest, one begins, one ended."""
        recent = self.world.today - timedelta(days=self.world.chance.number(10, 200))
        stale = self.world.today - timedelta(days=self.world.chance.number(500, 1800))
        ending = {
            3: AllianceStatus.RESTING,
            8: AllianceStatus.DISSOLVED,
            13: AllianceStatus.RESTING,
        }.get(number % 22)
        if number % 22 == 17:
            start = self.world.today - timedelta(days=120)
            alliance.founded_on = None
            return [self._period(alliance, AllianceStatus.FOUNDING, start, None, recent)]
        asleep = number % 22 in {5, 11, 19}
        if ending is None:
            return [
                self._period(
                    alliance, AllianceStatus.ACTIVE, founded, None, stale if asleep else recent
                )
            ]
        changed = self.world.chance.day(date(2016, 1, 1), self.world.today - timedelta(days=300))
        return [
            self._period(
                alliance, AllianceStatus.ACTIVE, founded, changed - timedelta(days=1), changed
            ),
            self._period(alliance, ending, changed, None, changed),
        ]

    def _period(
        self,
        alliance: Alliance,
        status: AllianceStatus,
        start: date,
        end: date | None,
        confirmed: date,
    ) -> AllianceStatusPeriod:
        return AllianceStatusPeriod(
            public_id=self.world.chance.public_id(),
            alliance=alliance,
            status=status,
            valid_from=start,
            valid_to=end,
            evidence=self.world.chance.pick(words.EVIDENCE),
            confirmed_on=confirmed,
        )

    def _memberships(self) -> None:
        near: dict[int, list[Organisation]] = {}
        for row in self.world.organisations:
            if row.territory_id:
                place = row.territory
                near.setdefault(
                    (
                        place.parent_id
                        if place and place.level == Level.MUNICIPALITY
                        else row.territory_id
                    )
                    or 0,
                    [],
                ).append(row)
        rows: list[Membership] = []
        links = AllianceTerritory.objects.filter(alliance__in=self.world.alliances).values_list(
            "alliance", "territory"
        )
        districts = dict(links)
        for alliance in self.world.alliances:
            found = self.world.chance.sample(
                near.get(districts[alliance.pk], []), self.world.chance.number(6, 18)
            )
            self.world.members_of[alliance.pk] = found
            rows.extend(self._membership(alliance, organisation) for organisation in found)
        self.world.memberships = self.world.save(Membership, rows)

    def _membership(self, alliance: Alliance, organisation: Organisation) -> Membership:
        since = self.world.chance.day(
            alliance.founded_on or self.world.today - timedelta(days=100),
            self.world.today - timedelta(days=30),
        )
        ends = (
            organisation.valid_to
            if organisation.valid_to and organisation.valid_to >= since
            else None
        )
        if ends is None and self.world.chance.happens(0.12):
            ends = self.world.chance.day(since, self.world.today)
        return Membership(
            public_id=self.world.chance.public_id(),
            alliance=alliance,
            organisation=organisation,
            valid_from=since,
            valid_to=ends,
            contributions=self.world.chance.sample(
                list(Contribution), self.world.chance.number(0, 2)
            ),
        )

    def _groups(self) -> None:
        rows = [
            WorkingGroup(
                public_id=self.world.chance.public_id(),
                name=f"Landesweite Arbeitsgruppe {topic}",
                topic=topic,
                mandate="Erfahrungen der Bündnisse sammeln und Vorschläge an die Koordinationsstelle geben.",
                valid_from=date(2016, 1, 1),
            )
            for topic in words.TOPICS[:3]
        ]
        for alliance in self.world.alliances:
            topics = self.world.chance.sample(words.TOPICS, self.world.chance.number(0, 3))
            rows.extend(self._group(alliance, topic) for topic in topics)
        self.world.groups = self.world.save(WorkingGroup, rows)
        links = [
            GroupMembership(
                public_id=self.world.chance.public_id(),
                working_group=group,
                organisation=organisation,
                valid_from=group.valid_from,
            )
            for group in self.world.groups
            for organisation in self.world.chance.sample(
                self.world.members_of.get(group.alliance_id or 0, []), 4
            )
        ]
        self.world.save(GroupMembership, links)

    def _group(self, alliance: Alliance, topic: str) -> WorkingGroup:
        start = self.world.chance.day(alliance.founded_on or self.world.today, self.world.today)
        ended = (
            self.world.chance.day(start, self.world.today)
            if self.world.chance.happens(0.2)
            else None
        )
        return WorkingGroup(
            public_id=self.world.chance.public_id(),
            name=f"AG {topic} ({alliance.name.removeprefix('Bündnis für Familie ')})",
            topic=topic,
            mandate=f"Vorschläge zu „{topic}“ erarbeiten und mit Betrieben erproben.",
            results="Abschlussbericht liegt vor." if ended else "",
            alliance=alliance,
            valid_from=start,
            valid_to=ended,
        )

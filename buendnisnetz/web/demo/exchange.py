"""Invented introductions, exchanges, things to lend, stakeholders and what is said to them."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from buendnisnetz.meetings.models import Meeting
from buendnisnetz.network.enums import OrganisationKind, PostKind
from buendnisnetz.network.models import Organisation, Post, WorkingGroup
from buendnisnetz.partnering.enums import (
    OPEN_INTRODUCTIONS,
    AimStatus,
    ContactKind,
    ContactPointKind,
    IntroductionStatus,
    InvitationAnswer,
    Mark,
    SideAnswer,
    Topic,
)
from buendnisnetz.partnering.models import (
    Benefit,
    Booking,
    ContactNote,
    ContactPoint,
    Exchange,
    GroupInterest,
    InterestProfile,
    Introduction,
    IntroductionSide,
    PracticeCard,
    Resource,
    ResourceWish,
    Stakeholder,
    StakeholderInvitation,
    StrategyAim,
    StrategyMeasure,
    StrategyMessage,
)
from buendnisnetz.tasks.enums import TaskKind
from buendnisnetz.tasks.models import Task
from buendnisnetz.territories.models import ChamberDistrict
from buendnisnetz.web.demo import partnering_words as texts
from buendnisnetz.web.demo.partnering import at_noon, posts_with_address
from buendnisnetz.web.demo.world import World

_ANSWERS = {
    IntroductionStatus.SENT: ("", ""),
    IntroductionStatus.ONE_AGREED: (SideAnswer.AGREED, ""),
    IntroductionStatus.AGREED: (SideAnswer.AGREED, SideAnswer.AGREED),
    IntroductionStatus.DECLINED: (SideAnswer.AGREED, SideAnswer.DECLINED),
    IntroductionStatus.EXPIRED: (SideAnswer.AGREED, ""),
    IntroductionStatus.WITHDRAWN: ("", ""),
}


class ExchangeBuilder:
    """Builds everything of partnering that is not about one prospect."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.contact = {
            post.alliance_id: post for post in world.posts if post.alliance_id and post.is_contact
        }
        self.firms = posts_with_address(
            world, (OrganisationKind.COMPANY, OrganisationKind.ASSOCIATION)
        )

    def build(self) -> None:
        self._contact_points()
        self._benefits()
        self._exchanges()
        self._lend()
        self._introductions()
        self._profiles()
        self._strategy(self._stakeholders())

    def _contact_points(self) -> None:
        """Chambers with topics; the last one answers for one district only, so that others are open."""
        posts = [post for post in self.world.posts if post.kind == PostKind.CHAMBER_CONTACT]
        rows = []
        for place, post in enumerate(posts):
            chamber = post.organisation.chamber_id if post.organisation else None
            district = (
                ChamberDistrict.objects.filter(chamber=chamber, valid_to=None)
                .order_by("pk")
                .first()
            )
            last = place == len(posts) - 1
            rows.append(
                ContactPoint(
                    public_id=self.world.chance.public_id(),
                    kind=ContactPointKind.CHAMBER,
                    post=post,
                    district=district.territory if district and last else None,
                    topics=[Topic.FAMILY_AND_WORK, Topic.SKILLED_STAFF],
                    valid_from=date(2024, 1, 1),
                )
            )
        rows.append(self._advice())
        self.world.save(ContactPoint, rows)

    def _advice(self) -> ContactPoint:
        chance = self.world.chance
        body = Organisation.objects.create(
            public_id=chance.public_id(), name="Thüringer Agentur für Fachkräftegewinnung", short_name="ThAFF",
            kind=OrganisationKind.NETWORK, sector="BUSINESS", city="Erfurt",
        )  # fmt: skip
        post = Post.objects.create(
            public_id=chance.public_id(), kind=PostKind.OTHER, title="Servicestelle Beruf und Familie",
            organisation=body, scope_name=body.name, is_contact=True, is_shared=True,
            email="servicestelle@demo.example",
        )  # fmt: skip
        return ContactPoint(
            public_id=chance.public_id(), kind=ContactPointKind.ADVICE, post=post, valid_from=date(2016, 1, 1),
            topics=[Topic.FAMILY_AND_WORK, Topic.CARE_AND_WORK],
            offer="Kostenfreie Beratung für Betriebe und Beschäftigte im ganzen Land",
        )  # fmt: skip

    def _benefits(self) -> None:
        today, chance = self.world.today, self.world.chance
        rows = []
        for place, (audience, claim, evidence, example, source, address) in enumerate(
            texts.BENEFITS
        ):
            checked = today - timedelta(days=500 if place == 4 else 30 + place)
            rows.append(
                Benefit(
                    public_id=chance.public_id(), audience=audience, claim=claim, evidence=evidence,
                    example=example, source_title=source, source_url=address,
                    checked_on=checked if source else None, is_published=bool(source),
                )
            )  # fmt: skip
        self.benefits = self.world.save(Benefit, rows)
        names = (
            "title",
            "field",
            "problem",
            "steps",
            "partners",
            "cost",
            "effect",
            "transfer",
            "evidence",
        )
        cards = [
            PracticeCard(
                public_id=chance.public_id(),
                territory=self.world.municipalities[place * 7 % len(self.world.municipalities)],
                place_size=("VILLAGE", "SMALL_TOWN", "TOWN", "VILLAGE")[place],
                contact=self.contact.get(
                    self.world.alliances[place % len(self.world.alliances)].pk
                ),
                is_published=bool(row[-1]),
                **dict(zip(names, row, strict=True)),
            )
            for place, row in enumerate(texts.PRACTICE)
        ]
        self.world.save(PracticeCard, cards)

    def _exchanges(self) -> None:
        """Groups on the same topic that met or want to."""
        by_topic: dict[str, list[WorkingGroup]] = {}
        for group in self.world.groups:
            if group.valid_to is None:
                by_topic.setdefault(group.topic, []).append(group)
        rows = []
        # A small world may have no two groups on one topic.
        by_topic.setdefault("", []).extend(self.world.groups[:2])
        for groups in by_topic.values():
            for first, second in zip(groups[::2], groups[1::2], strict=False):
                day = self.world.today - timedelta(days=self.world.chance.number(5, 700))
                held = (
                    day + timedelta(days=30)
                    if day < self.world.today - timedelta(days=60)
                    else None
                )
                rows.append(
                    Exchange(
                        public_id=self.world.chance.public_id(),
                        first_group=min(first, second, key=lambda group: group.pk),
                        second_group=max(first, second, key=lambda group: group.pk),
                        agreed_on=day,
                        held_on=held,
                        reasons="Gleiches Thema.",
                        result="Checkliste für Betriebe ausgetauscht." if held else "",
                    )
                )
        self.world.save(Exchange, rows[: max(4, len(rows) // 2)])

    def _lend(self) -> None:
        chance, alliances = self.world.chance, self.world.alliances
        members = [body for row in alliances for body in self.world.members_of.get(row.pk, [])]
        bodies = [row for row in members if row.valid_to is None][
            : max(16, self.world.sizes.organisations // 8)
        ]
        resources = []
        for place, body in enumerate(bodies):
            kind, title, amount, unit, conditions = texts.RESOURCES[place % len(texts.RESOURCES)]
            resources.append(
                Resource(
                    public_id=chance.public_id(), organisation=body, territory=body.territory, kind=kind,
                    title=title, amount=amount, unit=unit, conditions=conditions,
                    valid_from=date(2025, 1, 1),
                )
            )  # fmt: skip
        self.resources = self.world.save(Resource, resources)
        wishes = []
        for place, alliance in enumerate(alliances):
            kind, title, amount, unit = texts.WISHES[place % len(texts.WISHES)]
            link = self.world.districts[(place * 7) % len(self.world.districts)]
            wishes.append(
                ResourceWish(
                    public_id=chance.public_id(), alliance=alliance, territory=link, kind=kind, title=title,
                    amount=amount, unit=unit, valid_from=self.world.today,
                    valid_to=self.world.today + timedelta(days=120),
                )
            )  # fmt: skip
        self.wishes = self.world.save(ResourceWish, wishes)

    def _introductions(self) -> None:
        """In every state for the first alliance, and two for each of the others; some for a booking."""
        rows, sides, bookings = [], [], []
        for place, (alliance, status) in enumerate(self._pairs()):
            first, second = self.contact[alliance.pk], self.firms[place % len(self.firms)]
            sent = self.world.today - timedelta(
                days=5 if status in OPEN_INTRODUCTIONS else 60 + place % 200
            )
            row = Introduction(
                public_id=self.world.chance.public_id(), first_post=first, second_post=second,
                alliance=alliance, reason=texts.REASONS[place % len(texts.REASONS)],
                subject="Dürfen wir Sie zusammenbringen?", text=texts.LETTER[0], sent_on=sent,
                reply_by=sent + timedelta(days=14), status=status,
                closed_on=None if status in OPEN_INTRODUCTIONS else sent + timedelta(days=20),
                result="Erstes Treffen war gut." if status == IntroductionStatus.AGREED else "",
            )  # fmt: skip
            rows.append(row)
            sides += self._sides(row, status)
            if place < 3 and self.resources:
                bookings.append(self._booking(place, row))
        self.world.save(Introduction, rows)
        self.world.save(IntroductionSide, sides)
        self.world.save(Booking, bookings)

    def _pairs(self) -> Iterator[tuple[Any, IntroductionStatus]]:
        states = list(IntroductionStatus)
        for place in range(len(states)):
            yield self.world.alliances[0], states[(place + 2) % len(states)]
        for place, alliance in enumerate(self.world.alliances[1:]):
            yield alliance, states[place % len(states)]
            yield alliance, IntroductionStatus.AGREED

    def _sides(self, row: Introduction, status: IntroductionStatus) -> list[IntroductionSide]:
        return [
            IntroductionSide(
                introduction=row, post=post, answer=answer,
                answered_at=at_noon(row.sent_on + timedelta(days=2)) if answer else None,
                token_hash=f"demo-side-{row.public_id}-{number}",
                expires_at=at_noon(row.reply_by),
            )
            for number, (post, answer) in enumerate(
                zip((row.first_post, row.second_post), _ANSWERS[status], strict=True)
            )
        ]  # fmt: skip

    def _booking(self, place: int, row: Introduction) -> Booking:
        return Booking(
            public_id=self.world.chance.public_id(), resource=self.resources[place], wish=self.wishes[0],
            introduction=row, amount=1, first_day=self.world.today,
            last_day=self.world.today + timedelta(days=10),
        )  # fmt: skip

    def _profiles(self) -> None:
        bodies = {body.pk: body for rows in self.world.members_of.values() for body in rows}
        self.world.save(
            InterestProfile,
            [
                InterestProfile(
                    organisation=body,
                    topics=self.world.chance.sample(list(Topic.values), 3),
                    changed_on=self.world.today - timedelta(days=50),
                )
                for body in bodies.values()
                if self.world.chance.happens(0.5)
            ],
        )
        self.world.save(GroupInterest, self._group_interests())

    def _group_interests(self) -> list[GroupInterest]:
        """Of each alliance with a group, two members want to hear of it."""
        return [
            GroupInterest(
                organisation=body, working_group=group, since=self.world.today - timedelta(days=50)
            )
            for group in self.world.groups
            if group.alliance_id
            for body in self.world.members_of.get(group.alliance_id, [])[:2]
        ]

    def _stakeholders(self) -> list[Stakeholder]:
        """Umbrella bodies, the ministry and chambers; the bodies were invited to meetings that were held."""
        chance = self.world.chance
        bodies = [
            row for row in self.world.organisations
            if row.kind in (OrganisationKind.UMBRELLA_BODY, OrganisationKind.STATE_AUTHORITY, OrganisationKind.CHAMBER)
        ]  # fmt: skip
        rows = [
            Stakeholder(
                public_id=chance.public_id(), organisation=body,
                interest=chance.pick(list(Mark)), influence=max(1, chance.number(1, 3)),
                position=texts.POSITIONS[place % len(texts.POSITIONS)],
            )
            for place, body in enumerate(bodies)
        ]  # fmt: skip
        rows.append(
            Stakeholder(
                public_id=chance.public_id(), organisation=bodies[0], alliance=self.world.alliances[0],
                interest=Mark.MIDDLE, influence=Mark.HIGH, position=texts.POSITIONS[0],
            )
        )  # fmt: skip
        saved = self.world.save(Stakeholder, rows)
        meetings = list(
            Meeting.objects.filter(alliance=None, working_group=None, status="HELD").order_by(
                "-held_on", "pk"
            )[:4]
        )
        invitations = [
            StakeholderInvitation(
                public_id=chance.public_id(), stakeholder=row, meeting=meeting,
                invited_on=meeting.held_on - timedelta(days=40), answer=answer,
                answered_on=None if answer == InvitationAnswer.OPEN else meeting.held_on - timedelta(days=20),
            )
            for row in saved
            for meeting in meetings
            for answer in [chance.pick(list(InvitationAnswer))]
        ]  # fmt: skip
        invitations.append(
            StakeholderInvitation(
                public_id=chance.public_id(), stakeholder=saved[0], occasion="Gespräch über die Geschäftsordnung",
                invited_on=self.world.today - timedelta(days=20),
            )
        )  # fmt: skip
        self.world.save(StakeholderInvitation, invitations)
        day = self.world.today - timedelta(days=20)
        self.world.save(
            ContactNote,
            [
                ContactNote(stakeholder=row, met_on=day, kind=ContactKind.PHONE, words=texts.NOTES[place], written_at=at_noon(day))
                for place, row in enumerate(saved[:3])
            ],
        )  # fmt: skip
        return saved

    def _strategy(self, stakeholders: list[Stakeholder]) -> None:
        chance, day = self.world.chance, self.world.today
        office = next(
            post for post in self.world.posts if post.organisation == self.world.organisations[0]
        )
        for place, (title, reason) in enumerate(texts.AIMS):
            status = AimStatus.OPEN if place < 2 else AimStatus.REACHED
            aim = StrategyAim.objects.create(
                public_id=chance.public_id(), title=title, words=reason, due_on=day + timedelta(days=90 * place),
                status=status, result="" if place < 2 else "Alle sechs haben eine Stelle genannt.",
            )  # fmt: skip
            aim.targets.set(stakeholders[place : place + 2])
            StrategyMessage.objects.create(
                public_id=chance.public_id(), aim=aim, words="Was Bündnisse leisten, steht in Zahlen da.",
                benefit=self.benefits[place],
            )  # fmt: skip
            code = chance.public_id()
            task = Task.objects.create(
                public_id=chance.public_id(), kind=TaskKind.TASK, title=f"Interne Maßnahme ({code})",
                holder=office, due_on=day + timedelta(days=30 * place + 10), opened_on=day,
                origin_label="Intern", origin_url=f"/partner/strategie/{aim.public_id}/", created_at=at_noon(day),
            )  # fmt: skip
            StrategyMeasure.objects.create(
                public_id=code,
                aim=aim,
                words="Gespräch mit der Geschäftsführung vereinbaren",
                task=task,
            )

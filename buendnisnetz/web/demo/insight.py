"""Invented care for alliances and places: caretakers, sponsors' talks, topics, marks, self-checks."""

from datetime import date, datetime, time, timedelta
from typing import Any

from django.urls import reverse
from django.utils import timezone

from buendnisnetz.insight.domain.profile import PROFILE_VERSION, profile_of
from buendnisnetz.insight.domain.questionnaire import CURRENT, questions_of
from buendnisnetz.insight.enums import CheckStatus, TopicStatus
from buendnisnetz.insight.models import (
    AllianceTopic,
    CheckAnswer,
    CheckTask,
    NoContactMark,
    Requirement,
    SelfCheck,
    SponsorTalk,
    StateSettings,
)
from buendnisnetz.meetings.models import Attendance
from buendnisnetz.network.enums import OrganisationKind, PostKind
from buendnisnetz.network.models import Alliance, Person, Post, Term
from buendnisnetz.tasks.enums import TaskKind, TaskStatus
from buendnisnetz.tasks.models import Task
from buendnisnetz.territories.models import Territory
from buendnisnetz.web.demo import words
from buendnisnetz.web.demo.world import World

_EVIDENCE = (
    "Beschluss der Steuerungsgruppe vom Frühjahr",
    "steht im Jahresbericht",
    "Gespräch im Rathaus, Vermerk liegt vor",
    "Umfrage unter den Mitgliedern",
    "",
)
_NOTES = (
    "Will die Schirmherrschaft im nächsten Jahr sichtbarer machen.",
    "Fragt nach Zahlen zu den Ferienangeboten.",
    "Bietet den Ratssaal für das Herbsttreffen an.",
    "",
)
_STEPS = (
    "Stellvertretung für jedes Thema benennen",
    "Betriebe einzeln zum Sommertreffen einladen",
    "Im Sozialausschuss über das Jahr berichten",
    "Jahresziele auf einer Seite festhalten",
)
_SAID_BY = ("Verwaltungsgemeinschaft, Hauptamt", "Landratsamt, Sozialplanung", "Gemeinderat")


class InsightBuilder:
    """Builds what the gap report, the map of places and the self-check show."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.sponsors = [post for post in world.posts if post.kind == PostKind.SPONSOR]
        self.contact = {
            post.alliance_id: post for post in world.posts if post.alliance_id and post.is_contact
        }

    def build(self) -> None:
        self._caretakers()
        self._marks()
        self._composition()
        self._talks()
        self._topics()
        self._double_roles()
        self._checks()

    def _days_ago(self, low: int, high: int) -> date:
        return self.world.today - timedelta(days=self.world.chance.number(low, high))

    def _caretakers(self) -> None:
        """Caretakers in some places; a few of their terms end soon."""
        chance = self.world.chance
        places = chance.sample(
            self.world.municipalities, max(3, len(self.world.municipalities) // 30)
        )
        posts = self.world.save(Post, [self._caretaker(place) for place in places])
        people = self.world.save(Person, [self._person() for _post in posts])
        terms = []
        for number, (post, person) in enumerate(zip(posts, people, strict=True)):
            ending = number % 5 == 0
            terms.append(
                Term(
                    public_id=chance.public_id(),
                    post=post,
                    person=person,
                    valid_from=self._days_ago(400, 2000),
                    valid_to=self.world.today + timedelta(days=90) if ending else None,
                    exclusive=True,
                )
            )
        self.world.save(Term, terms)

    def _caretaker(self, place: Territory) -> Post:
        return Post(
            public_id=self.world.chance.public_id(),
            kind=PostKind.CARETAKER,
            title="Dorfkümmerer",
            territory=place,
            scope_name=place.name,
            is_contact=True,
            email=f"kuemmerer-{place.ags}@demo.example",
            weekly_hours=self.world.chance.pick([5, 10, 20]),
            funded_by="Landesprogramm",
            confirmed_on=self._days_ago(10, 500),
        )

    def _person(self) -> Person:
        title, given, family = self.world.chance.name()
        return Person(
            public_id=self.world.chance.public_id(),
            given_name=given,
            family_name=family,
            academic_title=title,
        )

    def _marks(self) -> None:
        places = self.world.chance.sample(
            self.world.municipalities, max(2, len(self.world.municipalities) // 60)
        )
        self.world.save(
            NoContactMark,
            [
                NoContactMark(
                    public_id=self.world.chance.public_id(),
                    territory=place,
                    said_by=self.world.chance.pick(_SAID_BY),
                    valid_from=self._days_ago(20, 300),
                )
                for place in places
            ],
        )

    def _composition(self) -> None:
        """The state asks for one thing more, an alliance leaves one out; both in force for a while."""
        state = self.world.districts[0].parent
        alliance = self.world.alliances[0]
        self.world.save(
            Requirement,
            [
                self._requirement("own-bildung", "Schule oder Volkshochschule", OrganisationKind.SCHOOL, state=state),
                self._requirement("seniors", "Seniorenvertretung", OrganisationKind.SENIORS_BODY, alliance=alliance, at_least=0),
            ],
        )  # fmt: skip
        self.world.save(StateSettings, [StateSettings(state=state, business_percent=15)])

    def _requirement(
        self, key: str, label: str, kind: OrganisationKind, **facts: Any
    ) -> Requirement:
        return Requirement(
            public_id=self.world.chance.public_id(),
            key=key,
            label=label,
            kinds=[kind],
            valid_from=self.world.today - timedelta(days=700),
            **facts,
        )

    def _talks(self) -> None:
        chance, rows = self.world.chance, []
        for post in self.sponsors:
            if not chance.happens(0.6):
                continue
            held_on = self._days_ago(20, 700)
            rows.append(
                SponsorTalk(
                    public_id=chance.public_id(),
                    post=post,
                    held_on=held_on,
                    note=chance.pick(_NOTES),
                    recorded_at=timezone.make_aware(datetime.combine(held_on, time(15))),
                )
            )
        self.world.save(SponsorTalk, rows)

    def _topics(self) -> None:
        rows = [
            self._topic(alliance, topic)
            for alliance in self.world.alliances
            for topic in self.world.chance.sample(words.TOPICS, 2)
        ]
        self.world.save(AllianceTopic, rows)

    def _topic(self, alliance: Alliance, name: str) -> AllianceTopic:
        status = self.world.chance.pick(
            [TopicStatus.ACTIVE, TopicStatus.ACTIVE, TopicStatus.PLANNED, TopicStatus.CLOSED]
        )
        begun = self._days_ago(200, 1500)
        return AllianceTopic(
            public_id=self.world.chance.public_id(),
            alliance=alliance,
            name=name,
            responsible=None if status == TopicStatus.PLANNED else self.contact.get(alliance.pk),
            status=status,
            opened_on=begun,
            closed_on=begun + timedelta(days=150) if status == TopicStatus.CLOSED else None,
        )

    def _double_roles(self) -> None:
        """Here and there somebody comes for a company too."""
        companies = [
            row for row in self.world.organisations if row.kind == OrganisationKind.COMPANY
        ]
        rows = list(Attendance.objects.exclude(organisation=None).order_by("pk")[:400])
        chosen = self.world.chance.sample(rows, min(12, len(rows)))
        for row in chosen:
            company = self.world.chance.pick(companies)
            if company.pk != row.organisation_id:
                row.also_for = company
                row.organisation_words = f"{row.organisation_words}, {company.name}"[:250]
        Attendance.objects.bulk_update(chosen, ["also_for", "organisation_words"])

    def _checks(self) -> None:
        """Two finished self-checks of the first alliance, with steps; a draft of the second."""
        first, second = self.world.alliances[0], self.world.alliances[1 % len(self.world.alliances)]
        self._check(first, self._days_ago(400, 420), 0)
        self._plan(self._check(first, self._days_ago(20, 40), 1))
        if second != first:
            self._check(second, None, 0)

    def _check(self, alliance: Alliance, done_on: date | None, better: int) -> SelfCheck:
        chance, day = self.world.chance, done_on or self.world.today
        (check,) = self.world.save(
            SelfCheck,
            [
                SelfCheck(
                    public_id=chance.public_id(),
                    alliance=alliance,
                    questionnaire=CURRENT,
                    status=CheckStatus.DONE if done_on else CheckStatus.DRAFT,
                    begun_on=day - timedelta(days=7),
                    done_on=done_on,
                    profile_version=PROFILE_VERSION if done_on else None,
                    profile=profile_of(alliance, day) if done_on else {},
                )
            ],
        )
        questions = list(questions_of(CURRENT))
        answered = questions if done_on else questions[:6]
        self.world.save(
            CheckAnswer,
            [
                CheckAnswer(
                    check_of=check,
                    question=question,
                    level=min(3, chance.number(0, 2) + better),
                    evidence=chance.pick(_EVIDENCE),
                )
                for question in answered
            ],
        )
        found: SelfCheck = check
        return found

    def _plan(self, check: SelfCheck) -> None:
        """Steps that came out of a self-check, one of them done."""
        chance, day = self.world.chance, check.done_on or self.world.today
        questions = chance.sample(list(questions_of(CURRENT)), len(_STEPS))
        tasks = [
            Task(
                public_id=chance.public_id(),
                kind=TaskKind.TASK,
                title=title,
                holder=self.contact.get(check.alliance_id),
                alliance=check.alliance,
                due_on=day + timedelta(days=120),
                status=TaskStatus.DONE if number == 0 else TaskStatus.OPEN,
                opened_on=day,
                closed_on=self.world.today if number == 0 else None,
                result="In der letzten Sitzung erledigt." if number == 0 else "",
                origin_label=f"Selbstcheck vom {day:%d.%m.%Y}",
                origin_url=self._address(check, question),
                created_at=timezone.make_aware(datetime.combine(day, time(12))),
            )
            for number, (title, question) in enumerate(zip(_STEPS, questions, strict=True))
        ]
        saved = self.world.save(Task, tasks)
        self.world.save(
            CheckTask,
            [
                CheckTask(check_of=check, question=question, task=task)
                for question, task in zip(questions, saved, strict=True)
            ],
        )

    @staticmethod
    def _address(check: SelfCheck, question: str) -> str:
        page = reverse("insight:check_detail", args=[check.alliance.slug, check.public_id])
        return f"{page}#{question}"

"""Invented talks with firms: in every stage, with notes, tasks, interests and handings over."""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils import timezone

from buendnisnetz.network.enums import OrganisationKind, PostKind
from buendnisnetz.network.models import Alliance, Membership, Organisation, Post
from buendnisnetz.partnering.enums import (
    ChamberChoice,
    ContactKind,
    HandOverStatus,
    HandOverWish,
    Origin,
    Stage,
    TaskPurpose,
    Topic,
)
from buendnisnetz.partnering.models import (
    ContactNote,
    HandOver,
    Interest,
    Notice,
    Prospect,
    ProspectStep,
    ProspectTask,
    SilenceSetting,
)
from buendnisnetz.tasks.enums import TaskKind
from buendnisnetz.tasks.models import Task
from buendnisnetz.territories.models import Territory
from buendnisnetz.web.demo import partnering_words as texts
from buendnisnetz.web.demo import words
from buendnisnetz.web.demo.world import World

# How talks usually go until a stage.
_PATHS: dict[Stage, tuple[Stage, ...]] = {
    Stage.IDENTIFIED: (),
    Stage.CONTACTED: (Stage.CONTACTED,),
    Stage.TALK: (Stage.CONTACTED, Stage.TALK),
    Stage.JOINT_PROJECT: (Stage.CONTACTED, Stage.TALK, Stage.JOINT_PROJECT),
    Stage.MEMBER: (Stage.CONTACTED, Stage.TALK, Stage.MEMBER),
    Stage.DECLINED: (Stage.CONTACTED, Stage.DECLINED),
}
_STAGES = tuple(Stage)


def at_noon(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(12)))


@dataclass
class Draft:
    """One prospect with everything that belongs to it, before it is stored."""

    prospect: Prospect
    steps: list[ProspectStep] = field(default_factory=list)
    notes: list[ContactNote] = field(default_factory=list)
    interests: list[Interest] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)
    task: Task | None = None
    words: str = ""


class ProspectBuilder:
    """Builds prospects in bulk; the directory has to be there."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.contact = {
            post.alliance_id: post for post in world.posts if post.alliance_id and post.is_contact
        }
        self.office = next(
            post for post in world.posts if post.organisation == world.organisations[0]
        )
        self.firms = [
            row
            for row in world.organisations
            if row.kind == OrganisationKind.COMPANY and row.valid_to is None
        ]
        self.joined: dict[int, list[Membership]] = {}
        for row in world.memberships:
            if row.valid_to is None and row.organisation.kind == OrganisationKind.COMPANY:
                self.joined.setdefault(row.alliance_id, []).append(row)

    def build(self) -> None:
        number = max(24, self.world.sizes.organisations // 4)
        self._save([self._draft(index) for index in range(number)])
        state = Territory.objects.filter(level="STATE", ags="16").first()
        if state is not None:
            SilenceSetting.objects.create(state=state, days=45)

    def _alliance(self, index: int) -> Alliance | None:
        """The first alliance has one of each, the coordination office some of its own."""
        if index < 2 * len(_STAGES):
            return self.world.alliances[0]
        if index % 9 == 0:
            return None
        return self.world.alliances[index % len(self.world.alliances)]

    def _draft(self, index: int) -> Draft:
        chance, alliance = self.world.chance, self._alliance(index)
        stage = _STAGES[index % len(_STAGES)]
        joined = self.joined.get(alliance.pk, []) if alliance else []
        membership = joined.pop() if stage == Stage.MEMBER and joined else None
        if stage == Stage.MEMBER and membership is None:
            stage = Stage.TALK
        body = membership.organisation if membership else None
        if body is None and index % 4 in {0, 3} and self.firms:
            body = self.firms.pop()
        silent = index % 7 == 3
        last = self.world.today - timedelta(
            days=chance.number(80, 200) if silent else chance.number(1, 40)
        )
        row = self._prospect(index, alliance, body, stage, last)
        row.membership = membership
        draft = Draft(row)
        self._steps(draft, stage, last)
        self._words(draft, last, index)
        return draft

    def _prospect(
        self,
        index: int,
        alliance: Alliance | None,
        body: Organisation | None,
        stage: Stage,
        last: date,
    ) -> Prospect:
        chance = self.world.chance
        given = index % 3 == 0
        origin = Origin.PUBLIC_FORM if given and index % 2 == 0 else Origin.OWN
        name = f"{chance.pick(words.FAMILY_NAMES)} {chance.pick(texts.FIRMS)} {chance.pick(texts.LEGAL_FORMS)}"
        return Prospect(
            public_id=chance.public_id(),
            alliance=alliance,
            organisation=body,
            name=body.name if body else name,
            territory=body.territory if body else chance.pick(self.world.municipalities),
            wz_section=body.wz_section if body else chance.pick("CFGHIQ"),
            size_class=body.size_class if body else chance.pick(("MICRO", "SMALL", "MEDIUM")),
            topics=chance.sample(list(Topic.values), 2),
            contact_words=" ".join(filter(None, chance.name()[1:])) if given else "",
            contact_email=f"betrieb{index}@demo.example" if given else "",
            origin=Origin.DIRECTORY if body else origin,
            holder=self.contact.get(alliance.pk) if alliance else self.office,
            stage=stage,
            decline_reason=chance.pick(texts.DECLINED) if stage == Stage.DECLINED else "",
            not_before=last + timedelta(days=365)
            if stage == Stage.DECLINED and index % 2
            else None,
            last_step_on=last,
            created_at=at_noon(last - timedelta(days=90)),
        )

    def _steps(self, draft: Draft, stage: Stage, last: date) -> None:
        before, path = "", (Stage.IDENTIFIED, *_PATHS[stage])
        for place, after in enumerate(path):
            day = last - timedelta(days=25 * (len(path) - 1 - place))
            declined = after == Stage.DECLINED
            said = (
                draft.prospect.decline_reason if declined else self.world.chance.pick(texts.STEPS)
            )
            draft.steps.append(
                ProspectStep(
                    from_stage=before, to_stage=after, words=said if place else "",
                    made_on=day, written_at=at_noon(day),
                )
            )  # fmt: skip
            before = after

    def _words(self, draft: Draft, last: date, index: int) -> None:
        """Notes, the next step, what the firm said itself, and who has to be told."""
        chance, row = self.world.chance, draft.prospect
        if row.stage not in (Stage.IDENTIFIED, Stage.DECLINED):
            draft.notes.append(
                ContactNote(
                    met_on=last, kind=chance.pick(list(ContactKind)), words=chance.pick(texts.NOTES),
                    written_at=at_noon(last),
                )
            )  # fmt: skip
        if row.stage not in (Stage.MEMBER, Stage.DECLINED) and index % 7 != 3:
            self._next_step(draft, last)
        if row.origin == Origin.PUBLIC_FORM:
            draft.interests.append(self._interest(row, last))
        elif row.contact_email:
            told = at_noon(last) if index % 2 else None
            draft.notices.append(
                Notice(
                    obtained_on=last, due_on=last + timedelta(days=30), sent_at=told,
                    source="Empfehlung eines Mitglieds",
                )
            )  # fmt: skip

    def _next_step(self, draft: Draft, last: date) -> None:
        chance, row = self.world.chance, draft.prospect
        draft.words = chance.pick(texts.NEXT)
        title = (
            f"{draft.words} ({row.name})" if row.alliance else f"Nächster Schritt ({row.public_id})"
        )
        draft.task = Task(
            public_id=chance.public_id(),
            kind=TaskKind.TASK,
            title=title,
            holder=row.holder,
            alliance=row.alliance,
            due_on=last + timedelta(days=chance.number(5, 60)),
            opened_on=last,
            origin_label="Partner gewinnen",
            origin_url=f"/partner/anbahnungen/{row.public_id}/",
            created_at=at_noon(last),
        )

    def _interest(self, row: Prospect, last: date) -> Interest:
        chance = self.world.chance
        wish = chance.pick(list(HandOverWish))
        return Interest(
            public_id=chance.public_id(),
            contact_words=row.contact_words,
            contact_email=row.contact_email,
            message=chance.pick(texts.MESSAGES),
            topics=row.topics,
            chamber=chance.pick(list(ChamberChoice)),
            wish=wish,
            consent_text=texts.CONSENT,
            consent_version="2026-1",
            sent_at=at_noon(last),
        )

    def _save(self, drafts: list[Draft]) -> None:
        save = self.world.save
        save(Prospect, [draft.prospect for draft in drafts])
        for draft in drafts:
            parts: list[Any] = [*draft.steps, *draft.notes, *draft.interests, *draft.notices]
            for row in parts:
                row.prospect = draft.prospect
        save(ProspectStep, [row for draft in drafts for row in draft.steps])
        save(ContactNote, [row for draft in drafts for row in draft.notes])
        save(Interest, [row for draft in drafts for row in draft.interests])
        save(Notice, [row for draft in drafts for row in draft.notices])
        planned = [draft for draft in drafts if draft.task is not None]
        save(Task, [draft.task for draft in planned])
        save(
            ProspectTask,
            [
                ProspectTask(
                    prospect=draft.prospect, task=draft.task, purpose=TaskPurpose.NEXT_STEP,
                    words=draft.words,
                )
                for draft in planned
            ],
        )  # fmt: skip
        self._hand_over(drafts)

    def _hand_over(self, drafts: list[Draft]) -> None:
        """One in each state, and more for each firm that wanted it, to chambers' contact posts."""
        posts = [post for post in self.world.posts if post.kind == PostKind.CHAMBER_CONTACT]
        rows: list[Any] = []
        handed = [draft for draft in drafts if draft.interests][: max(8, len(drafts) // 20)]
        for place, draft in enumerate(handed):
            status = list(HandOverStatus)[place % len(HandOverStatus)]
            answered = status in (HandOverStatus.ACCEPTED, HandOverStatus.DECLINED)
            last, name = draft.prospect.last_step_on, self.world.chance.public_id()
            rows.append(
                HandOver(
                    public_id=name,
                    prospect=draft.prospect,
                    interest=draft.interests[0],
                    post=posts[place // len(HandOverStatus) % len(posts)],
                    consent_words="im öffentlichen Formular angekreuzt, Text 2026-1",
                    handed_on=last,
                    reply_by=last + timedelta(days=14),
                    status=status,
                    words="Wir rufen dort an." if status == HandOverStatus.ACCEPTED else "",
                    token_hash=f"demo-hand-over-{name}",
                    expires_at=at_noon(last + timedelta(days=15)),
                    answered_at=at_noon(last + timedelta(days=3)) if answered else None,
                )
            )
        self.world.save(HandOver, rows)


def posts_with_address(world: World, kinds: tuple[str, ...]) -> list[Post]:
    """Posts that can be written to, at organisations of some kinds."""
    return [
        post for post in world.posts
        if post.email and post.organisation_id and post.organisation and post.organisation.kind in kinds
    ]  # fmt: skip

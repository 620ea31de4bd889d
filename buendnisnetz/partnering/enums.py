"""The words of this room."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Stage(models.TextChoices):
    """How far the talks with a possible partner have come (S19)."""

    IDENTIFIED = "IDENTIFIED", pgettext_lazy("prospect", "noted")
    CONTACTED = "CONTACTED", pgettext_lazy("prospect", "contacted")
    TALK = "TALK", pgettext_lazy("prospect", "in talks")
    JOINT_PROJECT = "JOINT_PROJECT", pgettext_lazy("prospect", "joint project")
    MEMBER = "MEMBER", pgettext_lazy("prospect", "member")
    DECLINED = "DECLINED", pgettext_lazy("prospect", "declined")


STAGE_TRANSITIONS: dict[Stage, frozenset[Stage]] = {
    Stage.IDENTIFIED: frozenset({Stage.CONTACTED, Stage.TALK, Stage.DECLINED}),
    Stage.CONTACTED: frozenset({Stage.TALK, Stage.JOINT_PROJECT, Stage.MEMBER, Stage.DECLINED}),
    Stage.TALK: frozenset({Stage.JOINT_PROJECT, Stage.MEMBER, Stage.DECLINED}),
    Stage.JOINT_PROJECT: frozenset({Stage.TALK, Stage.MEMBER, Stage.DECLINED}),
    # Whoever is a member is the network's from here on.
    Stage.MEMBER: frozenset(),
    # Asked again after the pause, or they came back by themselves.
    Stage.DECLINED: frozenset({Stage.IDENTIFIED, Stage.TALK}),
}
ENDED: frozenset[Stage] = frozenset({Stage.MEMBER, Stage.DECLINED})


class Origin(models.TextChoices):
    """Where a prospect came from."""

    OWN = "OWN", _("own idea")
    DIRECTORY = "DIRECTORY", _("from the directory")
    PUBLIC_FORM = "PUBLIC_FORM", _("public form")
    RECOMMENDED = "RECOMMENDED", _("recommended by somebody")


class TaskPurpose(models.TextChoices):
    """Why a task hangs on a prospect."""

    NEXT_STEP = "NEXT_STEP", _("next step")
    FIRST_STEP = "FIRST_STEP", _("answer to the public form")
    SILENCE = "SILENCE", _("reminder: no step for a long time")
    HAND_OVER = "HAND_OVER", _("reminder: no answer to a handing over")
    NOTICE = "NOTICE", _("tell the person about the stored data")


class ContactKind(models.TextChoices):
    """How somebody was reached."""

    TALK = "TALK", _("talk")
    PHONE = "PHONE", _("phone call")
    MAIL = "MAIL", _("mail")
    VISIT = "VISIT", _("visit")


class Mark(models.IntegerChoices):
    """How strong an interest or an influence is (S82)."""

    UNKNOWN = 0, _("unknown")
    LOW = 1, _("low")
    MIDDLE = 2, _("middle")
    HIGH = 3, _("high")


class Topic(models.TextChoices):
    """What a firm or a member wants to talk about, and what working groups work on."""

    FAMILY_AND_WORK = "FAMILY_AND_WORK", _("family and work")
    CARE_AND_WORK = "CARE_AND_WORK", _("care and work")
    CHILDCARE = "CHILDCARE", _("childcare and holidays")
    SKILLED_STAFF = "SKILLED_STAFF", _("winning and keeping skilled staff")
    GENERATIONS = "GENERATIONS", _("generations together")
    MOBILITY = "MOBILITY", _("getting around")
    WELCOME = "WELCOME", _("welcoming newcomers")
    FAMILY_EDUCATION = "FAMILY_EDUCATION", _("family education")
    VOLUNTEERING = "VOLUNTEERING", _("volunteering")
    HOUSING = "HOUSING", _("housing")


class ChamberChoice(models.TextChoices):
    """The chamber that a firm belongs to, as the firm says."""

    IHK = "IHK", _("Chamber of Industry and Commerce (IHK)")
    HWK = "HWK", _("Chamber of Crafts (HWK)")
    UNKNOWN = "UNKNOWN", _("not known")


class HandOverWish(models.TextChoices):
    """To whom a firm wants its request to be handed on (S29)."""

    NONE = "NONE", _("to nobody else")
    CHAMBER = "CHAMBER", _("to the contact at my chamber")
    ADVICE = "ADVICE", _("to a free advice office")


class HandOverStatus(models.TextChoices):
    SENT = "SENT", pgettext_lazy("handing over", "waits for an answer")
    ACCEPTED = "ACCEPTED", pgettext_lazy("handing over", "accepted")
    DECLINED = "DECLINED", pgettext_lazy("handing over", "not accepted")
    EXPIRED = "EXPIRED", pgettext_lazy("handing over", "without an answer")


# While a firm is handed over: whoever said no, or nothing, sees it no longer.
HANDED: frozenset[HandOverStatus] = frozenset({HandOverStatus.SENT, HandOverStatus.ACCEPTED})


class Audience(models.TextChoices):
    """Whom a statement of benefit speaks to (S24, S89)."""

    COMPANY = "COMPANY", _("companies")
    MUNICIPALITY = "MUNICIPALITY", _("towns and municipalities")
    CHAMBER = "CHAMBER", _("chambers")
    SOCIAL_PARTNER = "SOCIAL_PARTNER", _("unions and employers' associations")
    SOCIAL_WORK = "SOCIAL_WORK", _("associations and social work")


class PracticeField(models.TextChoices):
    """The field of action that an example of good practice belongs to (S88)."""

    WORK = "WORK", _("family and work")
    CHILDCARE = "CHILDCARE", _("childcare")
    GENERATIONS = "GENERATIONS", _("work of the generations together")
    HEALTH = "HEALTH", _("health and care")
    EDUCATION = "EDUCATION", _("education in the family")
    SURROUNDINGS = "SURROUNDINGS", _("family-friendly surroundings")
    ENGAGEMENT = "ENGAGEMENT", _("civic engagement")
    POLITICS = "POLITICS", _("alliance and local politics")


class PlaceSize(models.TextChoices):
    """Size of a place by inhabitants."""

    VILLAGE = "VILLAGE", _("under 5,000 inhabitants")
    SMALL_TOWN = "SMALL_TOWN", _("5,000 to 20,000")
    TOWN = "TOWN", _("20,000 to 100,000")
    CITY = "CITY", _("100,000 and more, and districts")


class LetterKind(models.TextChoices):
    """The letters whose words the coordination office may change."""

    INTRODUCTION = "INTRODUCTION", _("introduction of two sides")
    FIRST_CONTACT = "FIRST_CONTACT", _("first contact with a chamber")


class IntroductionStatus(models.TextChoices):
    SENT = "SENT", pgettext_lazy("introduction", "both were asked")
    ONE_AGREED = "ONE_AGREED", pgettext_lazy("introduction", "one side agreed")
    AGREED = "AGREED", pgettext_lazy("introduction", "both agreed")
    DECLINED = "DECLINED", pgettext_lazy("introduction", "declined")
    EXPIRED = "EXPIRED", pgettext_lazy("introduction", "without an answer")
    WITHDRAWN = "WITHDRAWN", pgettext_lazy("introduction", "withdrawn")


INTRODUCTION_TRANSITIONS: dict[IntroductionStatus, frozenset[IntroductionStatus]] = {
    IntroductionStatus.SENT: frozenset(
        {
            IntroductionStatus.ONE_AGREED,
            IntroductionStatus.DECLINED,
            IntroductionStatus.EXPIRED,
            IntroductionStatus.WITHDRAWN,
        }
    ),
    IntroductionStatus.ONE_AGREED: frozenset(
        {
            IntroductionStatus.AGREED,
            IntroductionStatus.DECLINED,
            IntroductionStatus.EXPIRED,
            IntroductionStatus.WITHDRAWN,
        }
    ),
    IntroductionStatus.AGREED: frozenset(),
    IntroductionStatus.DECLINED: frozenset(),
    IntroductionStatus.EXPIRED: frozenset(),
    IntroductionStatus.WITHDRAWN: frozenset(),
}
OPEN_INTRODUCTIONS: frozenset[IntroductionStatus] = frozenset(
    {IntroductionStatus.SENT, IntroductionStatus.ONE_AGREED}
)


class SideAnswer(models.TextChoices):
    """What a side says to an introduction."""

    AGREED = "AGREED", _("Yes, please put us in touch")
    DECLINED = "DECLINED", _("No, thank you")


class ContactPointKind(models.TextChoices):
    """What a contact point is (S29, S114)."""

    CHAMBER = "CHAMBER", _("contact at a chamber")
    ADVICE = "ADVICE", _("advice office")


class InvitationAnswer(models.TextChoices):
    OPEN = "OPEN", pgettext_lazy("invitation", "no answer yet")
    ACCEPTED = "ACCEPTED", pgettext_lazy("invitation", "accepted")
    DECLINED = "DECLINED", pgettext_lazy("invitation", "declined")


class AimStatus(models.TextChoices):
    OPEN = "OPEN", pgettext_lazy("aim", "being worked on")
    REACHED = "REACHED", pgettext_lazy("aim", "reached")
    DROPPED = "DROPPED", pgettext_lazy("aim", "given up")

"""The words of this room."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class OrganisationKind(models.TextChoices):
    """What an organisation is (S13)."""

    MUNICIPALITY = "MUNICIPALITY", _("town or municipality")
    DISTRICT_ADMINISTRATION = "DISTRICT_ADMINISTRATION", _("district administration")
    STATE_AUTHORITY = "STATE_AUTHORITY", _("ministry or state authority")
    COORDINATION_OFFICE = "COORDINATION_OFFICE", _("coordination office")
    UMBRELLA_BODY = "UMBRELLA_BODY", _("municipal umbrella body")
    EMPLOYMENT_AGENCY = "EMPLOYMENT_AGENCY", _("employment agency or job centre")
    CHAMBER = "CHAMBER", _("chamber")
    COMPANY = "COMPANY", _("company")
    EMPLOYERS_ASSOCIATION = "EMPLOYERS_ASSOCIATION", _("employers' association")
    UNION = "UNION", _("union")
    WELFARE_ASSOCIATION = "WELFARE_ASSOCIATION", _("welfare association")
    FAMILY_ORGANISATION = "FAMILY_ORGANISATION", _("family organisation")
    SENIORS_BODY = "SENIORS_BODY", _("seniors' body")
    FAMILY_CENTRE = "FAMILY_CENTRE", _("family centre or multi-generation house")
    CHILDCARE = "CHILDCARE", _("childcare")
    SCHOOL = "SCHOOL", _("school or education provider")
    UNIVERSITY = "UNIVERSITY", _("university or research")
    HEALTH = "HEALTH", _("health or care provider")
    FOUNDATION = "FOUNDATION", _("foundation")
    CHURCH = "CHURCH", _("church or religious community")
    ASSOCIATION = "ASSOCIATION", _("association or initiative")
    NETWORK = "NETWORK", _("network or centre of competence")
    OTHER = "OTHER", _("other")


class Sector(models.TextChoices):
    """The side an organisation speaks for (S13)."""

    ADMINISTRATION = "ADMINISTRATION", _("administration")
    BUSINESS = "BUSINESS", _("business")
    SOCIAL = "SOCIAL", _("social work")
    POLITICS = "POLITICS", _("politics")
    SCIENCE = "SCIENCE", _("science and education")


SECTOR_OF_KIND: dict[OrganisationKind, Sector] = {
    OrganisationKind.MUNICIPALITY: Sector.ADMINISTRATION,
    OrganisationKind.DISTRICT_ADMINISTRATION: Sector.ADMINISTRATION,
    OrganisationKind.STATE_AUTHORITY: Sector.ADMINISTRATION,
    OrganisationKind.COORDINATION_OFFICE: Sector.SOCIAL,
    OrganisationKind.UMBRELLA_BODY: Sector.POLITICS,
    OrganisationKind.EMPLOYMENT_AGENCY: Sector.ADMINISTRATION,
    OrganisationKind.CHAMBER: Sector.BUSINESS,
    OrganisationKind.COMPANY: Sector.BUSINESS,
    OrganisationKind.EMPLOYERS_ASSOCIATION: Sector.BUSINESS,
    OrganisationKind.UNION: Sector.BUSINESS,
    OrganisationKind.SCHOOL: Sector.SCIENCE,
    OrganisationKind.UNIVERSITY: Sector.SCIENCE,
}


class SizeClass(models.TextChoices):
    """Staff, in the classes of the European recommendation 2003/361."""

    MICRO = "MICRO", _("1 to 9")
    SMALL = "SMALL", _("10 to 49")
    MEDIUM = "MEDIUM", _("50 to 249")
    LARGE = "LARGE", _("250 and more")


class WzSection(models.TextChoices):
    """Sections of the Classification of Economic Activities, edition 2008 (WZ 2008)."""

    A = "A", _("A Agriculture, forestry and fishing")
    B = "B", _("B Mining and quarrying")
    C = "C", _("C Manufacturing")
    D = "D", _("D Energy supply")
    E = "E", _("E Water supply, waste management")
    F = "F", _("F Construction")
    G = "G", _("G Trade, repair of vehicles")
    H = "H", _("H Transport and storage")
    I = "I", _("I Hotels and restaurants")  # noqa: E741 -- the section's letter
    J = "J", _("J Information and communication")
    K = "K", _("K Finance and insurance")
    L = "L", _("L Real estate")
    M = "M", _("M Professional, scientific and technical services")
    N = "N", _("N Other business services")
    O = "O", _("O Public administration, social security")  # noqa: E741 -- the section's letter
    P = "P", _("P Education")
    Q = "Q", _("Q Health and social work")
    R = "R", _("R Arts, entertainment and recreation")
    S = "S", _("S Other services")
    T = "T", _("T Private households")
    U = "U", _("U Extraterritorial organisations")


class PostKind(models.TextChoices):
    """What a post is for; its title says the rest in the office's own words."""

    HEAD = "HEAD", _("head")
    CHAIR = "CHAIR", _("chair")
    MINISTER = "MINISTER", _("minister")
    MAYOR = "MAYOR", _("mayor")
    DISTRICT_COMMISSIONER = "DISTRICT_COMMISSIONER", _("head of the district")
    COORDINATOR = "COORDINATOR", _("coordination")
    CARETAKER = "CARETAKER", _("caretaker")
    SPONSOR = "SPONSOR", _("sponsor")
    SOCIAL_PLANNER = "SOCIAL_PLANNER", _("social planning")
    EQUALITY_OFFICER = "EQUALITY_OFFICER", _("equality officer")
    CHAMBER_CONTACT = "CHAMBER_CONTACT", _("contact at a chamber")
    CARE_GUIDE = "CARE_GUIDE", _("care guide")
    REPRESENTATIVE = "REPRESENTATIVE", _("representative")
    SPEAKER = "SPEAKER", _("speaker")
    STAFF = "STAFF", _("staff")
    OTHER = "OTHER", _("other")


# Posts of these kinds are held by several people at once.
SHARED_KINDS: frozenset[PostKind] = frozenset(
    {PostKind.STAFF, PostKind.REPRESENTATIVE, PostKind.OTHER}
)


class AllianceStatus(models.TextChoices):
    """How alive an alliance is; always with evidence and the day it was confirmed (S01)."""

    FOUNDING = "FOUNDING", pgettext_lazy("alliance", "being founded")
    ACTIVE = "ACTIVE", pgettext_lazy("alliance", "active")
    RESTING = "RESTING", pgettext_lazy("alliance", "resting")
    DISSOLVED = "DISSOLVED", pgettext_lazy("alliance", "dissolved")


ALLIANCE_TRANSITIONS: dict[AllianceStatus, frozenset[AllianceStatus]] = {
    AllianceStatus.FOUNDING: frozenset(
        {AllianceStatus.ACTIVE, AllianceStatus.RESTING, AllianceStatus.DISSOLVED}
    ),
    AllianceStatus.ACTIVE: frozenset({AllianceStatus.RESTING, AllianceStatus.DISSOLVED}),
    AllianceStatus.RESTING: frozenset({AllianceStatus.ACTIVE, AllianceStatus.DISSOLVED}),
    # An alliance may be founded again.
    AllianceStatus.DISSOLVED: frozenset({AllianceStatus.FOUNDING}),
}


class Contribution(models.TextChoices):
    """What a member brings into an alliance."""

    AMBASSADOR = "AMBASSADOR", _("speaks for the alliance")
    ROOMS = "ROOMS", _("rooms")
    STAFF = "STAFF", _("working time")
    MONEY = "MONEY", _("money")
    VOLUNTEERS = "VOLUNTEERS", _("volunteers")
    SCHOOLS = "SCHOOLS", _("contacts to schools")
    EDUCATION = "EDUCATION", _("family education")
    EVENTS = "EVENTS", _("organising events")
    DISABILITY = "DISABILITY", _("experience with disability")
    SENIORS = "SENIORS", _("experience with older people")
    MIGRATION = "MIGRATION", _("experience with migration")
    EXPERTISE = "EXPERTISE", _("other expertise")


class ConsentKind(models.TextChoices):
    """What a person agreed to."""

    PUBLIC_NAME = "PUBLIC_NAME", _("name may be shown in public")
    PUBLIC_CONTACT = "PUBLIC_CONTACT", _("personal contact may be shown in public")


# Posts of these kinds lead the working group that they belong to.
LEADING_KINDS: frozenset[PostKind] = frozenset(
    {PostKind.HEAD, PostKind.CHAIR, PostKind.SPEAKER, PostKind.COORDINATOR}
)


class HandoverStatus(models.TextChoices):
    OPEN = "OPEN", pgettext_lazy("handover", "being prepared")
    DONE = "DONE", pgettext_lazy("handover", "handed over")
    UNDONE = "UNDONE", pgettext_lazy("handover", "taken back")
    CANCELLED = "CANCELLED", pgettext_lazy("handover", "cancelled")


HANDOVER_TRANSITIONS: dict[HandoverStatus, frozenset[HandoverStatus]] = {
    HandoverStatus.OPEN: frozenset({HandoverStatus.DONE, HandoverStatus.CANCELLED}),
    HandoverStatus.DONE: frozenset({HandoverStatus.UNDONE}),
    HandoverStatus.UNDONE: frozenset({HandoverStatus.OPEN}),
    HandoverStatus.CANCELLED: frozenset({HandoverStatus.OPEN}),
}


class Receiver(models.TextChoices):
    """Who gets a piece of what a post holds."""

    STAYS = "STAYS", _("stays with the post")
    DEPUTY = "DEPUTY", _("deputy post")
    OFFICE = "OFFICE", _("coordination office")
    OTHER = "OTHER", _("another post")


class ContactAnswer(models.TextChoices):
    """What the link in a question about a contact can say without signing in."""

    CONFIRMED = "CONFIRMED", _("Everything is right")
    CHANGED = "CHANGED", _("Something has changed")
    NOT_ME = "NOT_ME", _("I am no longer the contact")


class ContactTrouble(models.TextChoices):
    """Why somebody has to look after a contact (S77)."""

    SILENT = "SILENT", _("nobody answered")
    NO_ADDRESS = "NO_ADDRESS", _("no address to ask at")
    CHANGED = "CHANGED", _("something has changed")
    NOT_ME = "NOT_ME", _("no longer the contact")


class SlotState(models.TextChoices):
    """How it stands with a district's contact on a day (S77)."""

    CONFIRMED = "CONFIRMED", pgettext_lazy("contact", "confirmed")
    UNCONFIRMED = "UNCONFIRMED", pgettext_lazy("contact", "not confirmed for six months")
    VACANT = "VACANT", pgettext_lazy("contact", "vacant")
    MISSING = "MISSING", pgettext_lazy("contact", "no post entered")

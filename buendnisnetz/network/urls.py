"""Addresses of this room, below ``/netz/``."""

from django.urls import path

from buendnisnetz.network.views import (
    alliances,
    charges,
    choosing,
    contact_answers,
    groups,
    handover_files,
    handovers,
    lists,
    lists_of_posts,
    members,
    organisations,
    people,
    posts,
    succession,
    terms,
)

app_name = "network"

_ALLIANCE = "buendnisse/<slug:slug>/"
_ORGANISATION = "organisationen/<str:public_id>/"
_PERSON = "personen/<str:public_id>/"
_POST = "stellen/<str:public_id>/"
_TERM = "amtszeiten/<str:public_id>/"
_GROUP = "arbeitsgruppen/<str:public_id>/"
_CHARGE = "betreuungen/<str:public_id>/"
_HANDOVER = "uebergaben/<str:public_id>/"

urlpatterns = [
    path("auswahl/<slug:kind>/", choosing.choose, name="choices"),
    # Alliances
    path("buendnisse/", lists.AllianceListView.as_view(), name="alliance_list"),
    path("buendnisse/neu/", alliances.alliance_create, name="alliance_create"),
    path(_ALLIANCE, alliances.alliance_detail, name="alliance_detail"),
    path(_ALLIANCE + "verlauf/", alliances.alliance_history, name="alliance_history"),
    path(_ALLIANCE + "bearbeiten/", alliances.alliance_edit, name="alliance_edit"),
    path(_ALLIANCE + "stand/", alliances.status_change, name="alliance_status_change"),
    path(
        _ALLIANCE + "stand/bestaetigen/", alliances.status_confirm, name="alliance_status_confirm"
    ),
    path(_ALLIANCE + "stand/zuruecknehmen/", alliances.status_undo, name="alliance_status_undo"),
    path(_ALLIANCE + "gebiete/neu/", alliances.territory_add, name="alliance_territory_add"),
    path(_ALLIANCE + "mitglieder/neu/", members.member_add, name="alliance_member_add"),
    path(_ALLIANCE + "loeschen/", alliances.alliance_remove, name="alliance_remove"),
    path("gebiete/<str:public_id>/beenden/", alliances.territory_end, name="territory_link_end"),
    path(
        "gebiete/<str:public_id>/oeffnen/", alliances.territory_reopen, name="territory_link_reopen"
    ),
    path(
        "mitgliedschaften/<str:public_id>/bearbeiten/",
        members.membership_edit,
        name="membership_edit",
    ),
    path(
        "mitgliedschaften/<str:public_id>/beenden/", members.membership_end, name="membership_end"
    ),
    path(
        "mitgliedschaften/<str:public_id>/oeffnen/",
        members.membership_reopen,
        name="membership_reopen",
    ),
    path(
        "mitgliedschaften/<str:public_id>/loeschen/",
        members.membership_remove,
        name="membership_remove",
    ),
    # Organisations
    path("organisationen/", lists.OrganisationListView.as_view(), name="organisation_list"),
    path("organisationen/neu/", organisations.organisation_create, name="organisation_create"),
    path(
        "organisationen/<str:public_id>.vcf",
        organisations.organisation_card,
        name="organisation_card",
    ),
    path(_ORGANISATION, organisations.organisation_detail, name="organisation_detail"),
    path(
        _ORGANISATION + "verlauf/", organisations.organisation_history, name="organisation_history"
    ),
    path(_ORGANISATION + "bearbeiten/", organisations.organisation_edit, name="organisation_edit"),
    path(_ORGANISATION + "beenden/", organisations.organisation_end, name="organisation_end"),
    path(_ORGANISATION + "oeffnen/", organisations.organisation_reopen, name="organisation_reopen"),
    path(
        _ORGANISATION + "namen/neu/",
        organisations.organisation_alias_add,
        name="organisation_alias_add",
    ),
    path(
        _ORGANISATION + "namen/loeschen/",
        organisations.organisation_alias_remove,
        name="organisation_alias_remove",
    ),
    path(
        _ORGANISATION + "loeschen/", organisations.organisation_remove, name="organisation_remove"
    ),
    # People
    path("personen/", lists_of_posts.PersonListView.as_view(), name="person_list"),
    path("personen/neu/", people.person_create, name="person_create"),
    path("personen/<str:public_id>.vcf", people.person_card, name="person_card"),
    path(_PERSON, people.person_detail, name="person_detail"),
    path(_PERSON + "verlauf/", people.person_history, name="person_history"),
    path(_PERSON + "bearbeiten/", people.person_edit, name="person_edit"),
    path(_PERSON + "schreibweisen/neu/", people.person_alias_add, name="person_alias_add"),
    path(
        _PERSON + "schreibweisen/loeschen/", people.person_alias_remove, name="person_alias_remove"
    ),
    path(_PERSON + "einwilligung/neu/", people.consent_give, name="person_consent_give"),
    path(
        _PERSON + "einwilligung/<str:kind>/widerrufen/",
        people.consent_withdraw,
        name="person_consent_withdraw",
    ),
    path(_PERSON + "konto/", people.person_link, name="person_link"),
    path(_PERSON + "daten/", people.person_export, name="person_export"),
    path(_PERSON + "name-entfernen/", people.person_erase, name="person_erase"),
    path(_PERSON + "loeschen/", people.person_remove, name="person_remove"),
    # Posts and terms
    path("stellen/", lists_of_posts.PostListView.as_view(), name="post_list"),
    path("stellen/neu/<slug:scope>/<str:public_id>/", posts.post_create, name="post_create"),
    path("stellen/<str:public_id>.vcf", posts.post_card, name="post_card"),
    path(_POST, posts.post_detail, name="post_detail"),
    path(_POST + "verlauf/", posts.post_history, name="post_history"),
    path(_POST + "bearbeiten/", posts.post_edit, name="post_edit"),
    path(_POST + "beenden/", posts.post_end, name="post_end"),
    path(_POST + "oeffnen/", posts.post_reopen, name="post_reopen"),
    path(_POST + "bestaetigen/", posts.post_confirm, name="post_confirm"),
    path(_POST + "loeschen/", posts.post_remove, name="post_remove"),
    path(_POST + "amtszeit/neu/", terms.term_begin, name="post_term_begin"),
    path(_TERM + "beenden/", terms.term_end, name="term_end"),
    path(_TERM + "bearbeiten/", terms.term_edit, name="term_edit"),
    path(_TERM + "oeffnen/", terms.term_reopen, name="term_reopen"),
    path(_TERM + "loeschen/", terms.term_remove, name="term_remove"),
    path(_POST + "betreut/neu/", charges.charge_begin, name="post_charge_begin"),
    path(_CHARGE + "beenden/", charges.charge_end, name="charge_end"),
    path(_CHARGE + "oeffnen/", charges.charge_reopen, name="charge_reopen"),
    path(_CHARGE + "loeschen/", charges.charge_remove, name="charge_remove"),
    # Who comes after whom
    path("amtszeiten/", succession.TermListView.as_view(), name="term_list"),
    path("amtszeiten/unbesetzt/", succession.VacancyListView.as_view(), name="vacancy_list"),
    path("amtszeiten/kennzahlen/", succession.tenure_figures, name="tenure"),
    path("ansprechstellen/", succession.SlotListView.as_view(), name="slot_list"),
    path("ansprechstelle/<str:token>/", contact_answers.contact_answer, name="contact_answer"),
    path(_TERM + "uebergeben/", handovers.handover_start, name="handover_start"),
    path("uebergaben/", handover_files.HandoverListView.as_view(), name="handover_list"),
    path(_HANDOVER, handovers.handover_detail, name="handover_detail"),
    path(_HANDOVER + "bearbeiten/", handovers.handover_edit, name="handover_edit"),
    path(_HANDOVER + "notizen/", handovers.handover_notes, name="handover_notes"),
    path(_HANDOVER + "zuordnen/", handovers.handover_choose, name="handover_choose"),
    path(_HANDOVER + "abschliessen/", handovers.handover_finish, name="handover_finish"),
    path(_HANDOVER + "zuruecknehmen/", handovers.handover_undo, name="handover_undo"),
    path(_HANDOVER + "zurueckgeben/", handovers.handover_return, name="handover_return"),
    path(_HANDOVER + "abbrechen/", handovers.handover_cancel, name="handover_cancel"),
    path(_HANDOVER + "oeffnen/", handovers.handover_reopen, name="handover_reopen"),
    path(_HANDOVER + "gelesen/", handovers.handover_seen, name="handover_seen"),
    path(_HANDOVER + "rolle/", handovers.handover_role, name="handover_role"),
    path(_HANDOVER + "mappe/", handover_files.handover_file, name="handover_file"),
    path(_HANDOVER + "mappe.pdf", handover_files.handover_paper, name="handover_paper"),
    # Working groups
    path("arbeitsgruppen/", lists_of_posts.GroupListView.as_view(), name="group_list"),
    path("arbeitsgruppen/neu/", groups.group_create, name="group_create"),
    path(_GROUP, groups.group_detail, name="group_detail"),
    path(_GROUP + "verlauf/", groups.group_history, name="group_history"),
    path(_GROUP + "bearbeiten/", groups.group_edit, name="group_edit"),
    path(_GROUP + "beenden/", groups.group_end, name="group_end"),
    path(_GROUP + "oeffnen/", groups.group_reopen, name="group_reopen"),
    path(_GROUP + "loeschen/", groups.group_remove, name="group_remove"),
    path(_GROUP + "mitglieder/neu/", groups.group_member_add, name="group_member_add"),
    path(
        "gruppenmitglieder/<str:public_id>/beenden/",
        groups.group_member_end,
        name="group_member_end",
    ),
    path(
        "gruppenmitglieder/<str:public_id>/oeffnen/",
        groups.group_member_reopen,
        name="group_member_reopen",
    ),
]

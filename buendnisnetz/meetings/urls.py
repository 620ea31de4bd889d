"""Addresses of this room, below ``/sitzungen/``."""

from django.urls import path

from buendnisnetz.meetings.views import (
    by_link,
    editions,
    follow_up,
    imports,
    invitations,
    meetings,
    minutes,
    parts,
    polls,
    proposals,
    rules,
    series,
    writing,
)

app_name = "meetings"

urlpatterns = [
    path("", meetings.MeetingListView.as_view(), name="meeting_list"),
    path("neu/", meetings.meeting_create, name="meeting_create"),
    path("beschluesse/", parts.DecisionListView.as_view(), name="decision_list"),
    path("beschluesse/<str:public_id>/", parts.decision_detail, name="decision_detail"),
    path("regeln/", rules.rules_edit, name="rules_edit"),
    path("reihen/", series.SeriesListView.as_view(), name="series_list"),
    path("reihen/neu/", series.series_create, name="series_create"),
    path("reihen/<str:public_id>/", series.SeriesView.as_view(), name="series_detail"),
    path("umfragen/", polls.PollListView.as_view(), name="poll_list"),
    path("umfragen/neu/", polls.poll_create, name="poll_create"),
    path("umfragen/<str:public_id>/", polls.poll_detail, name="poll_detail"),
    path("umfragen/<str:public_id>/fragen/", polls.poll_ask, name="poll_ask"),
    path("umfragen/<str:public_id>/erinnern/", polls.poll_remind, name="poll_remind"),
    path("umfragen/<str:public_id>/festlegen/", polls.poll_decide, name="poll_decide"),
    path("umfragen/<str:public_id>/aufgeben/", polls.poll_cancel, name="poll_cancel"),
    path("umfragen/<str:public_id>/frist/", polls.poll_extend, name="poll_extend"),
    path("termin/<str:token>/", polls.poll_answer, name="poll_answer"),
    path("einladung/<str:token>/", invitations.invitation_answer, name="invitation_answer"),
    path(
        "einladung/<str:token>/unterlagen/<int:number>/",
        invitations.invitation_paper,
        name="invitation_paper",
    ),
    path("einladung/<str:token>/termin.ics", invitations.invitation_entry, name="invitation_entry"),
    path("<str:public_id>/einladungen/", invitations.invitation_list, name="invitation_list"),
    path("<str:public_id>/einladungen/neu/", invitations.invitation_send, name="invitation_send"),
    path(
        "<str:public_id>/einladungen/erinnern/",
        invitations.invitation_remind,
        name="invitation_remind",
    ),
    path(
        "<str:public_id>/einladungen/liste/",
        invitations.invitation_prefill,
        name="invitation_prefill",
    ),
    path("durchsicht/<str:token>/", by_link.consultation_page, name="consultation"),
    path("freigabe/<str:token>/", by_link.approval_page, name="approval"),
    path("zitat/<str:public_id>/", minutes.citation, name="citation"),
    path("<str:public_id>/nachverfolgung/", follow_up.follow_up, name="follow_up"),
    path("<str:public_id>/nachverfolgung.pdf", follow_up.follow_up_paper, name="follow_up_paper"),
    path("importe/", imports.ImportListView.as_view(), name="import_list"),
    path("importe/guete/", imports.reader_score, name="reader_score"),
    path("importe/neu/", imports.import_upload, name="import_upload"),
    path("importe/<str:public_id>/", imports.import_review, name="import_review"),
    path(
        "importe/<str:public_id>/annehmen/", imports.import_accept_above, name="import_accept_above"
    ),
    path("importe/<str:public_id>/uebernehmen/", imports.import_confirm, name="import_confirm"),
    path("importe/<str:public_id>/zuruecknehmen/", imports.import_undo, name="import_undo"),
    path("importe/<str:public_id>/erneut/", imports.import_reopen, name="import_reopen"),
    path("importe/<str:public_id>/weglegen/", imports.import_discard, name="import_discard"),
    path("importe/<str:public_id>/datei/", imports.import_file, name="import_file"),
    path(
        "importe/<str:public_id>/funde/<str:proposal_id>/",
        proposals.proposal_edit,
        name="proposal_edit",
    ),
    path(
        "importe/<str:public_id>/funde/<str:proposal_id>/entscheiden/",
        proposals.proposal_decide,
        name="proposal_decide",
    ),
    path("<str:public_id>/", meetings.meeting_detail, name="meeting_detail"),
    path("<str:public_id>/protokoll/", meetings.minutes_detail, name="minutes_detail"),
    path("<str:public_id>/schreiben/", writing.writing, name="writing"),
    path("<str:public_id>/schreiben/zeile/", writing.writing_line, name="writing_line"),
    path("<str:public_id>/schreiben/abgleich/", writing.writing_sync, name="writing_sync"),
    path("<str:public_id>/schreiben/uebernehmen/", writing.writing_settle, name="writing_settle"),
    path(
        "<str:public_id>/schreiben/<str:entry_id>/stimmen/",
        writing.writing_votes,
        name="writing_votes",
    ),
    path(
        "<str:public_id>/schreiben/<str:entry_id>/antwort/",
        writing.writing_answer,
        name="writing_answer",
    ),
    path("<str:public_id>/fassungen/", editions.edition_list, name="edition_list"),
    path("<str:public_id>/fassungen/durchsicht/", editions.edition_consult, name="edition_consult"),
    path(
        "<str:public_id>/fassungen/um-freigabe-bitten/",
        editions.edition_ask_approval,
        name="edition_ask_approval",
    ),
    path("<str:public_id>/fassungen/freigeben/", editions.edition_approve, name="edition_approve"),
    path(
        "<str:public_id>/fassungen/zurueckgeben/",
        editions.edition_send_back,
        name="edition_send_back",
    ),
    path(
        "<str:public_id>/fassungen/berichtigen/", editions.edition_correct, name="edition_correct"
    ),
    path(
        "<str:public_id>/fassungen/versand/", editions.edition_distribute, name="edition_distribute"
    ),
    path("<str:public_id>/fassungen/wunsch/", editions.edition_wish, name="edition_wish"),
    path(
        "<str:public_id>/fassungen/wuensche/<str:request_id>/",
        editions.request_decide,
        name="request_decide",
    ),
    path(
        "<str:public_id>/fassungen/schritt/<str:step>/", editions.edition_step, name="edition_step"
    ),
    path("<str:public_id>/fassungen/<int:number>/", editions.edition_read, name="edition_read"),
    path(
        "<str:public_id>/fassungen/<int:number>/unterschiede/",
        editions.edition_differences,
        name="edition_differences",
    ),
    path("<str:public_id>/papier/<str:form>/", minutes.minutes_paper, name="minutes_paper"),
    path("<str:public_id>/protokoll/datei/", parts.minutes_file, name="minutes_file"),
    path("<str:public_id>/protokoll/freigabe/", parts.minutes_approve, name="minutes_approve"),
    path("<str:public_id>/bearbeiten/", meetings.meeting_edit, name="meeting_edit"),
    path("<str:public_id>/loeschen/", meetings.meeting_remove, name="meeting_remove"),
    path("<str:public_id>/tagesordnung/neu/", parts.agenda_add, name="agenda_add"),
    path(
        "<str:public_id>/tagesordnung/<int:pk>/entfernen/",
        parts.agenda_remove,
        name="agenda_remove",
    ),
    path("<str:public_id>/teilnahme/neu/", parts.attendance_add, name="attendance_add"),
    path(
        "<str:public_id>/teilnahme/<int:pk>/entfernen/",
        parts.attendance_remove,
        name="attendance_remove",
    ),
    path("<str:public_id>/eintraege/neu/", parts.entry_add, name="entry_add"),
    path("<str:public_id>/anlagen/neu/", parts.attachment_add, name="attachment_add"),
    path("<str:public_id>/anlagen/<int:pk>/datei/", parts.attachment_file, name="attachment_file"),
]

"""Addresses of this room, below ``/sitzungen/``."""

from django.urls import path

from buendnisnetz.meetings.views import (
    attachments,
    by_link,
    editions,
    follow_up,
    imports,
    meetings,
    minutes,
    parts,
    proposals,
    rules,
    series,
    templates,
    uploads,
    writing,
)

app_name = "meetings"

urlpatterns = [
    path("", meetings.MeetingListView.as_view(), name="meeting_list"),
    path("neu/", meetings.meeting_create, name="meeting_create"),
    path("beschluesse/", parts.DecisionListView.as_view(), name="decision_list"),
    path("beschluesse/<str:public_id>/", parts.decision_detail, name="decision_detail"),
    path("hochladen/", uploads.upload_begin, name="upload_begin"),
    path("hochladen/<str:key>/", uploads.upload_piece, name="upload_piece"),
    path("wordvorlagen/", templates.word_template_list, name="word_template_list"),
    path("wordvorlagen/neu/", templates.word_template_add, name="word_template_add"),
    path("wordvorlagen/muster/", templates.word_template_sample, name="word_template_sample"),
    path(
        "wordvorlagen/<str:public_id>/datei/",
        templates.word_template_file,
        name="word_template_file",
    ),
    path(
        "wordvorlagen/<str:public_id>/probe/",
        templates.word_template_trial,
        name="word_template_trial",
    ),
    path(
        "wordvorlagen/<str:public_id>/beenden/",
        templates.word_template_end,
        name="word_template_end",
    ),
    path(
        "wordvorlagen/<str:public_id>/wieder/",
        templates.word_template_reopen,
        name="word_template_reopen",
    ),
    path("regeln/", rules.rules_edit, name="rules_edit"),
    path("reihen/", series.SeriesListView.as_view(), name="series_list"),
    path("reihen/neu/", series.series_create, name="series_create"),
    path("reihen/<str:public_id>/", series.SeriesView.as_view(), name="series_detail"),
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
    path("<str:public_id>/anlagen/", attachments.attachment_list, name="attachment_list"),
    path("<str:public_id>/anlagen/neu/", attachments.attachment_add, name="attachment_add"),
    path(
        "<str:public_id>/anlagen/<int:pk>/bearbeiten/",
        attachments.attachment_edit,
        name="attachment_edit",
    ),
    path(
        "<str:public_id>/anlagen/<int:pk>/verschieben/",
        attachments.attachment_move,
        name="attachment_move",
    ),
    path(
        "<str:public_id>/anlagen/<int:pk>/entfernen/",
        attachments.attachment_remove,
        name="attachment_remove",
    ),
    path(
        "<str:public_id>/anlagen/<int:pk>/zurueckholen/",
        attachments.attachment_restore,
        name="attachment_restore",
    ),
    path(
        "<str:public_id>/anlagen/<int:pk>/datei/",
        attachments.attachment_file,
        name="attachment_file",
    ),
    path(
        "<str:public_id>/anlagen/<int:pk>/vorschau/",
        attachments.attachment_preview,
        name="attachment_preview",
    ),
]

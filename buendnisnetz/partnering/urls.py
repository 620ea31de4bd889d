"""Addresses of this room: ``/mitmachen/`` for firms, ``/partner/`` for whoever works here."""

from django.urls import path

from buendnisnetz.partnering.views import (
    benefits,
    chambers,
    exchange,
    hand_overs,
    introductions,
    join,
    profiles,
    prospect_actions,
    prospects,
    resources,
    stakeholders,
    strategy,
    wishes,
)

app_name = "partnering"

_JOIN = [
    path("mitmachen/", join.join, name="join"),
    path("mitmachen/interesse/", join.interest_create, name="interest_create"),
    path("mitmachen/danke/", join.interest_sent, name="interest_sent"),
    path("mitmachen/zuruecknehmen/<str:token>/", join.interest_withdraw, name="interest_withdraw"),
    path("mitmachen/uebergabe/<str:token>/", join.hand_over_answer, name="hand_over_answer"),
]

_PROSPECT = "partner/anbahnungen/<str:public_id>"
_PROSPECTS = [
    path("partner/", prospects.ProspectListView.as_view(), name="prospect_list"),
    path("partner/tafel/", prospects.prospect_board, name="prospect_board"),
    path("partner/anbahnungen/neu/", prospect_actions.prospect_create, name="prospect_create"),
    path(f"{_PROSPECT}/", prospects.prospect_detail, name="prospect_detail"),
    path(f"{_PROSPECT}/verlauf/", prospects.prospect_history, name="prospect_history"),
    path(f"{_PROSPECT}/bearbeiten/", prospect_actions.prospect_edit, name="prospect_edit"),
    path(f"{_PROSPECT}/schritt/", prospect_actions.prospect_move, name="prospect_move"),
    path(f"{_PROSPECT}/absage/", prospect_actions.prospect_decline, name="prospect_decline"),
    path(f"{_PROSPECT}/beitritt/", prospect_actions.prospect_join, name="prospect_join"),
    path(f"{_PROSPECT}/organisation/", prospect_actions.prospect_organisation, name="prospect_organisation"),
    path(f"{_PROSPECT}/zurueck/", prospect_actions.prospect_take_back, name="prospect_take_back"),
    path(f"{_PROSPECT}/notiz/", prospect_actions.prospect_note, name="prospect_note"),
    path(f"{_PROSPECT}/naechster-schritt/", prospect_actions.prospect_next_step, name="prospect_next_step"),
    path(f"{_PROSPECT}/uebergeben/", hand_overs.prospect_hand_over, name="prospect_hand_over"),
    path(f"{_PROSPECT}/informiert/", hand_overs.notice_told, name="notice_told"),
    path("partner/uebergaben/<str:public_id>/", hand_overs.hand_over_decide, name="hand_over_decide"),
    path(
        "partner/aus-dem-verzeichnis/<str:public_id>/", prospect_actions.prospect_from_directory,
        name="prospect_from_directory",
    ),
    path("partner/stille/<str:ags>/", hand_overs.silence_setting, name="silence_setting"),
]  # fmt: skip

_BENEFITS = [
    path("partner/nutzen/", benefits.BenefitListView.as_view(), name="benefit_list"),
    path(
        "partner/nutzen/pflege/", benefits.BenefitWorkListView.as_view(), name="benefit_work_list"
    ),
    path("partner/nutzen/neu/", benefits.benefit_create, name="benefit_create"),
    path("partner/nutzen/<str:public_id>/", benefits.benefit_detail, name="benefit_detail"),
    path("partner/nutzen/<str:public_id>/bearbeiten/", benefits.benefit_edit, name="benefit_edit"),
    path(
        "partner/nutzen/<str:public_id>/geprueft/", benefits.benefit_confirm, name="benefit_confirm"
    ),
    path("partner/beispiele/", benefits.PracticeListView.as_view(), name="practice_list"),
    path("partner/beispiele/neu/", benefits.practice_create, name="practice_create"),
    path("partner/beispiele/gefragt/", benefits.practice_asked, name="practice_asked"),
    path("partner/beispiele/<str:public_id>/", benefits.practice_detail, name="practice_detail"),
    path(
        "partner/beispiele/<str:public_id>/bearbeiten/",
        benefits.practice_edit,
        name="practice_edit",
    ),
    path(
        "partner/nutzenblatt/<slug:slug>/", benefits.benefit_sheet_file, name="benefit_sheet_file"
    ),
]

_STAKEHOLDER = "partner/stakeholder/<str:public_id>"
_STRATEGY = [
    path(
        "partner/stakeholder/", stakeholders.StakeholderListView.as_view(), name="stakeholder_list"
    ),
    path("partner/stakeholder/neu/", stakeholders.stakeholder_create, name="stakeholder_create"),
    path(f"{_STAKEHOLDER}/", stakeholders.stakeholder_detail, name="stakeholder_detail"),
    path(f"{_STAKEHOLDER}/bearbeiten/", stakeholders.stakeholder_edit, name="stakeholder_edit"),
    path(f"{_STAKEHOLDER}/notiz/", stakeholders.stakeholder_note, name="stakeholder_note"),
    path(f"{_STAKEHOLDER}/einladung/", stakeholders.invitation_create, name="invitation_create"),
    path(
        "partner/einladungen/<str:public_id>/",
        stakeholders.invitation_answer,
        name="invitation_answer",
    ),
    path("partner/strategie/", strategy.strategy_list, name="strategy_list"),
    path("partner/strategie/neu/", strategy.strategy_create, name="strategy_create"),
    path("partner/strategie/<str:public_id>/", strategy.strategy_detail, name="strategy_detail"),
    path(
        "partner/strategie/<str:public_id>/bearbeiten/",
        strategy.strategy_edit,
        name="strategy_edit",
    ),
    path(
        "partner/strategie/<str:public_id>/botschaft/",
        strategy.message_create,
        name="message_create",
    ),
    path(
        "partner/strategie/<str:public_id>/massnahme/",
        strategy.measure_create,
        name="measure_create",
    ),
    path(
        "partner/botschaften/<str:public_id>/entfernen/",
        strategy.message_remove,
        name="message_remove",
    ),
]

_INTRODUCTION = "partner/vermittlungen/<str:public_id>"
_INTRODUCTIONS = [
    path("partner/vermittlungen/", introductions.IntroductionListView.as_view(), name="introduction_list"),
    path("partner/vermittlungen/neu/", introductions.introduction_create, name="introduction_create"),
    path("partner/vermittlungen/antwort/<str:token>/", introductions.introduction_answer, name="introduction_answer"),
    path(f"{_INTRODUCTION}/", introductions.introduction_detail, name="introduction_detail"),
    path(f"{_INTRODUCTION}/zurueckziehen/", introductions.introduction_withdraw, name="introduction_withdraw"),
    path(f"{_INTRODUCTION}/ergebnis/", introductions.introduction_result, name="introduction_result"),
    path("partner/briefe/<str:kind>/", introductions.letter_edit, name="letter_edit"),
    path("partner/kammern/", chambers.ChamberListView.as_view(), name="chamber_list"),
    path("partner/kammern/neu/", chambers.contact_point_create, name="contact_point_create"),
    path("partner/kammern/<str:public_id>/bearbeiten/", chambers.contact_point_edit, name="contact_point_edit"),
    path("partner/kammern/<str:public_id>/beenden/", chambers.contact_point_end, name="contact_point_end"),
    path("partner/kammern/<str:public_id>/wieder/", chambers.contact_point_reopen, name="contact_point_reopen"),
    path("partner/erstkontakt/<slug:slug>/<str:public_id>/", chambers.first_contact_create, name="first_contact_create"),
]  # fmt: skip

_EXCHANGE = [
    path("partner/austausch/", exchange.ExchangeListView.as_view(), name="exchange_list"),
    path("partner/austausch/vorschlaege/<str:public_id>/", exchange.exchange_suggestions, name="exchange_suggestions"),
    path("partner/austausch/vereinbaren/<str:public_id>/", exchange.exchange_arrange, name="exchange_arrange"),
    path("partner/austausch/<str:public_id>/", exchange.exchange_detail, name="exchange_detail"),
    path("partner/austausch/<str:public_id>/ergebnis/", exchange.exchange_edit, name="exchange_edit"),
    path("partner/ressourcen/", resources.ResourceListView.as_view(), name="resource_list"),
    path("partner/ressourcen/neu/", resources.resource_create, name="resource_create"),
    path("partner/ressourcen/<str:public_id>/", resources.resource_detail, name="resource_detail"),
    path("partner/ressourcen/<str:public_id>/bearbeiten/", resources.resource_edit, name="resource_edit"),
    path("partner/ressourcen/<str:public_id>/beenden/", resources.resource_end, name="resource_end"),
    path("partner/ressourcen/<str:public_id>/wieder/", resources.resource_reopen, name="resource_reopen"),
    path("partner/buchungen/<str:public_id>/aufheben/", resources.booking_cancel, name="booking_cancel"),
    path("partner/gesuche/", wishes.WishListView.as_view(), name="wish_list"),
    path("partner/gesuche/neu/", wishes.wish_create, name="wish_create"),
    path("partner/gesuche/<str:public_id>/", wishes.wish_detail, name="wish_detail"),
    path("partner/gesuche/<str:public_id>/bearbeiten/", wishes.wish_edit, name="wish_edit"),
    path("partner/gesuche/<str:public_id>/schliessen/", wishes.wish_close, name="wish_close"),
    path("partner/gesuche/<str:public_id>/wieder/", wishes.wish_reopen, name="wish_reopen"),
    path("partner/gesuche/<str:public_id>/anfragen/<str:resource_id>/", wishes.booking_create, name="booking_create"),
    path("partner/einladungsliste/", profiles.InvitationListView.as_view(), name="invitation_list"),
    path("partner/themen/<str:public_id>/", profiles.profile_edit, name="profile_edit"),
]  # fmt: skip

urlpatterns = [*_JOIN, *_PROSPECTS, *_BENEFITS, *_STRATEGY, *_INTRODUCTIONS, *_EXCHANGE]

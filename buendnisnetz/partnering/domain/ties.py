"""Ties of this room: introductions to which both sides agreed."""

from typing import Any

from django.utils.translation import pgettext_lazy

from buendnisnetz.network.domain import ties
from buendnisnetz.network.domain.ties import BODY_OF_POST, Appearances
from buendnisnetz.partnering.enums import IntroductionStatus
from buendnisnetz.partnering.models import Introduction

_INTRODUCTIONS = f"""
SELECT i.id AS occasion, i.reason::text AS title, i.public_id::text AS address,
    NULL::text AS host, NULL::bigint AS host_id,
    b.body, b.body_id, i.sent_on AS first_day, i.sent_on AS last_day
FROM partnering_introduction i
JOIN network_post p ON p.id IN (i.first_post_id, i.second_post_id) {BODY_OF_POST}
WHERE b.body_id IS NOT NULL AND i.id IN (VISIBLE)
"""  # noqa: S608 -- constants of the code


def find_introductions(user: Any) -> Appearances:
    agreed = Introduction.objects.visible_to(user).filter(status=IntroductionStatus.AGREED)
    visible = ties.keys_of(agreed, "tie_introduction")
    return Appearances(_INTRODUCTIONS.replace("VISIBLE", visible.sql), visible.params)


def register_own() -> None:
    ties.register(
        "partnering.introduction", "introduction", pgettext_lazy("tie", "Introduction"),
        find=find_introductions, route="partnering:introduction_detail", order=50,
    )  # fmt: skip

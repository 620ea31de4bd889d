"""Examples for this room's addresses."""

from typing import Any

from django.db.models import QuerySet

from buendnisnetz.core.examples import Finder, register
from buendnisnetz.network.models import (
    Alliance,
    AllianceTerritory,
    Charge,
    GroupMembership,
    Handover,
    Membership,
    Organisation,
    Person,
    Post,
    Term,
    WorkingGroup,
)


def _first(rows: QuerySet[Any], key: str = "public_id") -> Finder:
    def find() -> dict[str, Any] | None:
        value = rows.all().order_by("pk").values_list(key, flat=True).first()
        return {key: value} if value else None

    return find


def _consent() -> dict[str, Any] | None:
    found = _first(Person.objects.filter(erased_at=None))()
    return {**found, "kind": "PUBLIC_NAME"} if found else None


def _post_scope() -> dict[str, Any] | None:
    found = _first(Alliance.objects.all())()
    return {**found, "scope": "buendnis"} if found else None


def _handover(**wanted: Any) -> Finder:
    """One at the wanted stage, or any."""
    fitting, some = _first(Handover.objects.filter(**wanted)), _first(Handover.objects.all())
    return lambda: fitting() or some()


def _open_term() -> dict[str, Any] | None:
    return _first(Term.objects.filter(valid_to=None).exclude(handovers__status="OPEN"))()


register("network:choices", lambda: {"kind": "organisationen"})
register("network:alliance_", _first(Alliance.objects.filter(is_public=True), "slug"))
register("network:organisation_", _first(Organisation.objects.filter(is_public=True)))
register("network:person_", _first(Person.objects.filter(erased_at=None)))
register("network:person_consent_withdraw", _consent)
register("network:post_", _first(Post.objects.filter(is_contact=True)))
register("network:post_create", _post_scope)
register("network:term_", _first(Term.objects.all()))
register("network:charge_", _first(Charge.objects.all()))
register("network:handover_", _handover())
register("network:handover_start", _open_term)
register("network:handover_seen", _handover(status="DONE", seen_at=None))
for _name in ("edit", "choose", "finish", "cancel"):
    register(f"network:handover_{_name}", _handover(status="OPEN"))
register("network:contact_answer", lambda: {"token": "abgelaufen"})
register("network:group_", _first(WorkingGroup.objects.all()))
register("network:group_member_end", _first(GroupMembership.objects.all()))
register("network:group_member_reopen", _first(GroupMembership.objects.all()))
register("network:membership_", _first(Membership.objects.all()))
register("network:territory_link_", _first(AllianceTerritory.objects.all()))

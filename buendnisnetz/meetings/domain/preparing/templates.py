"""Templates: what a meeting of a kind usually looks like, made from a meeting, used for new ones."""

from datetime import date, time
from typing import Any

from django.utils.translation import gettext as _

from buendnisnetz.audit.tracking import recorded
from buendnisnetz.core.errors import DomainError
from buendnisnetz.meetings.domain.meetings import create_meeting
from buendnisnetz.meetings.domain.preparing.agenda import add_item
from buendnisnetz.meetings.models import Meeting, MeetingTemplate, TemplateItem
from buendnisnetz.network.models import Alliance

_DAY = "{date}"


class TemplateEndedError(DomainError):
    def __init__(self) -> None:
        super().__init__(_("This template is not used any more."))


def save_as_template(*, meeting: Meeting, name: str, title: str, actor: Any) -> MeetingTemplate:
    """Keep kind, place and agenda of a meeting for others like it.

    In the title ``{date}`` stands for the day. Standing items come by themselves, and what was moved
    on or asked about belongs to one meeting only; they are left out.
    """
    with recorded(actor=actor, action="meetings.template.saved"):
        group = meeting.working_group
        template = MeetingTemplate(
            name=name,
            title=title,
            kind=meeting.kind,
            place=meeting.place,
            alliance=meeting.alliance or (group.alliance if group else None),
        )
        template.full_clean()
        template.save()
        items = meeting.agenda.filter(standing=None, carried_from=None, follows_up=None)
        TemplateItem.objects.bulk_create(
            TemplateItem(
                template=template,
                position=position,
                title=item.title,
                kind=item.kind,
                duration=item.duration,
            )
            for position, item in enumerate(items.order_by("position"), start=1)
        )
        return template


def use_template(
    *,
    template: MeetingTemplate,
    alliance: Alliance | None,
    held_on: date,
    starts_at: time | None,
    ends_at: time | None,
    actor: Any,
) -> Meeting:
    """Plan a meeting like this; standing items come first, as in every planned meeting.

    Raises TemplateEndedError.
    """
    with recorded(actor=actor, action="meetings.template.used"):
        row = MeetingTemplate.objects.select_for_update(of=("self",)).get(pk=template.pk)
        if row.ended_on is not None:
            raise TemplateEndedError
        title = (row.title or row.name).replace(_DAY, f"{held_on:%d.%m.%Y}")
        meeting = create_meeting(
            actor=actor,
            title=title,
            kind=row.kind,
            place=row.place,
            alliance=alliance,
            held_on=held_on,
            starts_at=starts_at,
            ends_at=ends_at,
        )
        for item in row.items.order_by("position"):
            add_item(
                meeting=meeting,
                actor=actor,
                title=item.title,
                kind=item.kind,
                duration=item.duration,
            )
        return meeting


def end_template(*, template: MeetingTemplate, today: date, actor: Any) -> None:
    """Offer it no more; meetings made from it stay. A second time changes nothing."""
    with recorded(actor=actor, action="meetings.template.ended"):
        rows = MeetingTemplate.objects.filter(pk=template.pk, ended_on=None)
        rows.update(ended_on=today)


def bring_back(*, template: MeetingTemplate, actor: Any) -> None:
    """Undo :func:`end_template`."""
    with recorded(actor=actor, action="meetings.template.brought_back"):
        MeetingTemplate.objects.filter(pk=template.pk).update(ended_on=None)

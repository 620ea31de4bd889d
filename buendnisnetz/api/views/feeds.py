"""Feeds of approved minutes and of decisions, for everything, a state, an alliance or a group."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.feedgenerator import Atom1Feed, Rss201rev2Feed, SyndicationFeed
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from buendnisnetz.accounts.gate import open_to
from buendnisnetz.api.describing import described
from buendnisnetz.api.domain.objects import OWN, SITE
from buendnisnetz.api.domain.queries.publications import News, newest, scope_name
from buendnisnetz.api.enums import PublicationKind
from buendnisnetz.api.models import Publication
from buendnisnetz.api.views.answers import answer, refusal, site_of
from buendnisnetz.ui.jinja import url

MOST_ENTRIES = 50
_KINDS = {"protokolle": PublicationKind.MEETING, "beschluesse": PublicationKind.PAPER}


class _Steady(SyndicationFeed):
    """A feed without entries says when it was made; one that stays the same must not."""

    def latest_post_date(self) -> datetime:
        changed: datetime = self.feed["changed"]
        return changed


class _Atom(_Steady, Atom1Feed):
    pass


class _Rss(_Steady, Rss201rev2Feed):
    pass


_FORMS: dict[str, type[SyndicationFeed]] = {"atom": _Atom, "rss": _Rss}
_TYPES = {
    "atom": "application/atom+xml; charset=utf-8",
    "rss": "application/rss+xml; charset=utf-8",
}
_NAMES = ("application/atom+xml", "application/rss+xml")


@open_to(public=True)
@described(
    "Approved minutes (protokolle) or decisions (beschluesse), the newest first", forms=_NAMES
)
@require_safe
def everything(request: HttpRequest, what: str, form: str) -> HttpResponse:
    return _feed(request, what, form, Publication.objects.all(), "")


@open_to(public=True)
@described("The same of one state (by its official key), alliance or working group", forms=_NAMES)
@require_safe
def of_scope(request: HttpRequest, what: str, scope: str, form: str) -> HttpResponse:
    name = scope_name(scope)
    if name is None:
        return refusal(request, _("There is no such feed."), 404)
    return _feed(request, what, form, Publication.objects.all().within(scope), name)


def _feed(request: HttpRequest, what: str, form: str, rows: Any, name: str) -> HttpResponse:
    if what not in _KINDS or form not in _FORMS:
        return refusal(request, _("There is no such feed."), 404)
    news = newest(rows.filter(kind=_KINDS[what]), MOST_ENTRIES)
    titles = {"protokolle": _("Approved minutes"), "beschluesse": _("Decisions")}
    title = ": ".join(filter(None, (titles[what], name)))
    text = _written(request, title, form, news)
    return answer(request, text, media_type=_TYPES[form], changed=news.changed)


def _written(request: HttpRequest, title: str, form: str, news: News) -> str:
    site = site_of(request)
    # Without entries nothing changed yet: the day on which this interface began.
    changed = max((_moment(row["modified"]) for row in news.objects), default=_BEGINNING)
    feed = _FORMS[form](
        title=title,
        link=site + url("api:overview"),
        description=title,
        language="de",
        feed_url=site + request.path,
        changed=changed,
    )
    for row in news.objects:
        feed.add_item(
            title=row["name"],
            link=row["web"].replace(SITE, site),
            description=_summary(row),
            unique_id=row["id"].replace(SITE, site),
            pubdate=_moment(row["created"]),
            updateddate=_moment(row["modified"]),
            categories=row.get("keyword", ()),
        )
    text: str = feed.writeString("utf-8")
    return text


_BEGINNING = datetime.fromisoformat("2026-01-01T00:00:00+00:00")


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text)


def _summary(row: dict[str, Any]) -> str:
    """The text of a decision; of minutes what the agenda was."""
    items = (item.get("name", "") for item in row.get("agendaItem", ()))
    return str(row.get(f"{OWN}text") or " · ".join(filter(None, items)))

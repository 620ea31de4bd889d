"""What views share: rendering a page or a part of it, and questions about the request."""

from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template import engines
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from jinja2 import Template
from markupsafe import Markup

from buendnisnetz.ui.jinja import shell_context

_Found = TypeVar("_Found")


def or_404(found: _Found | None) -> _Found:
    """What was found. Raises ``Http404`` where it is nothing."""
    if found is None:
        raise Http404
    return found


def render(
    request: HttpRequest,
    template: str,
    context: Mapping[str, Any] | None = None,
    *,
    block: str | None = None,
    status: int = 200,
) -> HttpResponse:
    """Render a page, or only one block of it when HTMX asked for a part.

    ``block`` names the part that HTMX swaps; without script the same view gives the whole page.
    """
    environment = engines["jinja2"].env  # type: ignore[attr-defined]
    values = {**shell_context(request), **(context or {})}
    if block and wants_part(request):
        html = _render_block(environment.get_template(template), block, values)
    else:
        html = environment.get_template(template).render(values)
    response = HttpResponse(html, status=status)
    # The same address answers with a page or a part; caches and the back button must not mix them.
    response["Vary"] = "HX-Request"
    if getattr(values["user"], "is_authenticated", False):
        # On a shared computer nothing of it shall be left after signing out.
        response["Cache-Control"] = "private, no-cache"
    # Says that it may be kept while nothing changes, and what has to be renewed in it.
    response.form_token = values["csrf_token"]  # type: ignore[attr-defined]
    return response


def for_this_moment(response: HttpResponse) -> HttpResponse:
    """The same page, never to be given out again: it says what the database does not know."""
    response.__dict__.pop("form_token", None)
    return response


def macro(name: str, /, *args: Any) -> Markup:
    """One element of ``ui/kern.html`` on its own."""
    html: Markup = getattr(engines["jinja2"].env.globals["kern"], name)(*args)  # type: ignore[attr-defined]
    return html


def field(form: Any, name: str) -> str:
    """One field of a form as HTML: its label, its control, and what is wrong with what was typed."""
    html: str = form[name].as_field_group()
    return html


def fields_but(form: Any, name: str) -> Markup:
    """All fields of a form but one, as HTML: of a list's filter where the page is cut by that one."""
    return Markup("").join(field(form, other) for other in form.fields if other != name)


def panel(template: str, /, *args: Any) -> str:
    """The macro ``panel`` of a template: what a room puts into a slot of a lower room's page."""
    environment = engines["jinja2"].env  # type: ignore[attr-defined]
    html: Markup = environment.get_template(template).module.panel(*args)
    return str(html)


def _render_block(template: Template, block: str, values: Mapping[str, Any]) -> str:
    """One block, also if only a template that this one extends has it."""
    context = template.new_context(dict(values))
    # Running to the first piece of text collects the blocks of all parents, the child's own first.
    next(iter(template.root_render_func(context)), None)
    return "".join(context.blocks[block][0](context))


def history_page(
    request: HttpRequest, history: Sequence[Any], *crumbs: tuple[str, str]
) -> HttpResponse:
    """Who changed what, field by field; ``crumbs`` lead to what it is the history of, the last to itself."""
    title = _("History")
    context = {
        "title": title,
        "lead": crumbs[-1][0],
        "history": history,
        "crumbs": [*crumbs, (title, "")],
    }
    return render(request, "ui/history.html", context)


def wants_part(request: HttpRequest) -> bool:
    """Whether HTMX asked and will swap only a part of the page."""
    htmx: Any = getattr(request, "htmx", None)
    return bool(htmx) and not htmx.boosted and not htmx.history_restore_request


def invalid(
    request: HttpRequest, template: str, context: Mapping[str, Any], *, block: str | None = None
) -> HttpResponse:
    """The form again with what was typed and what is wrong."""
    return render(request, template, context, block=block, status=422)


def back(request: HttpRequest, default: str) -> HttpResponseRedirect:
    """To the page named in ``next`` if it is one of ours, else to ``default``."""
    target = request.POST.get("next") or request.GET.get("next") or ""
    allowed = url_has_allowed_host_and_scheme(
        target, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return HttpResponseRedirect(target if allowed else default)

"""What a value becomes in a page."""

import pytest
from django.template import engines
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy
from jinja2 import UndefinedError
from markupsafe import Markup, escape

from buendnisnetz.ui.compiling import escaped


class Drawn:
    def __html__(self) -> str:
        return "<b>drawn</b>"


VALUES = (
    "a <b>&'\"", "", Markup("<b>safe</b>"), mark_safe("<i>safe</i>"), 7, None, Drawn(), gettext_lazy("Meetings"),
    ["<", Markup("<")],
)  # fmt: skip


@pytest.mark.parametrize("value", VALUES, ids=lambda value: type(value).__name__)
def test_as_the_library_escapes(value):
    assert escaped(value) == str(escape(value))


@pytest.mark.parametrize("value", VALUES, ids=lambda value: type(value).__name__)
@pytest.mark.parametrize(
    "source",
    [
        "{{ value }}",
        "{% macro said(one) %}[{{ one }}]{% endmacro %}{{ said(value) }}",
        "{% macro around() %}[{{ caller() }}]{% endmacro %}{% call around() %}{{ value }}{% endcall %}",
        "{% set kept %}[{{ value }}]{% endset %}{{ kept }}",
    ],
)
def test_once_wherever_it_stands_in_a_template(value, source):
    found = engines["jinja2"].from_string(source).render({"value": value})
    assert found.strip("[]") == str(escape(value)).strip("[]")


def test_what_is_missing_is_still_an_error():
    with pytest.raises(UndefinedError):
        engines["jinja2"].from_string("{{ nothing }}").render({})


class TestFunctionsOfTheEnvironment:
    @pytest.mark.parametrize(
        "source",
        [
            "{{ _('Meetings') }} {{ url('web:search') }}",
            "{% macro said(label, url) %}{{ label }} {{ url }}{% endmacro %}{{ said(_('Meetings'), url('web:search')) }}",
            "{% for each in [1] %}{{ _('Meetings') ~ ' ' ~ url('web:search') }}{% endfor %}",
        ],
    )
    def test_are_called_wherever_they_stand(self, source):
        found = engines["jinja2"].from_string(source).render({})
        assert found == "Sitzungen /suche/"

    def test_with_values_a_text_is_filled(self):
        source = "{{ _('%(first)s to %(last)s of %(total)s', first='<', last=2, total=3) }}"
        assert engines["jinja2"].from_string(source).render({}) == "&lt; bis 2 von 3"

    def test_a_name_of_the_template_comes_first(self):
        source = "{% macro url(name) %}[{{ name }}]{% endmacro %}{{ url('<') }}"
        assert engines["jinja2"].from_string(source).render({}) == "[&lt;]"

"""A form that nobody has typed into is written once, and shown as the form itself."""

import re

from buendnisnetz.ui import viewkit
from buendnisnetz.ui.untouched import untouched
from tests.ui.probe import EveryWidget


def _shown(form) -> str:
    return str(viewkit.macro("form", form, "token", "Ab"))


def _without_blanks(html: str) -> str:
    return re.sub(r"\s+", " ", html)


class TestUntouched:
    def test_it_looks_like_the_form(self):
        form = EveryWidget(auto_id="id_probe_%s", initial={"text": "Anfang", "hidden": 7})
        kept = untouched(EveryWidget, "id_probe_%s", text="Anfang", hidden=7)
        assert _without_blanks(_shown(kept)) == _without_blanks(_shown(form))
        assert kept["text"].as_field_group() == form["text"].as_field_group()

    def test_it_is_written_once_for_each_beginning(self):
        one = untouched(EveryWidget, text="Anfang")
        assert untouched(EveryWidget, text="Anfang") is one
        assert "Ende" in _shown(untouched(EveryWidget, text="Ende"))
        assert "Ende" not in _shown(one)

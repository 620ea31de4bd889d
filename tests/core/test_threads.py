"""Language and time zone belong to the thread that set them."""

from concurrent.futures import ThreadPoolExecutor
from zoneinfo import ZoneInfo

from django.utils import timezone, translation


def spoken() -> tuple[str | None, str]:
    return translation.get_language(), timezone.get_current_timezone_name()


def test_what_one_thread_sets_no_other_sees():
    usual = spoken()
    with (
        ThreadPoolExecutor(1) as other,
        translation.override("en"),
        timezone.override(ZoneInfo("Asia/Tokyo")),
    ):
        assert spoken() == ("en", "Asia/Tokyo")
        assert other.submit(spoken).result() == usual
    assert spoken() == usual


def test_a_text_follows_the_language_that_holds():
    assert translation.gettext("Meetings") == "Sitzungen"
    with translation.override(None):
        assert translation.gettext("Meetings") == "Meetings"
    assert translation.gettext("Meetings") == "Sitzungen"

"""Reading settings from the environment: a wrong value is a clear sentence."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from buendnisnetz.config import env

NAME = "BUENDNISNETZ_PROBE"


@pytest.fixture
def given(monkeypatch):
    def set_to(value):
        if value is None:
            monkeypatch.delenv(NAME, raising=False)
        else:
            monkeypatch.setenv(NAME, value)

    return set_to


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("ja", True),
        ("1", True),
        ("TRUE", True),
        ("on", True),
        ("nein", False),
        ("0", False),
        ("", False),
    ],
)
def test_flag(given, value, expected):
    given(value)
    assert env.flag(NAME, default=not expected) is expected


@pytest.mark.parametrize("default", [True, False])
def test_flag_that_is_not_set(given, default):
    given(None)
    assert env.flag(NAME, default=default) is default


@pytest.mark.parametrize(("value", "expected"), [("12", 12), ("-1", -1), ("", 7), (None, 7)])
def test_number(given, value, expected):
    given(value)
    assert env.number(NAME, 7) == expected


@pytest.mark.parametrize(
    ("read", "value", "said"),
    [
        (lambda: env.flag(NAME, default=True), "vielleicht", f"{NAME}: bitte „ja“ oder „nein“ angeben, nicht „vielleicht“."),
        (lambda: env.number(NAME, 1), "viele", f"{NAME}: bitte eine ganze Zahl angeben, nicht „viele“."),
        (lambda: env.database("mysql://x/y"), "", "DATABASE_URL: Bündnisnetz läuft nur auf PostgreSQL (postgresql://…)."),
        (lambda: env.database("nichts"), "", "DATABASE_URL: Bündnisnetz läuft nur auf PostgreSQL (postgresql://…)."),
        (lambda: env.mail("http://x"), "", "EMAIL_URL: bitte smtp://, smtp+tls:// oder smtps:// angeben."),
    ],
)  # fmt: skip
def test_mistakes_are_sentences(given, read, value, said):
    given(value)
    with pytest.raises(ImproperlyConfigured) as caught:
        read()
    assert str(caught.value) == said


@pytest.mark.parametrize(
    ("value", "expected"),
    [("a.de, b.de c.de", ["a.de", "b.de", "c.de"]), ("", []), (None, [])],
)
def test_words(given, value, expected):
    given(value)
    assert env.words(NAME) == expected


def test_text(given):
    given(None)
    assert (env.text(NAME), env.text(NAME, "x")) == ("", "x")


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        (
            "postgresql://ada:ge%40heim@db.example.org:5433/netz?sslmode=require",
            ("netz", "ada", "ge@heim", "db.example.org", "5433", {"sslmode": "require"}),
        ),
        ("postgres:///netz?host=/run/pg&user=ada", ("netz", "ada", "", "/run/pg", "", {})),
        ("postgresql:///b%C3%BCndnis", ("bündnis", "", "", "", "", {})),
    ],
)
def test_database(url, expected):
    found = env.database(url)
    names = ("NAME", "USER", "PASSWORD", "HOST", "PORT", "OPTIONS")
    assert tuple(found[name] for name in names) == expected
    assert found["ENGINE"] == "django.db.backends.postgresql"


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("smtp://localhost", ("localhost", 25, "", "", False, False)),
        ("smtp://", ("localhost", 25, "", "", False, False)),
        ("smtps://ada:ge%2Fheim@mail.example.org", ("mail.example.org", 465, "ada", "ge/heim", True, False)),
        ("smtp+tls://mail.example.org:2525", ("mail.example.org", 2525, "", "", False, True)),
    ],
)  # fmt: skip
def test_mail(url, expected):
    found = env.mail(url)
    names = ("HOST", "PORT", "HOST_USER", "HOST_PASSWORD", "USE_SSL", "USE_TLS")
    assert tuple(found[f"EMAIL_{name}"] for name in names) == expected


def test_origin_of_a_server():
    assert (
        env.origin(NAME, "https://kacheln.example.de/{z}/{x}/{y}.png")
        == "https://kacheln.example.de"
    )
    assert env.origin(NAME, "https://k.example.de:8443/") == "https://k.example.de:8443"


@pytest.mark.parametrize(
    "url", ["http://kacheln.example.de/", "https://{s}.example.de/", "kacheln", "https:///x", ""]
)
def test_origin_has_to_be_one_secure_server(url):
    with pytest.raises(ImproperlyConfigured, match=NAME):
        env.origin(NAME, url)


class TestBucket:
    GIVEN = {
        "ENDPOINT": "https://s3.example.org/",
        "BUCKET": "netz",
        "KEY": "schluessel",
        "SECRET": "geheim",
    }

    @pytest.fixture
    def say(self, monkeypatch):
        for word in [*self.GIVEN, "REGION", "KEY_FILE", "SECRET_FILE"]:
            monkeypatch.delenv(f"{NAME}_{word}", raising=False)

        def say(**values):
            for word, value in values.items():
                monkeypatch.setenv(f"{NAME}_{word}", value)

        return say

    def test_nothing_said(self, say):
        assert env.bucket(NAME) is None

    def test_all_said(self, say):
        say(**self.GIVEN)
        assert env.bucket(NAME) == {
            "endpoint_url": "https://s3.example.org",
            "bucket_name": "netz",
            "access_key": "schluessel",
            "secret_key": "geheim",
            "region_name": "us-east-1",
        }

    def test_secrets_from_files(self, say, tmp_path):
        (tmp_path / "geheim").write_text("aus der Datei\n", encoding="utf-8")
        say(**self.GIVEN, SECRET_FILE=str(tmp_path / "geheim"), REGION="eu01")
        found = env.bucket(NAME)
        assert (found["secret_key"], found["region_name"]) == ("aus der Datei", "eu01")

    def test_a_file_that_is_not_there(self, say, tmp_path):
        say(**self.GIVEN, KEY_FILE=str(tmp_path / "nichts"))
        with pytest.raises(ImproperlyConfigured) as caught:
            env.bucket(NAME)
        assert str(caught.value).startswith(f"{NAME}_KEY_FILE: die Datei „{tmp_path}/nichts“")

    def test_half_an_answer(self, say):
        say(BUCKET="netz", KEY="schluessel")
        with pytest.raises(ImproperlyConfigured) as caught:
            env.bucket(NAME)
        assert str(caught.value) == (
            f"Für Dateien auf einem S3-Server fehlt noch: {NAME}_ENDPOINT, {NAME}_SECRET."
        )

    @pytest.mark.parametrize(
        ("url", "fits"),
        [
            ("http://127.0.0.1:9000", True),
            ("https://s3.example.org", True),
            ("http://s3.example.org", False),
            ("s3.example.org", False),
            ("ftp://127.0.0.1", False),
        ],
    )
    def test_nothing_leaves_the_machine_without_tls(self, say, url, fits):
        say(**self.GIVEN | {"ENDPOINT": url})
        if fits:
            assert env.bucket(NAME)["endpoint_url"] == url
            return
        with pytest.raises(ImproperlyConfigured, match=f"{NAME}_ENDPOINT: bitte"):
            env.bucket(NAME)

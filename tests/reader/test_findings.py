"""What a careful reader would query (S07, S12, S15)."""

import pytest

from buendnisnetz.reader import read_minutes

HEAD = "Protokoll vom 6.3.2019\n\nAnwesend: Anna Bergmann, Jörg Talheim, Petra Auer\n\n"


def messages(text: str, kind: str) -> list[str]:
    return [
        finding.message for finding in read_minutes(HEAD + text).findings if finding.kind == kind
    ]


@pytest.mark.parametrize("name", ["Bergman", "Bergmamn", "Begrmann", "Bërgmann"])
def test_variant_of_a_listed_name_is_reported(name: str) -> None:
    assert len(messages(f"Frau {name} berichtet aus der Schule.\n", "name_variant")) == 1


@pytest.mark.parametrize("name", ["Bergmann", "Talheim", "Lorenz"])
def test_other_names_are_no_variants(name: str) -> None:
    assert messages(f"Frau {name} berichtet aus der Schule.\n", "name_variant") == []


def test_speaker_who_is_not_listed_is_reported() -> None:
    assert len(messages("Herr Lorenz berichtet aus der Schule.\n", "speaker_not_listed")) == 1


def test_a_person_only_spoken_about_is_not_reported() -> None:
    assert (
        messages(
            "Frau Bergmann berichtet, sie habe mit Herrn Lorenz gesprochen.\n", "speaker_not_listed"
        )
        == []
    )


@pytest.mark.parametrize(
    ("text", "pairs"),
    [
        ("Die Koordinationsstelle hilft. Die Koordinierungsstelle berät.", 1),
        ("Es werden Pfleglotsen gesucht.", 1),
        ("Es werden Pflegelotsen gesucht, viele Pflegelotsinnen.", 0),
        ("Familienzentrum und Familienzentren arbeiten mit Bündnissen und dem Bündnis.", 0),
    ],
)
def test_term_variants_are_reported(text: str, pairs: int) -> None:
    assert len(messages(text + "\n", "term_variant")) == pairs


def test_attachments_are_matched_by_number_and_by_name() -> None:
    text = "Die Zahlen stehen in Anlage 1 und Anlage 4. Die Einladung ist dem Protokoll beigefügt.\n\nAnlagen:\n1. Zahlenwerk\n2. Karte\n3. Einladung zum Fest\n"
    assert len(messages(text, "attachment_not_listed")) == 1
    assert messages(text, "attachment_not_cited") == [
        "Anlage „Karte“ ist aufgeführt, wird im Text aber nicht erwähnt."
    ]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Das FZW plant.", 1),
        ("Das Familienzentrum West (FZW) plant. Das FZW hat Geld.", 0),
        ("Die IHK plant.", 0),
    ],
)
def test_abbreviation_must_be_explained(text: str, count: int) -> None:
    assert len(messages(text + "\n", "abbreviation")) == count


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Leitung: : Frau Auer", 1),
        ("Gut,, sehr gut", 1),
        ("Und so weiter ...", 0),
        ("z.B., u.a.", 0),
    ],
)
def test_doubled_sign_is_reported(text: str, count: int) -> None:
    assert len(messages(text + "\n", "doubled_punctuation")) == count


def test_spans_of_findings_hold_the_spellings() -> None:
    minutes = read_minutes(HEAD + "Frau Bergman berichtet.\n")
    (finding,) = [f for f in minutes.findings if f.kind == "name_variant"]
    assert [minutes.text[slice(*span)] for span in finding.spans] == [
        "Anna Bergmann",
        "Frau Bergman",
    ]

from buendnisnetz.core.text import compound_parts, sort_key, stem


def test_stem_joins_spellings_of_one_word() -> None:
    assert {
        stem(word) for word in ("Bündnis", "Buendnis", "bündnisse", "bundnis", "BÜNDNISSEN")
    } == {"bundnis"}


def test_compound_parts_finds_the_parts_of_a_compound() -> None:
    assert compound_parts("Kinderbetreuung") == ("kind", "betreu")
    assert compound_parts("Haus") == ()


def test_sort_key_orders_umlauts_like_base_letters() -> None:
    assert sorted(["Zeulenroda", "Ärzte", "Apolda", "Öhringen", "Straße", "Strasse"], key=sort_key) == [
        "Apolda", "Ärzte", "Öhringen", "Straße", "Strasse", "Zeulenroda",
    ]  # fmt: skip

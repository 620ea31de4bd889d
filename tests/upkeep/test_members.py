"""Lists of organisations and members: checked row by row, taken in, taken back."""

from datetime import date

import pytest

from buendnisnetz.accounts.enums import Role
from buendnisnetz.audit.history import history_of
from buendnisnetz.core.errors import DomainError
from buendnisnetz.network.domain import memberships, organisations
from buendnisnetz.network.models import Membership, Organisation, OrganisationAlias
from buendnisnetz.upkeep.domain import deciding, lists, taking_back, taking_over
from buendnisnetz.upkeep.enums import ListStatus, RowChoice, RowMatch
from buendnisnetz.upkeep.models import Correction, PartnerList, WrittenRow
from tests.factories.network import (
    make_alliance,
    make_membership,
    make_organisation,
    make_person,
    make_post,
    make_term,
    make_user,
)
from tests.factories.territories import make_district, make_municipality
from tests.factories.upkeep import (
    NOW,
    checked,
    list_of,
    messages,
    receive,
    rows_of,
    states,
    take_in,
    xlsx,
)

pytestmark = pytest.mark.django_db
NEW, SAME, SKIP, OPEN = RowChoice.NEW, RowChoice.SAME, RowChoice.SKIP, RowChoice.OPEN


@pytest.fixture
def erfurt():
    return make_municipality(make_district("16051", "Erfurt"), "Erfurt", ags="16051000")


class TestChecking:
    def test_every_faulty_cell_is_named_and_the_row_stays_behind(self):
        found = list_of(
            ["Name", "E-Mail", "PLZ", "Mitglied seit"],
            ["Verein Gut", "a@example.org", "99084", "01.05.2015"],
            ["", "a@example.org", "", ""],
            ["Verein Schlecht", "keine", "9908", "irgendwann"],
            ["Verein Halb", "b@example.org", "99x84", ""],
            alliance=make_alliance(),
        )
        good, nameless, bad, half = rows_of(found)
        assert (good.match, good.choice, good.errors) == (RowMatch.UNKNOWN, NEW, [])
        assert messages(nameless) == ["Name: Das fehlt."]
        assert messages(bad) == [
            "E-Mail: „keine“ ist keine E-Mail-Adresse. Sie sieht so aus: name@example.org.",
            "Mitglied seit: „irgendwann“ ist kein Tag. Bitte so schreiben: 24.08.2017.",
        ]
        assert [error["column"] for error in bad.errors] == [1, 3]
        assert messages(half)[0].startswith("PLZ: „99x84“")
        assert {row.choice for row in (nameless, bad, half)} == {SKIP}
        assert {row.match for row in (nameless, bad, half)} == {RowMatch.FAULTY}

    def test_lines_are_those_of_the_sheet(self):
        text = "Partnerliste;\n;\nName;Ort\n;\nVerein;Gera\n"
        found = checked(text.encode(), "liste.csv")
        assert [(row.line, row.label) for row in rows_of(found)] == [(5, "Verein")]

    def test_an_entry_with_the_same_name_is_put_forward(self):
        body = make_organisation("Musterverein Erfurt e. V.")
        found = list_of(["Name", "Ort"], ["Musterverein Erfurt", "Erfurt"])
        (row,) = rows_of(found)
        assert (row.match, row.choice, row.organisation) == (RowMatch.EXACT, SAME, body)
        assert row.candidates[0]["reasons"] == ["Der Name ist gleich."]

    def test_an_alias_counts_as_the_name(self):
        body = make_organisation("Sozialwerk Musterstadt gGmbH")
        organisations.add_alias(organisation=body, name="Sowe", actor=None)
        (row,) = rows_of(list_of(["Name", "Ort"], ["Sowe", ""]))
        assert (row.match, row.organisation) == (RowMatch.EXACT, body)

    def test_a_name_that_resembles_is_asked_about(self):
        make_organisation("Kita „Sonnenwinkel“ Erfurt", city="Erfurt")
        (row,) = rows_of(list_of(["Name", "Ort"], ["Kita Sonnenwinkl Erfurt", "Erfurt"]))
        assert (row.match, row.choice) == (RowMatch.SIMILAR, OPEN)
        assert "Derselbe Ort." in row.candidates[0]["reasons"]
        assert row.organisation is None

    def test_the_same_name_in_another_place_is_asked_about(self):
        make_organisation("Volkshochschule", city="Gera")
        (row,) = rows_of(list_of(["Name", "Ort"], ["Volkshochschule", "Erfurt"]))
        assert (row.match, row.choice) == (RowMatch.SIMILAR, OPEN)
        assert "Bekannt von anderem Ort: Gera." in row.candidates[0]["reasons"]

    def test_two_entries_with_the_name_are_a_question(self):
        make_organisation("Volkshochschule")
        make_organisation("Volkshochschule")
        (row,) = rows_of(list_of(["Name", "Ort"], ["Volkshochschule", ""]))
        assert (row.match, row.choice, len(row.candidates)) == (RowMatch.SIMILAR, OPEN, 2)

    def test_the_second_of_two_rows_for_one_entry_is_asked_about(self):
        found = list_of(
            ["Name", "Ort"], ["Backhaus Krume GmbH", "Gera"], ["Backhaus Krume", "Gera"],
            ["Backhaus Krume", "Jena"],
        )  # fmt: skip
        assert states(found) == [
            (RowMatch.UNKNOWN, NEW), (RowMatch.TWICE, OPEN), (RowMatch.UNKNOWN, NEW),
        ]  # fmt: skip
        assert rows_of(found)[1].notes == ["Steht schon in Zeile 2."]

    def test_an_id_names_the_entry_whatever_the_row_calls_it(self):
        body = make_organisation("Alter Name")
        found = list_of(
            ["ID", "Name"], [body.public_id, "Neuer Name"], ["zzzzzzzz", "Verein"],
        )  # fmt: skip
        first, second = rows_of(found)
        assert (first.match, first.choice, first.organisation) == (RowMatch.NUMBERED, SAME, body)
        assert messages(second) == [
            "ID: Es gibt keinen Eintrag mit der ID „zzzzzzzz“. Für einen neuen bitte leer lassen."
        ]

    @pytest.mark.parametrize("cell", ["16051000", "Erfurt (16051000)", "160510000000"])
    def test_places_by_key(self, erfurt, cell):
        erfurt.ars = "160510000000"
        erfurt.save()
        (row,) = rows_of(list_of(["Name", "AGS"], ["Verein", cell]))
        assert row.values["territory"] == erfurt.pk

    def test_places_by_name_if_it_is_clear(self, erfurt):
        district = make_district()
        for _place in range(2):
            make_municipality(district, "Neustadt")
        first, second, third, fourth = rows_of(
            list_of(["Name", "Gemeinde"], ["A", "Neustadt"], ["B", "Atlantis"], ["C", "12345"],
                    ["D", "erfurt"])
        )  # fmt: skip
        assert "„Neustadt“ ist nicht eindeutig. Bitte den amtlichen Schlüssel" in messages(first)[0]
        assert "Kein Gebiet heißt „Atlantis“" in messages(second)[0]
        assert "Es gibt kein Gebiet mit dem Schlüssel 12345." in messages(third)[0]
        # A district of its own and its only municipality share the name: that is not clear either.
        assert "nicht eindeutig" in messages(fourth)[0]

    def test_the_town_stands_in_for_the_place_of_a_new_entry(self):
        weimar = make_municipality(make_district(name="Weimarer Land"), "Apolda")
        found = take_in(list_of(["Name", "Ort"], ["Verein", "Apolda"]))
        assert found.status == ListStatus.DONE
        assert Organisation.objects.get().territory == weimar

    def test_rows_may_name_their_alliance_if_the_list_has_none(self):
        alliance = make_alliance("Bündnis Musterort")
        found = list_of(
            ["Name", "Bündnis"], ["A", "Bündnis Musterort"], ["B", alliance.slug], ["C", "Keins"]
        )
        first, second, third = rows_of(found)
        assert first.values["alliance"] == second.values["alliance"] == alliance.pk
        assert messages(third) == ["Bündnis: Kein Bündnis heißt „Keins“."]

    def test_a_list_for_one_alliance_is_for_no_other(self):
        own, other = make_alliance("Eigenes"), make_alliance("Fremdes")
        (row,) = rows_of(list_of(["Name", "Bündnis"], ["A", other.slug], alliance=own))
        assert messages(row) == ["Bündnis: Diese Liste ist nur für Eigenes."]

    def test_what_cannot_be_read_says_what_to_do(self):
        row = receive(b"PK\x03\x04" + bytes(64))
        assert (row.status, row.error) == (
            ListStatus.FAILED,
            "Die Datei ist beschädigt oder von anderer Art. Bitte als .xlsx oder .csv speichern.",
        )

    def test_jobs_bear_being_run_twice(self):
        from buendnisnetz.upkeep.domain import checking  # noqa: PLC0415

        found = list_of(["Name", "Ort"], ["Verein", "Gera"])
        before = states(found)
        lists.read(partner_list=found.pk, now=NOW)
        checking.check(partner_list=found.pk, now=NOW)
        taking_over.write(partner_list=found.pk, now=NOW)
        found.refresh_from_db()
        assert (found.status, states(found)) == (ListStatus.READY, before)


class TestChanges:
    def test_what_a_row_says_otherwise_is_proposed_and_filling_what_is_empty_is_ticked(self):
        body = make_organisation("Musterverein", email="alt@example.org")
        (row,) = rows_of(
            list_of(
                ["Name", "E-Mail", "Telefon", "PLZ"],
                ["Musterverein", "neu@example.org", "0361 1234", ""],
            )
        )
        assert row.organisation == body
        assert [(c["field"], c["before"], c["after"], c["take"]) for c in row.changes] == [
            ("email", "alt@example.org", "neu@example.org", False),
            ("phone", "", "0361 1234", True),
        ]

    def test_an_id_says_that_the_row_was_meant_so(self):
        body = make_organisation("Musterverein", email="alt@example.org")
        (row,) = rows_of(
            list_of(["ID", "Name", "E-Mail"], [body.public_id, "Musterverein", "neu@example.org"])
        )
        assert [change["take"] for change in row.changes] == [True]

    def test_an_empty_cell_takes_nothing_away(self):
        body = make_organisation("Musterverein", email="alt@example.org")
        (row,) = rows_of(list_of(["ID", "Name", "E-Mail"], [body.public_id, "Musterverein", ""]))
        assert row.changes == []

    def test_taken_over_with_history_and_version(self):
        body = make_organisation("Musterverein", email="alt@example.org")
        post = make_post(body)
        found = list_of(
            ["ID", "Name", "E-Mail", "Andere Namen", "Besteht seit"],
            [body.public_id, "Musterverein Ost", "neu@example.org", "MV; Verein M", "01.03.1999"],
        )
        take_in(found)
        body.refresh_from_db()
        post.refresh_from_db()
        assert (body.name, body.email, body.valid_from) == (
            "Musterverein Ost", "neu@example.org", date(1999, 3, 1),
        )  # fmt: skip
        assert body.other_names == "MV; Verein M"
        assert post.scope_name == "Musterverein Ost"
        assert body.version > 1
        assert "aus einer Liste übernommen" in {entry.action for entry in history_of(body)}

    def test_what_somebody_changed_in_the_meantime_stays(self):
        body = make_organisation("Musterverein", email="alt@example.org", phone="1234")
        found = list_of(
            ["ID", "Name", "E-Mail", "Telefon"],
            [body.public_id, "Musterverein", "neu@example.org", "5678"],
        )
        organisations.edit_organisation(
            organisation=body, version=1, email="anders@example.org", actor=None
        )
        take_in(found)
        body.refresh_from_db()
        assert (body.email, body.phone) == ("anders@example.org", "5678")
        assert rows_of(found)[0].notes == [
            "E-Mail-Adresse hat inzwischen jemand geändert und bleibt so."
        ]

    def test_changes_that_are_not_ticked_are_left(self):
        body = make_organisation("Musterverein", email="alt@example.org")
        found = list_of(["ID", "Name", "E-Mail"], [body.public_id, "Musterverein", "x@example.org"])
        deciding.take_all_changes(partner_list=found, take=False, actor=found.uploaded_by)
        take_in(found)
        body.refresh_from_db()
        assert body.email == "alt@example.org"

    def test_a_coordinator_proposes_what_is_not_the_own_to_change(self):
        alliance = make_alliance()
        user = make_user(Role.ALLIANCE_COORDINATOR, alliance)
        body = make_organisation("Musterverein", email="alt@example.org")
        found = list_of(
            ["ID", "Name", "E-Mail", "Mitglied seit"],
            [body.public_id, "Musterverein", "neu@example.org", "01.01.2020"],
            alliance=alliance, actor=user,
        )  # fmt: skip
        take_in(found)
        body.refresh_from_db()
        assert body.email == "alt@example.org"
        correction = Correction.objects.get()
        assert correction.fields == {
            "email": {"shown": "alt@example.org", "proposed": "neu@example.org"}
        }
        assert correction.proposed_by == user
        # The membership of the own alliance is.
        assert Membership.objects.get().valid_from == date(2020, 1, 1)


class TestDeciding:
    def test_one_row_is_this_entry(self):
        make_organisation("Kita „Sonnenwinkel“ Erfurt", phone="0361 1")
        found = list_of(["Name", "Telefon"], ["Kita Sonnenwinkl Erfurt", "0361 123"])
        (row,) = rows_of(found)
        number = row.candidates[0]["pk"]
        decided = deciding.decide_row(
            row=row, choice=SAME, candidate=number, taken=None, actor=found.uploaded_by
        )
        assert (decided.choice, decided.organisation_id) == (SAME, number)
        assert [change["field"] for change in decided.changes] == ["name", "phone"]
        deciding.decide_row(
            row=row, choice=SAME, candidate=number, taken=["phone"], actor=found.uploaded_by
        )
        take_in(found)
        body = Organisation.objects.get()
        assert (body.name, body.phone) == ("Kita „Sonnenwinkel“ Erfurt", "0361 123")

    def test_one_row_is_new_after_all(self):
        make_organisation("Musterverein")
        found = list_of(["Name", "Ort"], ["Musterverein", ""])
        (row,) = rows_of(found)
        deciding.decide_row(row=row, choice=NEW, candidate=None, taken=None, actor=None)
        take_in(found)
        assert Organisation.objects.count() == 2

    def test_a_stranger_is_no_candidate(self):
        make_organisation("Kita „Sonnenwinkel“ Erfurt")
        stranger = make_organisation("Ganz anders")
        (row,) = rows_of(list_of(["Name", "Ort"], ["Kita Sonnenwinkl Erfurt", ""]))
        for number in (stranger.pk, None):
            with pytest.raises(deciding.NoCandidateError):
                deciding.decide_row(row=row, choice=SAME, candidate=number, taken=None, actor=None)

    @pytest.mark.parametrize("choice", [NEW, SAME, OPEN])
    def test_faulty_rows_can_only_be_left_out(self, choice):
        (row,) = rows_of(list_of(["Name", "PLZ"], ["Verein", "x"]))
        with pytest.raises(deciding.ChoiceError):
            deciding.decide_row(row=row, choice=choice, candidate=None, taken=None, actor=None)

    def test_a_whole_kind_at_once(self):
        for name in ("Kita „Sonnenwinkel“ Erfurt", "Kita „Am Mühlgraben“ Gera"):
            make_organisation(name)
        found = list_of(
            ["Name", "Telefon"], ["Kita Sonnenwinkl Erfurt", "12345"],
            ["Kita Am Mühlgrabn Gera", ""], ["Backhaus Krume", ""],
        )  # fmt: skip
        count = deciding.decide_all(
            partner_list=found, match=RowMatch.SIMILAR, choice=SAME, actor=None
        )
        assert count == 2
        assert [row.choice for row in rows_of(found)] == [SAME, SAME, NEW]
        assert [c["field"] for c in rows_of(found)[0].changes] == ["name", "phone"]
        deciding.decide_all(partner_list=found, match=RowMatch.SIMILAR, choice=NEW, actor=None)
        assert rows_of(found)[0].organisation is None
        assert rows_of(found)[0].changes == []
        deciding.decide_all(partner_list=found, match=RowMatch.UNKNOWN, choice=SKIP, actor=None)
        assert [row.choice for row in rows_of(found)] == [NEW, NEW, SKIP]

    def test_a_kind_cannot_become_what_its_rows_cannot(self):
        found = list_of(["Name", "Ort"], ["Verein", ""])
        with pytest.raises(deciding.ChoiceError):
            deciding.decide_all(partner_list=found, match=RowMatch.UNKNOWN, choice=SAME, actor=None)

    def test_not_once_it_is_taken_in(self):
        found = take_in(list_of(["Name", "Ort"], ["Verein", ""]))
        with pytest.raises(lists.ListStateError) as caught:
            deciding.decide_all(partner_list=found, match=RowMatch.UNKNOWN, choice=SKIP, actor=None)
        assert "„übernommen“" in str(caught.value)


class TestTakingIn:
    HEADER = (
        "Name", "Kurzname", "Art", "Seite", "Branche", "Anzahl Mitarbeiter", "Straße", "PLZ", "Ort",
        "E-Mail", "Telefon", "Website", "Mitglied seit", "Beiträge", "Bemerkung", "Weitere Namen",
    )  # fmt: skip
    ROW = (
        "Backhaus Krume GmbH", "Krume", "Firma", "Wirtschaft", "10.71", "25", "Weg 1", "99084",
        "Erfurt", "info@krume.example", "0361 12345", "www.krume.example", "01.05.2015",
        "Räume; Geld", "bäckt zu Festen", "Bäckerei Krume; Krume Backwaren",
    )  # fmt: skip

    def test_everything_that_a_row_says(self):
        alliance = make_alliance()
        take_in(list_of(self.HEADER, self.ROW, alliance=alliance))
        body = Organisation.objects.get()
        assert (body.kind, body.sector, body.wz_section, body.size_class) == (
            "COMPANY", "BUSINESS", "C", "SMALL",
        )  # fmt: skip
        assert (body.website, body.short_name) == ("https://www.krume.example", "Krume")
        assert body.other_names == "Bäckerei Krume; Krume Backwaren"
        assert OrganisationAlias.objects.filter(organisation=body).count() == 2
        link = Membership.objects.get()
        assert (link.alliance, link.valid_from) == (alliance, date(2015, 5, 1))
        assert (link.contributions, link.note) == (["ROOMS", "MONEY"], "bäckt zu Festen")
        assert Organisation.objects.search("krume").count() == 1

    def test_a_missing_kind_is_guessed_by_the_name_and_the_side_by_the_kind(self):
        take_in(list_of(["Name", "Ort"], ["Kita Sternschnuppe", ""], ["Stahl GmbH", ""]))
        kinds = dict(Organisation.objects.values_list("name", "kind"))
        assert kinds == {"Kita Sternschnuppe": "CHILDCARE", "Stahl GmbH": "COMPANY"}

    def test_a_member_that_is_one_already_is_not_doubled(self):
        alliance = make_alliance()
        body = make_organisation("Musterverein")
        make_membership(alliance, body, since=date(2015, 1, 1))
        found = list_of(
            ["Name", "Mitglied seit"], ["Musterverein", "01.01.2015"], alliance=alliance
        )
        assert rows_of(found)[0].changes == []
        take_in(found)
        assert Membership.objects.count() == 1

    def test_who_left_joins_again_after_having_left(self):
        alliance = make_alliance()
        link = make_membership(alliance, make_organisation("Musterverein"))
        memberships.end_membership(
            membership=link, last_day=date(2024, 12, 31), reason="", actor=None
        )
        found = list_of(
            ["Name", "Mitglied seit"], ["Musterverein", "01.01.2010"], alliance=alliance
        )
        assert "War Mitglied bis 31.12.2024" in rows_of(found)[0].notes[0]
        take_in(found)
        assert Membership.objects.get(valid_to=None).valid_from == date(2025, 1, 1)

    def test_the_faulty_rows_stay_behind_and_the_rest_goes_in(self):
        found = list_of(
            ["Name", "PLZ"], *[[f"Verein {n}", "99084" if n % 5 else "x"] for n in range(20)]
        )
        take_in(found)
        assert Organisation.objects.count() == 16
        assert PartnerList.objects.get().rows.filter(match=RowMatch.FAULTY).count() == 4

    def test_undecided_rows_stand_in_the_way(self):
        make_organisation("Kita „Sonnenwinkel“ Erfurt")
        found = list_of(["Name", "Ort"], ["Kita Sonnenwinkl Erfurt", ""], ["Neu", ""])
        with pytest.raises(taking_over.UndecidedRowsError) as caught:
            taking_over.confirm(partner_list=found, actor=found.uploaded_by)
        assert "1 Zeilen sind noch nicht entschieden" in str(caught.value)

    def test_nothing_to_take_in_is_said(self):
        found = list_of(["Name", "PLZ"], ["Verein", "x"])
        with pytest.raises(taking_over.NothingToWriteError):
            taking_over.confirm(partner_list=found, actor=found.uploaded_by)

    def test_all_or_nothing(self):
        """Somebody lets the organisation join in the meantime; the database says no to the second."""
        alliance = make_alliance()
        body = make_organisation("Musterverein")
        found = list_of(
            ["Name", "Mitglied seit"], ["Ganz neu", ""], ["Musterverein", "01.01.2015"],
            alliance=alliance,
        )  # fmt: skip
        taking_over.confirm(partner_list=found, actor=found.uploaded_by)
        Organisation.objects.filter(pk=body.pk).delete()
        taking_over.write(partner_list=found.pk, now=NOW)
        found.refresh_from_db()
        assert found.status == ListStatus.READY
        assert "Zeile 3: Den Eintrag gibt es nicht mehr." in found.error
        assert not Organisation.objects.exists()

    def test_the_database_has_the_last_word(self):
        alliance = make_alliance()
        found = list_of(["Name", "Ort"], ["A", ""], alliance=alliance)
        row = rows_of(found)[0]
        row.values["postcode"] = "zu lang"
        row.save()
        row.values.pop("postcode")
        row.values["since"] = "2030-01-01"
        row.save()
        take_in(found)
        assert Membership.objects.get().valid_from == date(2030, 1, 1)


class TestTakingBack:
    def counts(self):
        models = (Organisation, Membership, OrganisationAlias, WrittenRow, Correction)
        return [model.objects.count() for model in models]

    def test_leaves_no_trace(self):
        alliance = make_alliance()
        make_membership(alliance, make_organisation("Bleibt"))
        before = self.counts()
        found = take_in(list_of(TestTakingIn.HEADER, TestTakingIn.ROW, alliance=alliance))
        assert self.counts() != before
        taking_back.undo_list(partner_list=found, actor=found.uploaded_by)
        assert self.counts() == before
        found.refresh_from_db()
        assert (found.status, found.rows.count()) == (ListStatus.UNDONE, 1)

    def test_changes_are_as_before(self):
        body = make_organisation("Musterverein", email="alt@example.org")
        place = make_municipality(make_district())
        post = make_post(body)
        found = take_in(
            list_of(
                ["ID", "Name", "E-Mail", "AGS", "Besteht seit", "Andere Namen"],
                [body.public_id, "Umbenannt", "neu@example.org", place.ags, "1999", "MV"],
            )
        )
        body.refresh_from_db()
        assert (body.territory, body.name) == (place, "Umbenannt")
        taking_back.undo_list(partner_list=found, actor=None)
        body.refresh_from_db()
        post.refresh_from_db()
        assert (body.name, body.email, body.territory, body.valid_from, body.other_names) == (
            "Musterverein", "alt@example.org", None, None, "",
        )  # fmt: skip
        assert body.aliases.count() == 0
        assert post.scope_name == "Musterverein"

    def test_a_changed_membership_is_as_before(self):
        alliance = make_alliance()
        link = make_membership(alliance, make_organisation("Musterverein"), since=None)
        found = take_in(
            list_of(["Name", "Mitglied seit", "Beiträge"], ["Musterverein", "2015", "Räume"],
                    alliance=alliance)
        )  # fmt: skip
        link.refresh_from_db()
        assert (link.valid_from, link.contributions) == (date(2015, 1, 1), ["ROOMS"])
        taking_back.undo_list(partner_list=found, actor=None)
        link.refresh_from_db()
        assert (link.valid_from, link.contributions) == (None, [])

    def test_not_once_somebody_edited_an_entry(self):
        found = take_in(list_of(["Name", "Ort"], ["Verein", ""]))
        body = Organisation.objects.get()
        organisations.edit_organisation(organisation=body, version=1, phone="0361", actor=None)
        with pytest.raises(taking_back.BuiltUponError) as caught:
            taking_back.undo_list(partner_list=found, actor=None)
        assert "Verein wurde bearbeitet" in str(caught.value) or "geändert" in str(caught.value)
        assert Organisation.objects.count() == 1

    def test_not_once_something_hangs_on_an_entry(self):
        found = take_in(list_of(["Name", "Ort"], *[[f"Verein {n}", ""] for n in range(9)]))
        for body in Organisation.objects.all():
            make_term(make_post(body, "Leitung"), make_person())
        with pytest.raises(taking_back.BuiltUponError) as caught:
            taking_back.undo_list(partner_list=found, actor=None)
        assert "Leitung" in str(caught.value)
        assert Organisation.objects.count() == 9

    def test_not_once_an_entry_is_gone(self):
        found = take_in(list_of(["Name", "Ort"], ["Verein", ""]))
        Organisation.objects.all().delete()
        with pytest.raises(taking_back.BuiltUponError) as caught:
            taking_back.undo_list(partner_list=found, actor=None)
        assert "zusammengeführt oder gelöscht" in str(caught.value)

    def test_and_taken_in_once_more(self):
        found = take_in(list_of(["Name", "Ort"], ["Verein", ""]))
        taking_back.undo_list(partner_list=found, actor=None)
        found.refresh_from_db()
        from buendnisnetz.upkeep.domain import checking  # noqa: PLC0415

        lists.check_again(partner_list=found, actor=None)
        checking.check(partner_list=found.pk, now=NOW)
        found.refresh_from_db()
        take_in(found)
        assert Organisation.objects.count() == 1


class TestTheWay:
    def test_put_away_and_taken_up_again(self):
        row = receive(xlsx(["Name", "Ort"], ["Verein", ""]))
        lists.discard(partner_list=row, actor=None)
        with pytest.raises(lists.ListStateError):
            lists.name_columns(partner_list=row, columns=["name", "city"], actor=None, now=NOW)
        lists.back_to_columns(partner_list=row, actor=None)
        row.refresh_from_db()
        assert row.status == ListStatus.MAPPING

    def test_another_sheet_of_the_same_file(self):
        from tests.upkeep.test_reading import book  # noqa: PLC0415

        row = receive(book(Eins=[["Name", "Ort"], ["A", "B"]], Zwei=[["Name", "PLZ"], ["C", "1"]]))
        lists.choose_sheet(partner_list=row, sheet="Zwei", actor=None)
        lists.read(partner_list=row.pk, now=NOW)
        row.refresh_from_db()
        assert (row.sheet, row.header) == ("Zwei", ["Name", "PLZ"])
        with pytest.raises(lists.ColumnsError):
            lists.choose_sheet(partner_list=row, sheet="Drei", actor=None)

    def test_too_many_uploads_in_an_hour(self):
        user = make_user(Role.STATE_COORDINATION)
        for _upload in range(lists.UPLOADS_PER_HOUR):
            receive(b"Name;Ort\nA;B\n", "a.csv", actor=user)
        with pytest.raises(DomainError):
            receive(b"Name;Ort\nA;B\n", "a.csv", actor=user)

    def test_coordinators_see_the_lists_of_their_alliances(self):
        own, other = make_alliance(), make_alliance()
        mine = receive(b"Name;Ort\nA;B\n", "a.csv", alliance=own)
        receive(b"Name;Ort\nA;B\n", "a.csv", alliance=other)
        receive(b"Name;Ort\nA;B\n", "a.csv")
        user = make_user(Role.ALLIANCE_COORDINATOR, own)
        assert list(PartnerList.objects.visible_to(user)) == [mine]
        assert PartnerList.objects.visible_to(make_user(Role.STATE_COORDINATION)).count() == 3
        assert not PartnerList.objects.visible_to(
            make_user(Role.MEMBER, make_organisation())
        ).exists()

    def test_a_merged_entry_is_found_by_its_old_id(self):
        from buendnisnetz.upkeep.domain.merges import merge_organisations  # noqa: PLC0415

        kept, gone = make_organisation("Bleibt"), make_organisation("Geht")
        old = gone.public_id
        merge_organisations(kept=kept, gone=gone, from_gone=[], actor=None, now=NOW)
        (row,) = rows_of(list_of(["ID", "Name"], [old, "Geht"]))
        assert (row.match, row.organisation) == (RowMatch.NUMBERED, kept)

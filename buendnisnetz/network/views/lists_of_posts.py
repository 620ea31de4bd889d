"""The lists of people, posts and working groups."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from buendnisnetz.accounts.gate import EVERY_ROLE, open_to
from buendnisnetz.core.words import words_of
from buendnisnetz.network import rules
from buendnisnetz.network.domain.queries import holders, people, posts, working_groups
from buendnisnetz.network.enums import PostKind
from buendnisnetz.network.forms import filters
from buendnisnetz.network.models import Person, Post, WorkingGroup
from buendnisnetz.network.presenters import address_of, period
from buendnisnetz.network.views.listing import NetworkList
from buendnisnetz.ui.jinja import format_date, url
from buendnisnetz.ui.listing import Cell, Column


@open_to(*EVERY_ROLE)
class PersonListView(NetworkList):
    title = gettext_lazy("People")
    tab = "person"
    export_name = "personen"
    filter_class = filters.PersonFilter
    default_sort = "name"
    empty_title = gettext_lazy("Nobody here yet")
    empty_text = gettext_lazy("People appear with the posts that you may see.")
    columns = (
        Column("name", gettext_lazy("Name"), ("sort_key",)),
        Column("role", gettext_lazy("Function on that day")),
        Column("place", gettext_lazy("At")),
    )
    fields = ("pk", "public_id", "academic_title", "given_name", "family_name")

    def queryset(self) -> QuerySet[Any]:
        return Person.objects.visible_one_by_one(self.request.user)

    def narrow(self, rows: QuerySet[Any], values: dict[str, Any]) -> QuerySet[Any]:
        return people.narrowed(rows, values, self.day)

    def complete(self, records: list[dict[str, Any]]) -> list[dict[str, Any]]:
        numbers = [record["pk"] for record in records]
        roles = holders.roles_on(numbers, self.day, self.request.user)
        return [{**record, "roles": roles.get(record["pk"], [])} for record in records]

    def cells(self, record: dict[str, Any]) -> list[Cell]:
        parts = (record["academic_title"], record["given_name"], record["family_name"])
        found = record["roles"]
        return [
            Cell(
                " ".join(filter(None, parts)),
                address_of("network:person_detail")(record["public_id"]),
            ),
            Cell(" · ".join(dict.fromkeys(role.title for role in found)) or "–"),
            Cell(" · ".join(dict.fromkeys(role.scope for role in found)) or "–"),
        ]

    def actions(self) -> list[tuple[str, str]]:
        allowed = rules.can_create(self.request.user)
        return [(_("Add a person"), url("network:person_create"))] if allowed else []


@open_to(public=True)
class PostListView(NetworkList):
    title = gettext_lazy("Contacts and posts")
    tab = "post"
    export_name = "ansprechstellen"
    filter_class = filters.PostFilter
    default_sort = "scope"
    intro = gettext_lazy("The address belongs to the post: it stays when the person changes.")
    empty_title = gettext_lazy("No official contact yet")
    empty_text = gettext_lazy("Posts are added on the page of their organisation or alliance.")
    columns = (
        Column("title", gettext_lazy("Function"), ("sort_key",)),
        Column("scope", gettext_lazy("Belongs to"), ("scope_sort_key",)),
        Column("holder", gettext_lazy("Holder")),
        Column("email", gettext_lazy("E-mail address"), ("email",)),
        Column("phone", gettext_lazy("Phone")),
        Column("kind", gettext_lazy("Kind"), export_only=True),
        Column("confirmed", gettext_lazy("Confirmed"), ("confirmed_on",)),
    )
    fields = (
        "pk", "public_id", "title", "kind", "scope_name", "email", "phone", "confirmed_on",
        "is_contact",
    )  # fmt: skip

    def queryset(self) -> QuerySet[Any]:
        return Post.objects.visible_to(self.request.user)

    def narrow(self, rows: QuerySet[Any], values: dict[str, Any]) -> QuerySet[Any]:
        return posts.narrowed(rows, values, self.day)

    def complete(self, records: list[dict[str, Any]]) -> list[dict[str, Any]]:
        numbers = [record["pk"] for record in records]
        names = holders.names_of_holders(numbers, self.day, self.request.user)
        return [{**record, "holder": names.get(record["pk"], "")} for record in records]

    def cells(self, record: dict[str, Any]) -> list[Cell]:
        return [
            Cell(record["title"], address_of("network:post_detail")(record["public_id"])),
            Cell(record["scope_name"]),
            Cell(record["holder"] or "–"),
            Cell(record["email"], f"mailto:{record['email']}" if record["email"] else ""),
            Cell(record["phone"]),
            Cell(words_of(PostKind)[record["kind"]]),
            Cell(format_date(record["confirmed_on"])),
        ]


@open_to(public=True)
class GroupListView(NetworkList):
    title = gettext_lazy("Working groups")
    tab = "group"
    export_name = "arbeitsgruppen"
    filter_class = filters.GroupFilter
    default_sort = "name"
    empty_title = gettext_lazy("No working group yet")
    empty_text = gettext_lazy("Groups have a mandate; their results stay when they end.")
    columns = (
        Column("name", gettext_lazy("Name"), ("sort_key",)),
        Column("topic", gettext_lazy("Topic"), ("topic",)),
        Column("alliance", gettext_lazy("Alliance"), ("alliance__sort_key",)),
        Column("members", gettext_lazy("Members"), numeric=True),
        Column("period", gettext_lazy("Period"), ("valid_to",)),
    )
    fields = (
        "pk", "public_id", "name", "topic", "alliance__name", "alliance__slug", "valid_from",
        "valid_to",
    )  # fmt: skip

    def queryset(self) -> QuerySet[Any]:
        return WorkingGroup.objects.visible_to(self.request.user)

    def narrow(self, rows: QuerySet[Any], values: dict[str, Any]) -> QuerySet[Any]:
        return working_groups.narrowed(rows, values, self.day)

    def complete(self, records: list[dict[str, Any]]) -> list[dict[str, Any]]:
        counts = working_groups.member_counts([record["pk"] for record in records], self.day)
        return [{**record, "members": counts.get(record["pk"], 0)} for record in records]

    def cells(self, record: dict[str, Any]) -> list[Cell]:
        slug = record["alliance__slug"]
        return [
            Cell(record["name"], address_of("network:group_detail")(record["public_id"])),
            Cell(record["topic"] or "–"),
            Cell(record["alliance__name"], address_of("network:alliance_detail")(slug))
            if slug
            else Cell(_("the whole state")),
            Cell(str(record["members"])),
            Cell(
                period(record["valid_from"], record["valid_to"]) or "–",
                tone="warning" if record["valid_to"] else "",
            ),
        ]

    def actions(self) -> list[tuple[str, str]]:
        allowed = rules.can_create(self.request.user)
        return [(_("Add a working group"), url("network:group_create"))] if allowed else []

"""Reading people."""

from datetime import date
from typing import Any

from django.db.models import QuerySet

from buendnisnetz.audit.history import history_of
from buendnisnetz.core import slots
from buendnisnetz.core.gathering import gathered
from buendnisnetz.network.models import Person, Term


def narrowed(people: QuerySet[Person], values: dict[str, Any], day: date) -> QuerySet[Person]:
    """Apply the filter of the list; people whose name was removed are left out."""
    rows = people.filter(erased_at=None)
    held = Term.objects.as_of(day)
    if values.get("kind"):
        rows = rows.filter(pk__in=held.filter(post__kind=values["kind"]).values("person"))
    if values.get("district"):
        posts = held.filter(post__organisation__territory__ags__startswith=values["district"])
        rows = rows.filter(pk__in=posts.values("person"))
    if values.get("terms") == "current":
        rows = rows.filter(pk__in=held.values("person"))
    elif values.get("terms") == "none":
        rows = rows.exclude(pk__in=held.values("person"))
    return rows


def export_person(*, person: Person) -> dict[str, Any]:
    """Everything that is stored about a person, as plain data (GDPR Art. 15).

    Rooms above add theirs through the slot ``network.person.export``, as JSON text.
    """
    own = ("given_name", "family_name", "academic_title", "email", "phone", "note", "erased_at")
    terms = list(person.terms.select_related("post").order_by("valid_from", "pk"))
    said = gathered(
        spellings=person.aliases.order_by("pk").values("name"),
        consents=person.consents.order_by("pk").values(
            "kind", "text", "given_on", "withdrawn_on", "evidence"
        ),
    )
    return {
        "person": {name: getattr(person, name) for name in own},
        "account": person.user.email if person.user else None,
        "other_spellings": [row["name"] for row in said["spellings"]],
        "consents": said["consents"],
        "terms": [
            {
                "post": term.post.title,
                "belongs_to": term.post.scope_name,
                "from": term.valid_from,
                "to": term.valid_to,
                "acting": term.is_acting,
                "source": term.evidence,
            }
            for term in terms
        ],
        "history": [
            {"at": entry.at, "act": entry.action, "by": entry.actor}
            for entry in history_of(person, *terms)
        ],
        "other": slots.render("network.person.export", person),
    }

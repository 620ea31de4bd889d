"""What a post belongs to: one of four kinds of rows, told apart by type."""

from buendnisnetz.network.models import Alliance, Organisation, Post, WorkingGroup
from buendnisnetz.territories.models import Territory

Scope = Organisation | Alliance | WorkingGroup | Territory


def field_of(scope: Scope) -> str:
    """The post's foreign key for this scope."""
    fields: dict[type, str] = {
        Organisation: "organisation",
        Alliance: "alliance",
        WorkingGroup: "working_group",
        Territory: "territory",
    }
    return fields[type(scope)]


def rename_scope(scope: Scope) -> None:
    """Let the posts of a scope follow its name; one save each, because saving writes the index."""
    for post in Post.objects.filter(**{field_of(scope): scope}).exclude(scope_name=scope.name):
        post.scope_name = scope.name
        post.save()

"""Whose work something is, and at which address a post is reached."""

from datetime import date

from buendnisnetz.network.domain.queries.holders import current_contact, holders_on
from buendnisnetz.network.enums import OrganisationKind
from buendnisnetz.network.models import Alliance, Organisation, Post, WorkingGroup


def office_post(today: date) -> Post | None:
    """The post of the coordination office that takes what belongs to nobody else."""
    posts = Post.objects.as_of(today).filter(
        organisation__kind=OrganisationKind.COORDINATION_OFFICE, organisation__valid_to=None
    )
    found: Post | None = posts.order_by("-is_contact", "organisation", "pk").first()
    return found


def responsible_post(alliance: Alliance | None, today: date) -> Post | None:
    """The post that coordinates an alliance; the coordination office's if there is none."""
    contact = current_contact(alliance, today) if alliance is not None else None
    return contact.post if contact else office_post(today)


def contact_of(scope: Alliance | Organisation | WorkingGroup, today: date) -> Post | None:
    """The post that one would write to: an official contact with an address, before others.

    A working group without a post of its own is reached through its alliance.
    """
    if isinstance(scope, Alliance):
        posts = Post.objects.as_of(today).filter(alliance=scope)
    elif isinstance(scope, WorkingGroup):
        posts = Post.objects.as_of(today).filter(working_group=scope)
    else:
        posts = Post.objects.as_of(today).filter(organisation=scope)
    found: Post | None = posts.order_by("-is_contact", "pk").exclude(email="").first()
    found = found or posts.order_by("-is_contact", "pk").first()
    if found is None and isinstance(scope, WorkingGroup) and scope.alliance is not None:
        return contact_of(scope.alliance, today)
    return found


def reply_address(holder: Post | None, alliance: Alliance | None, today: date) -> str:
    """Where answers to a mail about a prospect go: to an office's address, never to a person's own."""
    post = holder or responsible_post(alliance, today)
    return post.email if post is not None else ""


def mail_address(post: Post | None, today: date) -> str:
    """Where a post gets its mail: the office's address, else its holder's own; empty if neither."""
    if post is None:
        return ""
    if post.email:
        return post.email
    for term in holders_on(post, today):
        user = term.person.user
        address = term.person.email or (user.email if user else "")
        if address:
            return address
    return ""

"""The main navigation: this room stands above all others and knows them."""

from django.utils.translation import gettext_lazy as _

from buendnisnetz.accounts.access import access_of
from buendnisnetz.ui import navigation

navigation.register(
    _("Users"), "accounts:user_list", order=90, shown=lambda user: access_of(user).sees_whole_state
)

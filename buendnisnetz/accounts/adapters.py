"""How allauth behaves here: accounts exist only by invitation, mail goes through the outbox."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.models import EmailAddress
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.conf import settings
from django.contrib import messages  # noqa: TID251 -- the adapter answers for allauth's views
from django.http import (  # noqa: TID251 -- the adapter answers for allauth's views
    HttpRequest,
    HttpResponseRedirect,
)
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from buendnisnetz.notifications.outbox import queue_mail

# Sentences that allauth's German catalogue says with "du": ours comes first and says "Sie".
OUR_WORDING = (
    gettext_noop("Be patient, you are sending too many requests."),
    gettext_noop("Please type your current password."),
    gettext_noop("Too many failed login attempts. Try again later."),
    gettext_noop("You have signed out."),
    gettext_noop("You must type the same password each time."),
)


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Nobody signs up alone. No mail is lost because the mail server sleeps."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        values = {"site": settings.SITE_NAME, **context}
        mail = self.render_mail(template_prefix, email, values)
        queue_mail(
            to=email,
            subject=str(mail.subject),
            text=f"{mail.body}\n",
            kind=template_prefix.replace("/email/", "."),
            now=timezone.now(),
        )

    def send_notification_mail(
        self,
        template_prefix: str,
        user: Any,
        context: dict[str, Any] | None = None,
        email: str | None = None,
    ) -> None:
        # Addresses are proved by the invitation, so there need be no row for them at allauth.
        super().send_notification_mail(template_prefix, user, context, email or user.email)

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("accounts:profile")


class SocialAccountAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """Single sign-on opens existing accounts with the same, verified address; it creates none."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        return False

    def authenticate_by_email(self, sociallogin: Any) -> tuple[Any, str] | None:
        """The account with an address that is proved over there.

        The invitation proved it here too; without a row that says so, allauth would take away the
        account's password.
        """
        found: tuple[Any, str] | None = super().authenticate_by_email(sociallogin)
        if found is not None:
            user, email = found
            EmailAddress.objects.get_or_create(
                user=user, email=email, defaults={"verified": True, "primary": True}
            )
        return found

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        if not sociallogin.is_existing:
            text = _(
                "There is no account here with your address. Accounts are given by invitation."
            )
            raise _back_to_sign_in(request, text)

    def on_authentication_error(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        text = _("Signing in there did not work. Please try again, or use your password.")
        raise _back_to_sign_in(request, text)


def _back_to_sign_in(request: HttpRequest, text: str) -> ImmediateHttpResponse:
    messages.error(request, text)
    return ImmediateHttpResponse(HttpResponseRedirect(reverse("account_login")))

import logging
from smtplib import SMTPException
from typing import Any
from urllib.parse import urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.http import HttpRequest

logger = logging.getLogger(__name__)


class AccountAdapter(DefaultAccountAdapter):
    """Accounts are given by an administrator; nobody makes one for themselves."""

    def is_open_for_signup(self, _request: HttpRequest) -> bool:
        return False

    def get_reset_password_from_key_url(self, key: str) -> str:
        """The address as the house knows itself, whatever host the request named."""
        path: str = urlsplit(super().get_reset_password_from_key_url(key)).path
        return settings.SITE_URL + path

    def send_mail(
        self, template_prefix: str, email: str, context: dict[str, Any]
    ) -> None:
        """A mail server that is down answers nobody's question about an account."""
        try:
            super().send_mail(template_prefix, email, context)
        except (SMTPException, OSError) as error:
            logger.error("Account mail was not sent: %s", type(error).__name__)  # noqa: TRY400  no addresses

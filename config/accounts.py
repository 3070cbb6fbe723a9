import logging
from ipaddress import ip_address, ip_network
from smtplib import SMTPException
from typing import Any
from urllib.parse import urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.http import HttpRequest

logger = logging.getLogger(__name__)


def network(address: str) -> str:
    """The neighbourhood of an address: one customer's, as networks are given out."""
    narrow = 24 if ip_address(address).version == 4 else 64  # noqa: PLR2004  as in IPv4
    return str(ip_network(f"{address}/{narrow}", strict=False))


class AccountAdapter(DefaultAccountAdapter):
    """Accounts are given by an administrator; nobody makes one for themselves."""

    def is_open_for_signup(self, _request: HttpRequest) -> bool:
        return False

    def _get_login_attempts_cache_key(
        self, request: HttpRequest, **credentials: Any
    ) -> str:
        """Whoever guesses from elsewhere locks nobody out of where they are."""
        account: str = super()._get_login_attempts_cache_key(request, **credentials)
        return f"{account}:{network(self.get_client_ip(request))}"

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

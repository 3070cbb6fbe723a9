from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class AccountAdapter(DefaultAccountAdapter):
    """Accounts are given by an administrator; nobody makes one for themselves."""

    def is_open_for_signup(self, _request: HttpRequest) -> bool:
        return False

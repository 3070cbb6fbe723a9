from allauth.account.decorators import secure_admin_login
from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.templatetags.static import static
from django.urls import include, path

from config import health

admin.autodiscover()
admin.site.site_header = admin.site.site_title = "Imprimatur: accounts and the board"
admin.site.index_title = "Accounts and the board"
admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]


def icon(_request: HttpRequest) -> HttpResponse:
    """Where browsers look for it on pages that name none."""
    return redirect(static("favicon.svg"))


def redirect_to_account(_request: HttpRequest) -> HttpResponse:
    """One page changes passwords, the one that counts wrong ones."""
    return redirect("account_change_password")


urlpatterns = [
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("favicon.ico", icon),
    path("admin/password_change/", redirect_to_account),
    path("admin/", admin.site.urls),
    path("", include("editorial.urls")),
    path("", include("articles.reading.urls")),
    path("", include("articles.reading.outlets.urls")),
]

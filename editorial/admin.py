"""
The administrator's pages: accounts, the board, and a look at the groups.

Nothing that is written, reviewed or decided can be reached from here. Every change of
an account goes into the ledger, and nobody changes what they may do themselves.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from allauth.account import admin as allauth_account_admin
from allauth.account.forms import ResetPasswordForm
from allauth.account.models import EmailAddress
from allauth.core.context import request_context
from allauth.mfa import admin as allauth_mfa_admin
from allauth.mfa.models import Authenticator
from django import forms
from django.contrib import admin, messages
from django.contrib.auth import admin as auth_admin
from django.contrib.auth.models import Group
from django.db import transaction
from django.db.models import ManyToManyField

from articles.vocabulary import Specialty
from editorial import ledger, proposals, roles
from editorial.actions import accounts, naming
from editorial.models import BoardMember, User

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpRequest

# Imported first, because importing registers them; ours or nobody's stand instead.
LIBRARIES = (auth_admin, allauth_account_admin, allauth_mfa_admin)
for model in (Group, EmailAddress, Authenticator):
    if admin.site.is_registered(model):
        admin.site.unregister(model)


WAITS = "Proposed, and given once a second administrator sets it too: {}."
STALE = (
    "{who} changed this account at {when:%H:%M} UTC on {when:%d %B}, after this page was"
    " drawn. Nothing of yours was saved; open the account again."
)
NOT_TO_CLOSED = "A closed account is given no role that decides."
_FILTERED = ("__exact", "__id__exact", "__isnull")


class Listed(admin.ModelAdmin):  # type: ignore[type-arg]  # the stubs ask for a type that does not exist at run time
    """Lists that an address narrows by their own filters, and by nothing else."""

    def lookup_allowed(self, lookup: str, value: Any, request: HttpRequest) -> bool:
        """Any other column, also one never shown, could be read letter by letter."""
        return lookup in _offered(self) and super().lookup_allowed(
            lookup, value, request
        )


class Recorded(Listed):
    """Rows whose every change is recorded under the account it is about."""

    def has_delete_permission(self, *_args: Any, **_kwargs: Any) -> bool:
        return False

    def save_model(
        self,
        request: HttpRequest,
        obj: Any,
        form: Any,
        change: bool,  # noqa: FBT001  the signature is Django's
    ) -> None:
        ledger.attribute(obj, by=request.user, reason=_what(form, change=change))  # type: ignore[arg-type]
        super().save_model(request, obj, form, change)

    def save_related(
        self,
        request: HttpRequest,
        form: Any,
        formsets: Any,
        change: bool,  # noqa: FBT001  the signature is Django's
    ) -> None:
        super().save_related(request, form, formsets, change)
        user = getattr(form.instance, "user", form.instance)
        by: Any = request.user
        proposes = getattr(form, "withheld", ())
        accounts.open_the_door(user, by=by)
        what = _what(form, change=change)
        keeps = getattr(form, "keeps_proposals", True)
        accounts.record_change(user, by=by, what=what, proposes=proposes, keeps=keeps)
        if proposes:
            said = WAITS.format(", ".join(sorted(proposes)))
            self.message_user(request, said, messages.WARNING)


def _offered(page: Listed) -> set[str]:
    """The parameters that the page's own filters put into an address."""
    names = {str(name) for name in page.list_filter}
    return {f"{name}{ending}" for name in names for ending in _FILTERED}


def _what(form: Any, *, change: bool) -> str:
    name = form._meta.model._meta.verbose_name
    changed = ", ".join(form.changed_data) or "nothing"
    return f"Changed {changed} of the {name}" if change else f"Opened the {name}"


MOVED_BY = (
    "A superuser moves it, but not while the account has a role that decides: "
    "the link to set the password goes there."
)
TAKES_TWO = (
    "A role that decides takes two administrators: one proposes it here, another "
    "gives it in the same way. These are editor, chief editor and administrator."
)


class UserForm(forms.ModelForm):  # type: ignore[type-arg]  # as above
    """
    What takes a second administrator is `withheld`, and proposed instead.

    A form that was drawn before somebody else last changed the account is refused; what
    its owner does stops nobody. One that moves the address, to which the link for the
    password goes, seconds nothing and ends what was proposed for whoever had it before.
    """

    drops = forms.BooleanField(
        required=False, label="Take back what waits for a second administrator"
    )
    drawn = forms.IntegerField(required=False, widget=forms.HiddenInput)

    class Meta:
        help_texts: ClassVar = {"email": MOVED_BY, "groups": TAKES_TWO}

    by: ClassVar[User]
    withheld: frozenset[str] = frozenset()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        user = self.instance
        self.last = proposals.last_by_others(user) if user.pk else None
        self.fields["drawn"].initial = self.last and self.last.pk

    @property
    def keeps_proposals(self) -> bool:
        return not (self.cleaned_data.get("drops") or "email" in self.changed_data)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if self.last and cleaned.get("drawn") != self.last.pk:
            said = STALE.format(who=self.last.actor, when=self.last.at)
            raise forms.ValidationError(said)
        if "groups" in cleaned:
            self._withhold(cleaned)
        return cleaned

    def _withhold(self, cleaned: dict[str, Any]) -> None:
        before = User.objects.filter(pk=self.instance.pk).first() or User()
        wanted = {group.name for group in cleaned["groups"]}
        opens = cleaned["is_active"] and not before.is_active
        allowed = proposals.allowed(
            before, wanted, by=self.by, opens=opens, seconds=self.keeps_proposals
        )
        self.withheld = frozenset(wanted - allowed)
        if self.withheld and not cleaned["is_active"]:
            self.add_error("groups", NOT_TO_CLOSED)
        else:
            cleaned["groups"] = cleaned["groups"].filter(name__in=allowed)


@admin.register(User)
class UserAdmin(Recorded):
    """Accounts; passwords are set by their owners, behind a link in a mail."""

    form = UserForm
    list_display = ("email", "name", "credentials", "is_active", "is_staff")
    list_filter = ("is_active", "groups")
    search_fields = ("email", "name")
    ordering = ("email",)
    formfield_overrides = {ManyToManyField: {"widget": forms.CheckboxSelectMultiple}}
    fields = (
        *("email", "name", "credentials", "affiliation"),
        *("is_active", "groups", "proposed", "drops", "is_superuser"),
        *("is_machine", "date_joined", "last_login", "drawn"),
    )
    actions = ("send_password_link",)

    def get_readonly_fields(
        self, request: HttpRequest, obj: User | None = None
    ) -> tuple[str, ...]:
        """
        Nobody widens their own rights, and superusers are made on the machine.

        Only a superuser moves an address, and never that of somebody who decides: a
        link to set the password goes there.
        """
        fixed: tuple[str, ...] = ("is_machine", "date_joined", "last_login")
        fixed += ("is_superuser", "proposed")
        if obj and (not request.user.is_superuser or roles.decides(obj)):
            fixed += ("email",)
        if obj and obj.pk == request.user.pk:
            fixed += ("groups", "is_active")
        return fixed

    def get_form(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        form: Any = super().get_form(request, *args, **kwargs)
        form.by = request.user
        return form

    @admin.display(description="Waiting for a second administrator")
    def proposed(self, user: User) -> str:
        return "; ".join(proposals.waiting(user)) if user.pk else ""

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Whoever sends a page waits for who was first, and is held against that."""
        if request.method != "POST":
            return super().changeform_view(request, *args, **kwargs)
        with transaction.atomic():
            ledger.hold_named(accounts.CHAIN)
            return super().changeform_view(request, *args, **kwargs)

    def has_change_permission(
        self, request: HttpRequest, obj: User | None = None
    ) -> bool:
        """A superuser's account is for superusers, a machine's for nobody."""
        if obj and (obj.is_machine or obj.is_superuser > request.user.is_superuser):
            return False
        return super().has_change_permission(request, obj)

    def save_model(
        self,
        request: HttpRequest,
        obj: User,
        form: Any,
        change: bool,  # noqa: FBT001  the signature is Django's
    ) -> None:
        if not change:
            obj.set_unusable_password()
        super().save_model(request, obj, form, change)
        if not change:
            transaction.on_commit(lambda: _send_link(request, obj), robust=True)

    @admin.action(description="Send a mail with a link to set the password")
    def send_password_link(
        self, request: HttpRequest, queryset: QuerySet[User]
    ) -> None:
        for user in queryset.filter(is_active=True, is_machine=False):
            accounts.record_change(
                user,
                by=request.user,  # type: ignore[arg-type]
                what="Sent a link to set the password",
            )
            _send_link(request, user)
        self.message_user(request, "The mails are on their way.", messages.SUCCESS)


def _send_link(request: HttpRequest, user: User) -> None:
    form = ResetPasswordForm({"email": user.email})
    if form.is_valid():
        with request_context(request):
            form.save(request)


class BoardMemberForm(forms.ModelForm):  # type: ignore[type-arg]  # as above
    """
    Being named is a member's own choice, on a page of theirs, once they are on the board.

    It is taken off here for somebody who asks by letter, and given back by nobody else.
    """

    unnamed = forms.BooleanField(
        required=False, label="Take their name off, as they asked by letter"
    )
    specialties = forms.MultipleChoiceField(
        choices=Specialty.choices, widget=forms.CheckboxSelectMultiple
    )

    class Meta:
        model = BoardMember
        fields = ("user", "specialties", "load_cap", "named", "since", "until")


@admin.register(BoardMember)
class BoardMemberAdmin(Recorded):
    form = BoardMemberForm
    list_display = ("user", "since", "until", "load_cap", "named")
    list_select_related = ("user",)
    search_fields = ("user__name", "user__email")

    def save_model(
        self,
        request: HttpRequest,
        obj: BoardMember,
        form: Any,
        change: bool,  # noqa: FBT001  the signature is Django's
    ) -> None:
        """A member may choose while an administrator reads, and until the lock is held."""
        unnamed = form.cleaned_data["unnamed"]
        if unnamed:
            naming.print_again(obj.user)
        ledger.hold_named(accounts.CHAIN)
        if change:
            obj.named = BoardMember.objects.get(pk=obj.pk).named and not unnamed
        super().save_model(request, obj, form, change)

    def get_fields(
        self, _request: HttpRequest, obj: BoardMember | None = None
    ) -> tuple[str, ...]:
        asked = ("named", "unnamed") if obj else ("named",)
        return ("user", "specialties", "load_cap", *asked, "since", "until")

    def get_readonly_fields(
        self, _request: HttpRequest, obj: BoardMember | None = None
    ) -> tuple[str, ...]:
        return ("user", "named") if obj else ()


@admin.register(Group)
class GroupAdmin(Listed):
    """The roles, to look at; the program installs them."""

    fields = ("name", "permissions")
    list_display = ("name",)

    def has_add_permission(self, *_args: Any) -> bool:
        return False

    def has_change_permission(self, *_args: Any) -> bool:
        return False

    def has_delete_permission(self, *_args: Any) -> bool:
        return False

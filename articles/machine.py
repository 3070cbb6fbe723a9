"""
The base of everything that has a state: a protected state, a revision, no lost update.

django-fsm guards the state with a switch on the field object that all threads share;
here each row guards itself, so a failed or concurrent refresh never lowers the guard.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django.db import models
from django_fsm import ConcurrentTransition, FSMField, FSMFieldDescriptor

if TYPE_CHECKING:
    from collections.abc import Collection

    class ConcurrentTransitionMixin(models.Model):
        """For the type checker: the package's own class hides every manager from it."""

        class Meta:
            abstract = True

else:
    from django_fsm import ConcurrentTransitionMixin


class LostRaceError(Exception):
    """The row was changed by somebody else since it was read."""


class _OwnGuard(FSMFieldDescriptor):
    def __set__(self, instance: models.Model, value: Any) -> None:
        held = instance.__dict__
        loaded = self.field.name in held and not held.get("_loading")
        if self.field.protected and loaded:
            message = f"{self.field.name} changes only by a transition"
            raise AttributeError(message)
        self.field.set_proxy(instance, value)
        self.field.set_state(instance, value)


class StateField(FSMField):
    """A state that only transitions change."""

    descriptor_class = _OwnGuard

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 20)
        kwargs["protected"] = True
        super().__init__(*args, **kwargs)


class StatefulModel(ConcurrentTransitionMixin, models.Model):
    """
    A row with a protected state and a `revision` that counts its saves.

    Saving a row that somebody else has saved since raises LostRaceError, whether
    the state or only the content moved; forms carry the revision they were drawn from.
    """

    state_field: ClassVar[str] = "state"
    revision = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save every column, so that neither the state nor the history can lag."""
        if not self._state.adding:
            self.revision += 1
        super().save(*args, **kwargs)

    def count_on(self) -> None:
        """Make every form stale that was drawn before, though no column moved."""
        rows = type(self)._default_manager.filter(pk=self.pk)  # noqa: SLF001
        rows.update(revision=models.F("revision") + 1)
        self.revision += 1

    def _get_protected_fsm_fields(self) -> set[str]:
        return set()

    def refresh_from_db(self, *args: Any, **kwargs: Any) -> None:
        self.__dict__["_loading"] = True
        try:
            super().refresh_from_db(*args, **kwargs)
        finally:
            self.__dict__.pop("_loading", None)

    def clean_fields(self, exclude: Collection[str] | None = None) -> None:
        super().clean_fields(exclude={*(exclude or ()), self.state_field})

    def _do_update(self, base_qs: models.QuerySet[Any], *args: Any) -> Any:
        unchanged = base_qs.filter(revision=self.revision - 1)
        try:
            updated = super()._do_update(unchanged, *args)
        except ConcurrentTransition as error:
            raise LostRaceError from error
        if not updated:
            raise LostRaceError
        return updated

"""The history of rows: who changed them, when and why."""

from __future__ import annotations

from functools import cache
from typing import Any

from django.db import models
from simple_history.manager import HistoryManager
from simple_history.models import HistoricalRecords


class _CachedHistoryManager(HistoryManager):
    """The package makes a new manager class at each look at a row's history."""

    @classmethod
    @cache
    def from_queryset(cls, queryset_class: Any, class_name: str | None = None) -> Any:
        return super().from_queryset(queryset_class, class_name)


def history(**options: Any) -> HistoricalRecords:
    """simple-history with reasons of any length and people who cannot vanish."""
    return HistoricalRecords(
        history_change_reason_field=models.TextField(null=True),
        history_manager=_CachedHistoryManager,
        **options,
    )

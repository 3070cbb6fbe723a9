"""Where it is counted how often somebody did what is limited, and nothing of who it was."""

from typing import Any

from django.core.cache.backends.db import DatabaseCache
from django.db import connections, router
from django.utils import timezone
from django.utils.crypto import salted_hmac

SALT = "config.limits"


class Limits(DatabaseCache):
    """
    Rows are found by a keyed hash: who reads the table learns no address and no name.

    What is over goes when somebody asks for it, and from time to time all of it.
    """

    def make_key(self, key: Any, version: int | None = None) -> str:
        whole = super().make_key(key, version=version)
        return salted_hmac(SALT, whole, algorithm="sha256").hexdigest()

    def clear_expired(self) -> None:
        mine = connections[router.db_for_write(self.cache_model_class)]
        now = mine.ops.adapt_datetimefield_value(timezone.now())
        table = mine.ops.quote_name(self.cache_model_class._meta.db_table)
        with mine.cursor() as cursor:
            cursor.execute(f"DELETE FROM {table} WHERE expires < %s", [now])  # noqa: S608  our own name

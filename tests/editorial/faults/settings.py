"""For workers and schedulers that die on demand and do not wait long."""

from tests.settings import *

EMAIL_BACKEND = "tests.editorial.faults.mortal.EmailBackend"
CELERY_IMPORTS = ["tests.editorial.faults.doomed"]
CELERY_BEAT_SCHEDULE = {
    name: entry | {"schedule": 0.5} for name, entry in CELERY_BEAT_SCHEDULE.items()
}

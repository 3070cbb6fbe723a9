"""For workers and schedulers that die on demand and do not wait long."""

from tests.settings import *

INSTALLED_APPS = [*INSTALLED_APPS, "tests.editorial.faults.mortal.Mortal"]
EMAIL_BACKEND = "tests.editorial.faults.mortal.EmailBackend"
CELERY_BEAT_SCHEDULE = {
    name: entry | {"schedule": 0.5} for name, entry in CELERY_BEAT_SCHEDULE.items()
}

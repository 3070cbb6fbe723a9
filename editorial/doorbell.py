"""
The doorbell: a message that says no more than "look at the outbox".

A broker that is down costs a delay, never a deed; the sweep finds what nobody rang for.
"""

from __future__ import annotations

import logging

from celery import current_app
from kombu.exceptions import OperationalError

logger = logging.getLogger(__name__)

TASK = "editorial.tasks.sweep"


def ring() -> None:
    """Ask a worker to look at the outbox now; log and go on if no broker answers."""
    try:
        current_app.send_task(TASK, ignore_result=True)
    except (OperationalError, OSError) as error:
        logger.warning("The broker does not answer: %s", error)

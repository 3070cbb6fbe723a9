"""Looking for garbage less often, in processes that answer for hours."""

import gc

ALLOCATIONS = 50_000


def settle() -> None:
    """
    Leave what the start made alone, and look for cycles after every 50,000 objects.

    Python looks after 700, of which a deed makes many thousands: measured, a fifth of
    its time.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(ALLOCATIONS, 20, 20)

"""The default engine: a loop in a process of our own."""

import threading

_woken = threading.Event()


def wake() -> None:
    """End the worker's pause, if the worker lives in this process."""
    _woken.set()

"""Networks of tasks on working calendars."""

from ._schedule import Schedule, tasks

__all__ = [
    "Schedule",
    "tasks",
]

"""Networks of tasks on working calendars."""

from ._schedule import Schedule, tasks
from ._schedule_level import Levelled, level

__all__ = [
    "Levelled",
    "Schedule",
    "level",
    "tasks",
]

"""libcampaign: plan a year of sales campaigns, tier customers, judge what happened.

Every engine takes anything columnar (pandas, polars, pyarrow, DuckDB, or a mapping of lists) and returns
:class:`Table`, which every one of them reads back without copying.
"""

from . import _core, allocate, schedule
from ._calendar import Calendar, Day, LunarDate, Period
from ._choice import Choice, choose_campaigns
from ._errors import CampaignError, CancelledError, FileError, InputError, OutOfMemoryError, RangeError
from ._followup import Followups, append_followups, followups
from ._forecast import Seasonality, forecast_day_weights, forecast_seasonality
from ._forms import FormTable, Sheet, form_names, form_table, read_form, write_html, write_ical, write_xlsx
from ._io import CsvBatches, CsvReport, CsvTable, format_csv, parse_csv, read_csv, read_csv_batches, write_csv
from ._kpi import Evaluation, evaluate
from ._money import Split, currency_exponent, format_money, parse_money, split
from ._plan import Plan, document_kind, plan, plan_request, schema, sub_goals
from ._playbook import Approvals, Conflicts, Risks, approvals, conflicts, playbook, risks
from ._rapid_response import RapidResponse, rapid_response
from ._response import ResponseFit, forecast_fit_response
from ._review import Review, review
from ._table import Check, Table, check, table
from ._tasks import TaskCompletion, headcount, recurring, task_completion, task_list, task_templates
from ._tier import RfmResult, default_segments, tier_rfm
from ._weeks import PromotionWeeks, promotion_weeks

_number = _core.version()
if _number // 100 != _core.CAMPAIGN_VERSION_NUMBER // 100:
    raise ImportError(f"campaign was built for libcampaign {_core.CAMPAIGN_VERSION_NUMBER}, but {_number} is loaded")
__version__ = f"{_number // 10000}.{_number // 100 % 100}.{_number % 100}"

__all__ = [
    "Approvals",
    "Calendar",
    "CampaignError",
    "CancelledError",
    "Check",
    "Choice",
    "Conflicts",
    "CsvBatches",
    "CsvReport",
    "CsvTable",
    "Day",
    "Evaluation",
    "FileError",
    "Followups",
    "FormTable",
    "InputError",
    "LunarDate",
    "OutOfMemoryError",
    "Period",
    "Plan",
    "PromotionWeeks",
    "RangeError",
    "RapidResponse",
    "ResponseFit",
    "Review",
    "RfmResult",
    "Risks",
    "Seasonality",
    "Sheet",
    "Split",
    "Table",
    "TaskCompletion",
    "allocate",
    "append_followups",
    "approvals",
    "check",
    "choose_campaigns",
    "conflicts",
    "currency_exponent",
    "default_segments",
    "document_kind",
    "evaluate",
    "followups",
    "forecast_day_weights",
    "forecast_fit_response",
    "forecast_seasonality",
    "form_names",
    "form_table",
    "format_csv",
    "format_money",
    "headcount",
    "parse_csv",
    "parse_money",
    "plan",
    "plan_request",
    "playbook",
    "promotion_weeks",
    "rapid_response",
    "read_csv",
    "read_csv_batches",
    "read_form",
    "recurring",
    "review",
    "risks",
    "schedule",
    "schema",
    "split",
    "sub_goals",
    "table",
    "task_completion",
    "task_list",
    "task_templates",
    "tier_rfm",
    "write_csv",
    "write_html",
    "write_ical",
    "write_xlsx",
]

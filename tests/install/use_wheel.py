"""What a user does first, with nothing installed but the wheel: read, tier, plan, judge, write."""

import datetime
import sys
from decimal import Decimal

import campaign

assert not {"numpy", "pandas", "pyarrow", "polars"} & set(sys.modules)

months = [(month, day) for month in range(1, 13) for day in (1, 28)]
orders = campaign.table(
    {
        "customer": [f"c{month}" for month, _ in months],
        "date": [datetime.date(2026, month, day) for month, day in months],
        "amount": [f"{500 * month}.00" for month, _ in months],
    }
)
assert campaign.tier_rfm(orders, currency="CNY").n_customers == 12

request = {**campaign.plan_request(2027), "target": {"amount": "780000.00"}}
plan = campaign.plan(request, orders, currency="CNY")
quarters = [row["target"] for row in plan.targets.rows() if row["level"] == "quarter"]
assert quarters == [Decimal(60000), Decimal(150000), Decimal(240000), Decimal(330000)], quarters

sales = {"date": [datetime.date(2027, 1, 1)], "amount": ["100.00"]}
assert campaign.evaluate(plan, sales, currency="CNY").attainment["actual"][0] == Decimal(100)

campaign.write_csv("targets.csv", plan.targets)
again = campaign.read_csv("targets.csv", columns=plan.targets.types)
assert again["target"] == plan.targets["target"]
campaign.write_html("plan.html", plan, language="zh")
campaign.write_csv("form.csv", campaign.form_table("targets", plan.targets, language="zh"))
try:
    campaign.write_xlsx("plan.xlsx", plan)
except campaign.CampaignError as error:  # the wheel is built without libxlsxwriter, and says so
    assert error.code == "CAMPAIGN_E_UNSUPPORTED" and "libxlsxwriter" in str(error), error
else:
    raise AssertionError("the wheel is said to write no workbooks")
print("campaign", campaign.__version__, "planned", len(plan.targets), "targets")

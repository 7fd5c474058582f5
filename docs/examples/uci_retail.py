"""Quality report, tiers and a plan for 2012 from real, dirty order lines: the UCI "Online Retail" data, a year of a
gift wholesaler with cancellations, missing customers and zero prices, as they came.

usage: python uci_retail.py online_retail.csv[.xz] [FOLDER]

Needs pandas. With FOLDER, writes the tables there.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path

import pandas

import campaign

REQUEST = {
    "schema": "campaign/plan_request/1",
    "year": 2012,
    "currency": "GBP",
    "target": {"growth": "10%"},
    "split": ["quarter", "month", "market", "day"],
    "data": {"columns": {"market": "country"}, "nulls": "skip"},
    "calendar": {"region": "", "node_regions": "GB+INT"},
    "budget": {"rate": "5%"},
}


@dataclass(frozen=True)
class Result:
    """What the example makes of the file."""

    n_lines: int
    n_cancelled: int
    quality: campaign.Check
    orders: campaign.Table
    tiers: campaign.RfmResult
    plan: campaign.Plan


def read_lines(path: str) -> pandas.DataFrame:
    """The file as it is; prices in thousandths of a pound, because some have three decimals."""
    lines = pandas.read_csv(path, dtype={"InvoiceNo": "string", "StockCode": "string"})
    return pandas.DataFrame(
        {
            "order": lines["InvoiceNo"],
            "date": pandas.to_datetime(lines["InvoiceDate"]).astype("datetime64[us]"),
            "customer": lines["CustomerID"].astype("Int64"),
            "country": lines["Country"].astype("string"),
            "quantity": lines["Quantity"].astype("int64"),
            "price": (lines["UnitPrice"] * 1000).round().astype("int64"),
        }
    )


def check_lines(lines: pandas.DataFrame) -> campaign.Check:
    """Everything that keeps a line from being used: no customer, no price."""
    table = campaign.table(lines).with_money("price", "GBP", unit="minor", exponent=3)
    return campaign.check(
        table,
        [
            {"name": "order", "types": ["utf8"]},
            {"name": "date", "types": ["date", "timestamp"]},
            {"name": "customer", "types": ["int64"]},
            {"name": "price", "types": ["money"], "minimum": 1},
        ],
    )


def orders_of(lines: pandas.DataFrame) -> campaign.Table:
    """Lines with a price, their amounts in pence; a cancellation has a negative quantity and so a negative amount."""
    sold = lines[lines["price"] > 0]
    orders = sold[["order", "date", "customer", "country"]].assign(amount=sold["quantity"] * sold["price"])
    orders = orders.reset_index(drop=True)  # else the numbers of the lines left over come along as a column
    thousandths = campaign.table(orders).with_money("amount", "GBP", unit="minor", exponent=3)
    return thousandths.with_money("amount", "GBP", rounding="half_up")


def run(path: str) -> Result:
    lines = read_lines(path)
    orders = orders_of(lines)
    return Result(
        n_lines=len(lines),
        n_cancelled=int(lines["order"].str.startswith("C").sum()),
        quality=check_lines(lines),
        orders=orders,
        tiers=campaign.tier_rfm(orders, nulls="skip", as_of="2011-12-09", dormant_after_days=180),
        plan=campaign.plan(REQUEST, orders),
    )


def main() -> int:
    if len(sys.argv) not in (2, 3):
        print(__doc__, file=sys.stderr)
        return 2
    result = run(sys.argv[1])
    pandas.set_option("display.width", 160, "display.max_columns", 20, "display.max_rows", 60)
    print(f"{result.n_lines} lines, {result.n_cancelled} of them cancellations; left out:")
    print(result.quality.counts.to_pandas().to_string(index=False))
    print("\nThe first of each kind:")
    print(result.quality.problems.to_pandas().to_string(index=False))
    print(f"\n{result.tiers.n_customers} customers in tiers as of {result.tiers.as_of}:")
    print(result.tiers.segments.to_pandas().to_string(index=False))
    print("\nTargets for 2012:")
    targets = result.plan.targets.to_pandas()
    print(targets[targets["level"].isin(["year", "quarter", "month"])].to_string(index=False))
    print("\nCampaigns:")
    print(result.plan.campaigns.to_pandas().to_string(index=False))
    print("\nNotes:")
    print(result.plan.notes.to_pandas().to_string(index=False))
    if len(sys.argv) == 3:
        folder = Path(sys.argv[2])
        folder.mkdir(parents=True, exist_ok=True)
        result.plan.save(folder / "plan.json")
        result.tiers.tiers.to_pandas().to_csv(folder / "tiers.csv", index=False)
        result.quality.problems.to_pandas().to_csv(folder / "problems.csv", index=False)
        print(f"\nThe plan, the tiers and the problems lie in {folder}.")
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""Dividing what is scarce: budgets, quotas, stock and offers, each answer with its proof."""

from ._allocate_stock import OrderQuantities, StockAllocation, order_quantity, stock

__all__ = [
    "OrderQuantities",
    "StockAllocation",
    "order_quantity",
    "stock",
]
from ._allocate_quota import Quotas, quota

__all__ = ["Quotas", "quota"]

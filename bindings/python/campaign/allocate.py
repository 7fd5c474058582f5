"""Dividing what is scarce: budgets, quotas, stock and offers, each answer with its proof."""

from ._allocate_stock import OrderQuantities, StockAllocation, order_quantity, stock

__all__ = [
    "OrderQuantities",
    "StockAllocation",
    "order_quantity",
    "stock",
]

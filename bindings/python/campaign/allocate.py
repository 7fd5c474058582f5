"""Dividing what is scarce: budgets, quotas, stock and offers, each answer with its proof."""

from ._allocate_budget import BudgetAllocation, budget
from ._allocate_offers import OfferPrices, Offers, offers
from ._allocate_quota import CapacityQuotas, Quotas, capacity_quota, quota
from ._allocate_stock import OrderQuantities, StockAllocation, order_quantity, stock

__all__ = [
    "BudgetAllocation",
    "CapacityQuotas",
    "OfferPrices",
    "Offers",
    "OrderQuantities",
    "Quotas",
    "StockAllocation",
    "budget",
    "capacity_quota",
    "offers",
    "order_quantity",
    "quota",
    "stock",
]

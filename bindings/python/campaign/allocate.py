"""Dividing what is scarce: budgets, quotas, stock and offers, each answer with its proof."""

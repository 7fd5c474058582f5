--- Offers to customers under shared budgets.

return {}

--- Quotas in whole units.

return {}

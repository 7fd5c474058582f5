--- A budget over response curves.

return {}

--- Dividing what is scarce: budgets, quotas, stock and offers, each answer with its proof.

local allocate = {}
for _, kind in ipairs { "budget", "quota", "stock", "offers" } do
  for name, call in pairs(require("campaign.allocate_" .. kind)) do allocate[name] = call end
end

return allocate

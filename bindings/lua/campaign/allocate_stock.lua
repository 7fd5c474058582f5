--- Stock and gifts over stores and channels, and how many to order.

local core = require "campaign._core"
local tables = require "campaign.tables"
local values = require "campaign.values"

-- What the columns of each table are where their values do not show it.
local stock_roles = {
  demand = { margin = "money", shortage_cost = "money", left_value = "money" },
  pool = {},
  points = {},
}
local order_roles = {
  items = { price = "money", cost = "money", salvage = "money", shortage_cost = "money" },
  points = {},
}

--- Opens the tables, calls, and gives the report with the answer under its name.
local function run(call, answer, roles, inputs, options)
  local knobs, services = values.sort_options(options)
  local handles, used, made, err = tables.open_inputs(inputs, roles, options)
  local found, report
  if not err then found, report = values.using(used, call, handles, knobs, services) end
  for _, input in ipairs(made) do input:close() end
  if err then return nil, err end
  if not found then return values.failed(report) end
  report[answer] = found
  return tables.wrap_all(report)
end

local allocate = {}

--- Divides each sku's pool over its stores, never more than there is. Worker only.
-- inputs is {demand = …, pool = …}, both required, and points of empirical demand; their columns stand in
-- docs/allocate-stock.md. options: objective ("margin", "fill"), reserve_ppm, is_safety_strict, state_limit, sku,
-- store, language, currency, amount_unit, rounding, n_threads, progress.
-- Gives a table with allocation, pools, summary, notes, status ("optimal", "bound"), value, bound, gap and counts.
function allocate.stock(inputs, options)
  return run(core.allocate_stock, "allocation", stock_roles, inputs, options)
end

--- How many pieces of each sku to buy for a season, and what "120 % of the historic peak" would cost. Worker only.
-- inputs is {items = …}, required, and points of empirical demand. options: rule_ppm, budget_minor, state_limit, sku,
-- language, currency, amount_unit, rounding, n_threads, progress.
-- Gives a table with orders, summary, notes, status, value, bound, gap, rule_cost, multiplier and counts.
function allocate.order_quantity(inputs, options)
  return run(core.allocate_order_quantity, "orders", order_roles, inputs, options)
end

return allocate

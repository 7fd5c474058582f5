--- Quotas in whole units, along one, two or more dimensions.

local core = require "campaign._core"
local tables = require "campaign.tables"
local values = require "campaign.values"

-- Which columns are money where a currency is given.
local table_roles = {
  cells = { minimum = "money", maximum = "money", locked = "money" },
  rows = { total = "money" },
  columns = { total = "money" },
}

local capacity_roles = {
  reps = { ticket = "money", minimum = "money", maximum = "money", locked = "money" },
  ramp = {},
  months = {},
}

-- A total as the library counts it: text is an amount of the currency, a number whole or minor units.
local function total_units(total, currency)
  if type(total) ~= "string" or not currency then return total end
  local exponent, err = core.currency_exponent(currency)
  if not exponent then return nil, err end
  return core.money_parse(total, exponent, 0)
end

local quota = {}

--- Divides a total into whole quotas. Worker only: it searches.
-- inputs is {cells = …}, required, and any of rows, columns; their columns stand in docs/allocate-quota.md.
-- options: total ("1000.00" with a currency, otherwise whole or minor units), kind ("split", "biproportional",
-- "rounding", "fitting"), method, margin_method, weighs_margins, dimensions, weight, currency, amount_unit, rounding,
-- language, progress.
-- Gives a table with cells, rows, columns, multipliers, ties, notes, status ("optimal", "bound"), unallocated, more.
function quota.quota(inputs, options)
  options = options or {}
  local knobs, services = values.sort_options(options)
  local total, err = total_units(options.total, options.currency)
  if err then return values.failed(err) end
  knobs.total, knobs.currency = total, options.currency
  local handles, used, made
  handles, used, made, err = tables.open_inputs(inputs, table_roles, options)
  local cells, report
  if not err then cells, report = values.using(used, core.allocate_quota, handles, knobs, services) end
  for _, input in ipairs(made) do input:close() end
  if err then return nil, err end
  if not cells then return values.failed(report) end
  report.cells = cells
  return tables.wrap_all(report)
end

--- Quotas of reps from what they can sell, beside a target from above. Worker only.
-- inputs is {reps = …}, required, and any of ramp, months; their columns stand in docs/allocate-quota.md.
-- options: total ("1000.00" with a currency, otherwise minor units), method, n_months, flag_ppm, rep, currency,
-- amount_unit, rounding, language, progress.
-- Gives a table with reps, multipliers, ties, notes, is_over, n_over, total_minor, capacity_minor, gap_minor and more.
function quota.capacity_quota(inputs, options)
  options = options or {}
  local knobs, services = values.sort_options(options)
  local total, err = total_units(options.total, options.currency)
  if err then return values.failed(err) end
  knobs.total, knobs.total_minor = nil, total
  local handles, used, made
  handles, used, made, err = tables.open_inputs(inputs, capacity_roles, options)
  local reps, report
  if not err then reps, report = values.using(used, core.allocate_capacity_quota, handles, knobs, services) end
  for _, input in ipairs(made) do input:close() end
  if err then return nil, err end
  if not reps then return values.failed(report) end
  report.reps = reps
  return tables.wrap_all(report)
end

return quota

--- A budget over response curves.

local core = require "campaign._core"
local tables = require "campaign.tables"
local values = require "campaign.values"

-- What the columns of each table are where their values do not show it.
local roles = {
  items = { minimum = "money", maximum = "money", opening_cost = "money", minimum_if_open = "money", step = "money",
    spent = "money", current = "money" },
  groups = { minimum = "money", maximum = "money" },
  points = {},
  samples = {},
}

local allocate = {}

-- Without a currency amounts are plain numbers, as they stand; money columns of ours stay what they are.
local function roles_of(name, options)
  return options.currency and roles[name] or {}
end

-- The currency of a table of ours whose column is money already, and its decimals.
local function money_column(data, name)
  local handle = rawget(data, "_handle")
  local index = handle and core.table_find(handle, name) or -1
  local column = index >= 0 and core.table_column(handle, index) or { currency = "" }
  if column.currency ~= "" then return column.currency, column.exponent end
end

-- Currency and decimals of the amounts: those of a column that is money already, or of the options.
local function money_of(inputs, options)
  for _, name in ipairs { "items", "groups" } do
    for column in pairs(inputs[name] and roles[name] or {}) do
      local currency, exponent = money_column(inputs[name], column)
      if currency then return currency, exponent end
    end
  end
  if options.currency then return options.currency, core.currency_exponent(options.currency) or 2 end
end

-- An amount of the options in minor units: text is exact, numbers need amount_unit.
local function take_amount(knobs, name, currency, exponent, options)
  local amount = knobs[name]
  if amount == nil or not currency then return true end
  knobs[name] = nil
  if options.amount_unit == "minor" then
    knobs[name .. "_minor"] = amount
    return true
  end
  if type(amount) ~= "string" and options.amount_unit ~= "major" then
    error(name .. " is a number: write it as text, or give amount_unit", 3)
  end
  local minor, err = core.money_parse(tostring(amount), exponent, 0)
  if not minor then return nil, err end
  knobs[name .. "_minor"] = minor
  return true
end

local function take_amounts(knobs, inputs, options)
  local currency, exponent = money_of(inputs, options)
  knobs.currency, knobs.exponent = options.currency, options.currency and exponent
  for _, name in ipairs { "budget", "contingency" } do
    local ok, err = take_amount(knobs, name, currency, exponent, options)
    if not ok then return nil, err end
  end
  return true
end

--- Divides a budget over response curves. Worker only: it searches.
-- inputs is {items = …} and any of groups, points, samples; their columns stand in docs/allocate.md. options:
-- budget and contingency (text where there is a currency, numbers otherwise), contingency_ppm, objective ("response",
-- "profit", "least_spend", "marginal_return", "average_return"), target, risk ("mean", "quantile", "mean_less_sd"),
-- quantile_ppm, risk_aversion, cpa_tolerance_ppm, gap, node_limit, language, currency, amount_unit, rounding,
-- n_threads, progress.
-- Gives a table with allocation, summary, limits, groups, notes, status ("optimal", "bound"), value, bound, gap, …
function allocate.budget(inputs, options)
  options, inputs = options or {}, inputs or {}
  tables.check_inputs(inputs, roles)
  local knobs, services = values.sort_options(options)
  local handles, used, made = {}, {}, {}
  local ok, err = take_amounts(knobs, inputs, options)
  for name in pairs(ok and roles or {}) do
    if inputs[name] then
      local input
      input, err = tables.input(inputs[name], roles_of(name, options), {}, options)
      if not input then break end
      handles[name] = values.open(input)
      used[#used + 1] = input
      if input ~= inputs[name] then made[#made + 1] = input end
    end
  end
  local allocation, report
  if not err then allocation, report = values.using(used, core.allocate_budget, handles, knobs, services) end
  for _, input in ipairs(made) do input:close() end
  if err then return values.failed(err) end
  if not allocation then return values.failed(report) end
  report.allocation = allocation
  return tables.wrap_all(report)
end

return allocate

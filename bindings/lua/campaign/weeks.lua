--- Promotion weeks: in which weeks which item goes on promotion, and at which price.

local core = require "campaign._core"
local tables = require "campaign.tables"
local values = require "campaign.values"

-- What the columns of each table are where their values do not show it.
local roles = {
  items = { price = "money", cost = "money", promotion_cost = "money" },
  ladder = { price = "money", cost = "money" },
  weeks = { start = "date" },
  item_weeks = { price = "money" },
  slots = {},
  budgets = { amount = "money" },
  groups = {},
  past = { price = "money" },
}

local weeks = {}

--- Chooses promotion weeks and prices for every item. Worker only: it searches.
-- inputs is {items = …, ladder = …}, both required, and any of weeks, item_weeks, slots, budgets, groups, past; their
-- columns stand in docs/promotion-weeks.md. options: objective ("profit", "revenue"), n_weeks, gap_ppm, max_iterations,
-- reference_steps, state_limit, item, language, currency, amount_unit, rounding, n_threads, progress.
-- Gives a table with calendar, summary, items, limits, notes, status ("optimal", "bound"), n_promotions and more.
function weeks.promotion_weeks(inputs, options)
  local knobs, services = values.sort_options(options)
  local handles, used, made, err = tables.open_inputs(inputs, roles, options)
  local calendar, report
  if not err then calendar, report = values.using(used, core.plan_promotion_weeks, handles, knobs, services) end
  for _, input in ipairs(made) do input:close() end
  if err then return nil, err end
  if not calendar then return values.failed(report) end
  report.calendar = calendar
  return tables.wrap_all(report)
end

return weeks

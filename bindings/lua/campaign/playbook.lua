--- What can go wrong with a plan, and what is done about it.

local core = require "campaign._core"
local tables = require "campaign.tables"
local values = require "campaign.values"

local playbook = {}

-- What the columns of each table are where their values do not show it.
local state_tables = {
  state = { since = "moment" },
  tasks = {
    due = "date", start = "date", finish = "date", forecast_finish = "date", actual_start = "date",
    actual_finish = "date", since = "moment",
  },
  stock = { since = "moment" },
  budget = { planned = "money", committed = "money", actual = "money", since = "moment" },
}

-- Calls a function of the library with a plan (or none), tables and knobs; gives its result and report.
local function ask(call, plan, given, kinds, options)
  local knobs, services = values.sort_options(options)
  local handles, used, made, err = tables.open_inputs(given, kinds, options)
  if options and options.calendar then
    handles.calendar = values.open(options.calendar)
    used[#used + 1] = options.calendar
    knobs.calendar = nil
  end
  if plan then used[#used + 1] = plan end
  local found, report
  if not err then found, report = values.using(used, call, plan and values.open(plan), handles, knobs, services) end
  for _, own in ipairs(made) do own:close() end
  if err then return nil, err end
  if not found then return values.failed(report) end
  return found, report
end

--- The built-in playbook as JSON text: "en", "zh", or both where nil.
function playbook.playbook(language)
  local json, err = core.plan_playbook(language)
  if not json then return values.failed(err) end
  return json
end

--- The risks that hold at options.as_of ("2027-06-18T10:30"). plan may be nil. given is {state = …, tasks = …,
-- stock = …, budget = …}, each optional; their columns stand in docs/playbook.md. options: playbook (JSON text),
-- calendar, language, currency, amount_unit, rounding. Gives a table with risks,
-- unjudged, notes and counts. Worker only.
function playbook.risks(plan, given, options)
  local found, report = ask(core.plan_risks, plan, given, state_tables, options)
  if not found then return nil, report end
  report.risks = found
  return tables.wrap_all(report)
end

local window = { start = "date", ["end"] = "date", preheat_start = "date" }
local conflict_tables = {
  campaigns = window, items = {}, territories = window, promises = window, supply = {},
  prices = { start = "date", ["end"] = "date", price = "money", floor = "money" },
  budget = { planned = "money", committed = "money", actual = "money" },
  requests = { amount = "money", date = "date" },
  limits = { limit = "money" },
}

--- What gets in each other's way, and what to change. plan may be nil. given is {campaigns = …, items = …,
-- prices = …, territories = …, promises = …, supply = …, budget = …, requests = …,
-- limits = …}, each optional.
-- options: price_tolerance_ppm, limit, language, currency, amount_unit, rounding. Gives conflicts, counts and is_cut.
-- Worker only.
function playbook.conflicts(plan, given, options)
  local found, report = ask(core.plan_conflicts, plan, given, conflict_tables, options)
  if not found then return nil, report end
  report.conflicts = found
  return tables.wrap_all(report)
end

local approval_tables = {
  limits = conflict_tables.limits, requests = conflict_tables.requests, budget = conflict_tables.budget,
}

--- Who approves what, purchases split below a limit, and the budget with its commitments. given is {limits = …,
-- requests = …, budget = …}. options: split_days, language, currency, amount_unit,
-- rounding. Gives decisions, splits, budget,
-- groups and counts. Worker only.
function playbook.approvals(given, options)
  local knobs = values.sort_options(options)
  local handles, used, made, err = tables.open_inputs(given, approval_tables, options)
  local found, report
  if not err then found, report = values.using(used, core.plan_approvals, handles, knobs) end
  for _, own in ipairs(made) do own:close() end
  if err then return nil, err end
  if not found then return values.failed(report) end
  report.decisions = found
  return tables.wrap_all(report)
end

return playbook

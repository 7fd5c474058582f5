--- Follow-ups of customers: what stands after corrections, what is overdue or forgotten, and the list of the day.

local core = require "campaign._core"
local tables = require "campaign.tables"
local values = require "campaign.values"

-- What the columns of each table are where their values do not show it.
local roles = {
  followups = { time = "moment", next_date = "moment" },
  contacts = { date = "moment" },
  customers = {},
  roles = {},
}

local followup = {}

--- Checks the follow-ups of customers and says what is to be done. Worker only.
-- inputs is {followups = …, contacts = …, customers = …, roles = …}, all but the first optional; their columns stand in
-- docs/followup.md. options: calendar, as_of = "2026-11-09", within_days, days_without_update, stale_after_days,
-- lead_after_days, manager_after_days, n_daily, n_checks, completeness_days, language, n_threads, progress.
-- Gives a table with current, problems, checks, counts, objections, daily, blocked, completeness, reps, notes, as_of,
-- is_provisional, n_rows, n_current, n_corrections, n_problems and n_checks.
function followup.followups(inputs, options)
  options = options or {}
  local knobs, services = values.sort_options(options)
  knobs.calendar = nil
  if knobs.as_of then
    local day, err = values.day_number(knobs.as_of)
    if not day then return values.failed(err) end
    knobs.as_of = day
  end
  local handles, used, made, err = tables.open_inputs(inputs, roles)
  local found, problem
  if not err then
    if options.calendar then
      handles.calendar = values.open(options.calendar)
      used[#used + 1] = options.calendar
    end
    found, problem = values.using(used, core.plan_followups, handles, knobs, services)
  end
  for _, input in ipairs(made) do input:close() end
  if err then return nil, err end
  if not found then return values.failed(problem) end
  found.as_of = values.day_text(found.as_of)
  return tables.wrap_all(found)
end

--- The records with new rows after them; whatever would change what stands there is refused. records may be nil.
-- Worker only.
function followup.append_followups(records, rows, options)
  local _, services = values.sort_options(options or {})
  local handles, used, made, err = tables.open_inputs({ records = records, rows = rows },
    { records = roles.followups, rows = roles.followups })
  local found, problem
  if not err then
    found, problem = values.using(used, core.plan_append_followups, handles.records, handles.rows, services)
  end
  for _, input in ipairs(made) do input:close() end
  if err then return nil, err end
  if not found then return values.failed(problem) end
  return tables.wrap(found)
end

return followup

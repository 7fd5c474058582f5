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

-- The library's table of a caller's data, and whether it is to be closed afterwards.
local function open_table(data, columns)
  local input, err = tables.input(data, columns, {}, {})
  if not input then return nil, err end
  return input, input ~= data
end

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
  local handles, used, own, problem = {}, {}, {}, nil
  for name, columns in pairs(roles) do
    if inputs[name] and not problem then
      local input, extra = open_table(inputs[name], columns)
      if input then
        handles[name] = values.open(input)
        used[#used + 1] = input
        if extra then own[#own + 1] = input end
      else
        problem = extra
      end
    end
  end
  local found, err
  if not problem then
    if options.calendar then
      handles.calendar = values.open(options.calendar)
      used[#used + 1] = options.calendar
    end
    found, err = values.using(used, core.plan_followups, handles, knobs, services)
  end
  for _, input in ipairs(own) do input:close() end
  if problem then return nil, problem end
  if not found then return values.failed(err) end
  found.as_of = values.day_text(found.as_of)
  return tables.wrap_all(found)
end

--- The records with new rows after them; whatever would change what stands there is refused. records may be nil.
-- Worker only.
function followup.append_followups(records, rows, options)
  local _, services = values.sort_options(options or {})
  local old, is_own_old
  if records then
    old, is_own_old = open_table(records, roles.followups)
    if not old then return nil, is_own_old end
  end
  local new, is_own_new = open_table(rows, roles.followups)
  local handle, err
  if new then
    handle, err = values.using(old and { old, new } or { new }, core.plan_followups_append, old and values.open(old),
      values.open(new), services)
  end
  if is_own_old then old:close() end
  if not new then return nil, is_own_new end
  if is_own_new then new:close() end
  if not handle then return values.failed(err) end
  return tables.wrap(handle)
end

return followup

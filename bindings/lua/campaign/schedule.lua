--- Networks of tasks on working calendars: critical path, deadlines, chances, progress, loads.

local core = require "campaign._core"
local tables = require "campaign.tables"
local values = require "campaign.values"

local schedule = {}

-- What the columns of each table are where their values do not show it.
local roles = {
  tasks = { earliest = "date", due = "date", actual_start = "date", actual_finish = "date" },
  links = {},
  owners = {},
  away = { start = "date", finish = "date" },
  actuals = { actual_start = "date", actual_finish = "date" },
}

-- Dates among the options become day numbers, under the names of the library.
local function take_days(knobs)
  for option, field in pairs { start = "start_day", as_of = "as_of_day" } do
    if knobs[option] then
      local day, err = values.day_number(knobs[option])
      if not day then return nil, err end
      knobs[option], knobs[field] = nil, day
    end
  end
  if knobs.target then
    local is_text = type(knobs.target) == "string"
    local target, err = knobs.target, nil
    if is_text then target, err = values.day_number(target) end
    if not target then return nil, err end
    knobs.target, knobs[is_text and "target_day" or "target_units"] = nil, target
  end
  return true
end

--- Schedules tasks on working calendars. Worker only.
-- inputs is {tasks = …}, required, and links, owners, away, actuals; their columns stand in docs/schedule.md. options:
-- start, as_of, target (dates as text; target a number where is_abstract), calendar, calendars ({key = calendar}),
-- is_abstract, n_samples, confidence_ppm, seed, language, n_threads, progress.
-- Gives a table with tasks, summary, deadlines, estimates, chances, slips, pulled, loads, notes and counts.
function schedule.tasks(inputs, options)
  local knobs, services = values.sort_options(options)
  local ok, day_err = take_days(knobs)
  if not ok then return nil, day_err end
  local handles, used, made, err = tables.open_inputs(inputs, roles, options)
  tables.take_calendars(handles, knobs, used)
  local found, report
  if not err then found, report = values.using(used, core.schedule_tasks, handles, knobs, services) end
  for _, input in ipairs(made) do input:close() end
  if err then return nil, err end
  if not found then return values.failed(report) end
  report.tasks = found
  for _, name in ipairs { "start", "finish", "forecast" } do
    report[name] = not (options and options.is_abstract) and values.day_text(report[name .. "_day"]) or nil
    report[name .. "_day"] = nil
  end
  return tables.wrap_all(report)
end

schedule.level = require "campaign.schedule_level"

return schedule

--- Tasks when people or equipment are short: levelled, with a bound that no schedule passes.

local core = require "campaign._core"
local tables = require "campaign.tables"
local values = require "campaign.values"

-- What the columns of each table are where their values do not show it.
local roles = {
  tasks = { earliest = "date", due = "date", actual_start = "date", actual_finish = "date" },
  links = {},
  owners = {},
  away = { start = "date", finish = "date" },
  needs = {},
  resources = { date = "date", finish = "date" },
}

--- Moves tasks until no resource is asked for more than it has. Worker only.
-- inputs is {tasks = …}, required, and links, owners, away, needs, resources; their columns stand in
-- docs/schedule-level.md. options: start (a date as text), calendar, calendars ({key = calendar}), is_abstract,
-- without_owners, n_schedules, n_nodes, seed, language, n_threads, progress.
-- Gives a table with tasks, summary, resources, usage, notes, status, gap, days and counts.
local function level(inputs, options)
  local knobs, services = values.sort_options(options)
  if knobs.start then
    local day, day_err = values.day_number(knobs.start)
    if not day then return nil, day_err end
    knobs.start, knobs.start_day = nil, day
  end
  local handles, used, made, err = tables.open_inputs(inputs, roles, options)
  tables.take_calendars(handles, knobs, used)
  local found, report
  if not err then found, report = values.using(used, core.schedule_level, handles, knobs, services) end
  for _, input in ipairs(made) do input:close() end
  if err then return nil, err end
  if not found then return values.failed(report) end
  report.tasks = found
  for _, name in ipairs { "start", "finish", "bound", "path" } do
    report[name] = not (options and options.is_abstract) and values.day_text(report[name .. "_day"]) or nil
    report[name .. "_day"] = nil
  end
  return tables.wrap_all(report)
end

return level

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

-- Calendars of the options, as handles of the inputs; used collects what must not be closed meanwhile.
local function take_calendars(handles, knobs, used)
  if knobs.calendar then
    handles.calendar = values.open(knobs.calendar)
    used[#used + 1] = knobs.calendar
  end
  local keys = {}
  for key in pairs(knobs.calendars or {}) do keys[#keys + 1] = key end
  table.sort(keys)
  if #keys > 0 then handles.calendars = {} end
  for i, key in ipairs(keys) do
    handles.calendars[i] = { key = key, calendar = values.open(knobs.calendars[key]) }
    used[#used + 1] = knobs.calendars[key]
  end
  knobs.calendar, knobs.calendars = nil, nil
end

--- Moves tasks until no resource is asked for more than it has. Worker only.
-- inputs is {tasks = …}, required, and links, owners, away, needs, resources; their columns stand in
-- docs/schedule-level.md. options: start (a date as text), calendar, calendars ({key = calendar}), is_abstract,
-- without_owners, n_schedules, n_nodes, seed, language, n_threads, progress.
-- Gives a table with tasks, summary, resources, usage, notes, status, gap, days and counts.
local function level(inputs, options)
  local knobs, services = values.sort_options(options)
  local handles, used, made, err = {}, {}, {}, nil
  if knobs.start then
    local day, day_err = values.day_number(knobs.start)
    if not day then return nil, day_err end
    knobs.start, knobs.start_day = nil, day
  end
  take_calendars(handles, knobs, used)
  for name, columns in pairs(roles) do
    if inputs[name] then
      local input
      input, err = tables.input(inputs[name], columns, {}, options or {})
      if not input then break end
      handles[name] = values.open(input)
      used[#used + 1] = input
      if input ~= inputs[name] then made[#made + 1] = input end
    end
  end
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

--- The calendar: day kinds, working days, lunar dates, retail nodes, periods. Every call is fit for a request handler.

local core = require "campaign._core"
local tables = require "campaign.tables"
local values = require "campaign.values"

local failed, day_number, day_text, open = values.failed, values.day_number, values.day_text, values.open

local Calendar = {}
Calendar.__index = Calendar

-- Calls a function of one day and hands its result, or the error, on.
local function of_day(date, call)
  local day, err = day_number(date)
  if not day then return nil, err end
  local result
  result, err = call(day)
  if not result then return failed(err) end
  return result
end

local function of_range(self, call, first, last, ...)
  local from, err = day_number(first)
  if not from then return nil, err end
  local to
  to, err = day_number(last)
  if not to then return nil, err end
  local result
  result, err = call(open(self), from, to, ...)
  if not result then return failed(err) end
  return type(result) == "userdata" and tables.wrap(result) or result
end

local function as_text(day, err)
  if not day then return nil, err end
  return day_text(day)
end

--- What kind of day a day is: kind, weekday, is_working, is_makeup, is_provisional, name, name_en, run_start, run_end.
function Calendar:day(date)
  local info, err = of_day(date, function(day) return core.calendar_day(open(self), day) end)
  if not info then return nil, err end
  info.date = day_text(day_number(date))
  info.run_start, info.run_end = day_text(info.run_start), day_text(info.run_end)
  return info
end

--- Every day from first up to, not including, last.
function Calendar:days(first, last)
  return of_range(self, core.calendar_days, first, last)
end

--- Nodes of a year, cal:nodes(2027), or of a range; options {tier = "big", regions = "CN+US"}.
function Calendar:nodes(first, last, options)
  if type(first) == "number" then
    options, first, last = last, ("%04d-01-01"):format(first), ("%04d-01-01"):format(first + 1)
  end
  return of_range(self, core.calendar_nodes, first, last, options)
end

-- Knobs of periods; plan_start is a date, needed by plan weeks.
local function period_knobs(kind, plan_start)
  if not plan_start then return { kind = kind } end
  local day, err = day_number(plan_start)
  if not day then return nil, err end
  return { kind = kind, plan_start = day }
end

--- Periods that touch a range; kind is "month", "quarter", "year", "iso_week", "fiscal_week", "fiscal_month",
-- "fiscal_quarter", "fiscal_year" or "plan_week", which counts from plan_start.
function Calendar:periods(first, last, kind, plan_start)
  local knobs, err = period_knobs(kind, plan_start)
  if not knobs then return nil, err end
  return of_range(self, core.calendar_periods, first, last, knobs)
end

--- Working days from first up to, not including, last.
function Calendar:count_working_days(first, last)
  return of_range(self, core.calendar_count_working_days, first, last)
end

--- 0 is the first working day on or after date, n > 0 the n-th after it; n < 0 goes backwards.
function Calendar:add_working_days(date, n)
  return as_text(of_day(date, function(day) return core.calendar_add_working_days(open(self), day, n) end))
end

--- The nearest working day: direction "forward" (the default) or "backward".
function Calendar:roll(date, direction)
  local step = ({ forward = 1, backward = -1 })[direction or "forward"]
  if not step then error("direction is \"forward\" or \"backward\"", 2) end
  return as_text(of_day(date, function(day) return core.calendar_roll(open(self), day, step) end))
end

--- The period that holds a day: kind, label, first, last (the day after it), year, number.
function Calendar.period(_, date, kind, plan_start)
  local knobs, err = period_knobs(kind, plan_start)
  if not knobs then return nil, err end
  local found
  found, err = of_day(date, function(day) return core.calendar_period(day, knobs) end)
  if not found then return nil, err end
  return { kind = found.kind, label = found.label, first = day_text(found.start), last = day_text(found["end"]),
    year = found.year, number = found.number }
end

--- Lunar date of a day: year, month, day, is_leap, text ("正月初一").
function Calendar.lunar(_, date)
  local lunar, err = of_day(date, core.lunar_from_day)
  if not lunar then return nil, err end
  lunar.text = core.lunar_format(lunar)
  return lunar
end

--- Day of a lunar date {year = …, month = …, day = …, is_leap = …}.
function Calendar.from_lunar(_, lunar)
  local day, err = core.lunar_to_day(lunar)
  if not day then return failed(err) end
  return day_text(day)
end

-- Number of a solar term from its name in any language.
local function term_number(name)
  for term = 1, 24 do
    for _, language in ipairs { "zh", "pinyin", "en" } do
      if core.solar_term_name(term, language) == name then return term end
    end
  end
  error("\"" .. tostring(name) .. "\" is no solar term", 3)
end

--- Day on which a solar term begins: 1 = 小寒 to 24 = 冬至, or its name, "清明" or "qingming".
function Calendar.solar_term(_, year, term)
  if type(term) == "string" then term = term_number(term) end
  local day, err = core.solar_term_day(year, term)
  if not day then return failed(err) end
  return day_text(day)
end

--- The whole node catalogue as JSON text, a place to start from for one's own.
function Calendar:node_catalogue()
  local json, err = core.calendar_write_nodes(open(self))
  if not json then return failed(err) end
  return json
end

--- Region of the calendar: "CN".
function Calendar:region()
  return core.calendar_region(open(self))
end

--- Frees the memory now instead of at the next collection.
function Calendar:close()
  values.close(self, core.calendar_close)
end

Calendar.__close = Calendar.close

--- A calendar: {region = "CN", overlays = {json, …}, nodes = {json, …}}, all optional.
return function(options)
  local handle, err = core.calendar_create(options or {})
  if not handle then return failed(err) end
  return setmetatable({ _handle = handle }, Calendar)
end

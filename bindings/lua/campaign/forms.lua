--- Forms that people use: workbooks, calendars, pages, and filled forms back. Worker only: they read and write files.

local core = require "campaign._core"
local tables = require "campaign.tables"
local values = require "campaign.values"

local forms = {}

-- A sheet as the compiled module takes it: {form = …, name = …, table = …}; adds the table to those in use.
local function sheet_words(sheet, used)
  local words = { form = sheet.form, name = sheet.name }
  if sheet.table then
    local made, err = tables.make(sheet.table)
    if not made then return nil, err end
    words.table = values.open(made)
    used[#used + 1] = made
  end
  return words
end

local function knobs_of(options)
  local knobs = {}
  for name, value in pairs(options or {}) do knobs[name] = value end
  if knobs.created then knobs.created_day, knobs.created = assert(values.day_number(knobs.created)), nil end
  return knobs
end

--- Ids of the forms, in order.
function forms.form_names()
  local names = {}
  local name = core.io_form_name(0)
  while name do
    names[#names + 1] = name
    name = core.io_form_name(#names)
  end
  return names
end

--- Writes a workbook: true, or nil and the error. sheets is a list of {form = "followups", name = …, table = …}: a
-- form without a table is empty, to be filled in; a table without a form keeps its own names. options: language ("en",
-- "zh"), money_unit ("major", "ten_thousand"), currency, owners (a list), created (a date), n_empty_rows.
function forms.write_xlsx(path, sheets, options)
  local list, used = {}, {}
  for i, sheet in ipairs(sheets) do
    local words, err = sheet_words(sheet, used)
    if not words then return nil, err end
    list[i] = words
  end
  local ok, err = values.using(used, core.io_write_xlsx, path, { sheets = list }, knobs_of(options))
  if not ok then return values.failed(err) end
  return true
end

--- A form as people read it, as a table to write or to show. sheet is {form = …, table = …}; options: language,
-- money_unit, currency.
function forms.form_table(sheet, options)
  local used = {}
  local words, err = sheet_words(sheet, used)
  if not words then return nil, err end
  local handle
  handle, err = values.using(used, core.io_form_table, words, knobs_of(options))
  if not handle then return values.failed(err) end
  return tables.wrap(handle)
end

--- Reads a filled form ("task_split", "followups") from a workbook or a CSV file: a table, and the notes of what was
-- found besides. options: sheet, currency, language. What is wrong is named by its cell.
function forms.read_form(path, form, options)
  local knobs = knobs_of(options)
  knobs.form = form
  local handle, notes = core.io_read_form(path, knobs)
  if not handle then return values.failed(notes) end
  return tables.wrap(handle), tables.wrap(notes)
end

-- Calls a writer with a plan and the tables that stand in place of its own.
local function write_plan(call, path, plan, knobs)
  local used = { plan }
  for _, name in ipairs { "tasks", "risks" } do
    if knobs[name] then
      local made, err = tables.make(knobs[name])
      if not made then return nil, err end
      knobs[name] = values.open(made)
      used[#used + 1] = made
    end
  end
  local ok, err = values.using(used, call, path, values.open(plan), knobs)
  if not ok then return values.failed(err) end
  return true
end

--- Writes a plan as a calendar (iCalendar): true, or nil and the error. options: stamp_seconds (since 1970, UTC; now
-- where it is left out), sequence, as_of (a date), tasks, alarm_days, omits_alarms, writes_todos, utc_offset_minutes,
-- plan_id, name, language.
function forms.write_ical(path, plan, options)
  local knobs = knobs_of(options)
  knobs.stamp_seconds = knobs.stamp_seconds or os.time()
  if knobs.as_of then knobs.as_of_day, knobs.as_of = assert(values.day_number(knobs.as_of)), nil end
  return write_plan(core.io_write_ical, path, plan, knobs)
end

--- Writes a plan as one page of HTML: true, or nil and the error. options: language, money_unit, title, tasks, risks.
function forms.write_html(path, plan, options)
  return write_plan(core.io_write_html, path, plan, knobs_of(options))
end

return forms

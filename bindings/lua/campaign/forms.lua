--- Forms that people use: workbooks, and the templates with their headings and words. Worker only: they write files.

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

return forms

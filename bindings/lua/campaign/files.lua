--- CSV files in and out. Worker only: they read and write files.

local core = require "campaign._core"
local tables = require "campaign.tables"
local values = require "campaign.values"

local files = {}

local failed, open = values.failed, values.open

-- One column as the compiled module takes it, from its type ("date", "money[CNY]", "key") or a table of words.
local function declared(name, words)
  local column = { name = name }
  if type(words) == "table" then
    for word, value in pairs(words) do column[word] = value end
  elseif words == "key" then column.is_key = true
  else
    column.currency = words:match "^money%[(%u%u%u)%]$"
    column.type = column.currency and "money" or words
  end
  return column
end

local function read_knobs(options)
  local knobs, services = values.sort_options(options)
  local names, columns = {}, {}
  for name in pairs(knobs.columns or {}) do names[#names + 1] = name end
  table.sort(names)
  for i, name in ipairs(names) do columns[i] = declared(name, knobs.columns[name]) end
  knobs.columns = columns
  knobs.keeps_only_declared, knobs.only_declared = knobs.only_declared, nil
  return knobs, services
end

local function read(call, source, options)
  local handle, report = call(source, read_knobs(options))
  if not handle then return failed(report) end
  return tables.wrap(handle), tables.wrap_all(report)
end

--- Reads a CSV file with a header line: a table, and the report of how it was read.
-- options.columns says what the cells do not: {["金额"] = "money[CNY]", ["会员卡号"] = "key", ["日期"] = "date"}, or a
-- table each, {type = "money", currency = "CNY", rounding = "half_up", is_optional = true}. Others: encoding ("utf8",
-- "gb18030", "auto"), delimiter ("," or "auto"), on_problem ("fail", "skip"), only_declared, null_texts,
-- n_lines_before_header, utc_offset_minutes, strips_formula_guard, problem_limit, n_threads, progress.
function files.read_csv(path, options)
  return read(core.io_read_csv, path, options)
end

--- A CSV file in batches, so that it need not fit in memory: a function that gives an iterator over them, from the
-- beginning each time it is called, as allocate.offers takes pairs. One iterator at a time; it raises what it cannot
-- read. options are those of read_csv but on_problem, and group (a column whose equal cells, one below the other,
-- stay in one batch) and batch_bytes (16 MiB where nil). Columns that are not declared have the type of the first one.
function files.read_csv_batches(path, options)
  local knobs, services = read_knobs(options)
  local group, batch_bytes = knobs.group, knobs.batch_bytes or 0
  knobs.group, knobs.batch_bytes = nil, nil
  local handle, err = core.io_open_csv_batches(path, group, batch_bytes, knobs)
  if not handle then return failed(err) end
  return function()
    local ok, rewind_err = core.io_rewind_csv_batches(handle)
    if not ok then error(select(2, failed(rewind_err)), 0) end
    return function()
      local batch, batch_err = core.io_next_csv_batch(handle, services)
      if batch_err then error(select(2, failed(batch_err)), 0) end
      return batch and tables.wrap(batch)
    end
  end
end

--- The same on text in memory.
function files.parse_csv(text, options)
  return read(core.io_parse_csv, text, options)
end

--- Writes a table as CSV: true, or nil and the error. options: delimiter, omits_bom, line_end ("crlf", "lf"),
-- guards_formulas.
function files.write_csv(path, data, options)
  local made, err = tables.make(data)
  if not made then return nil, err end
  local ok
  ok, err = core.io_write_csv(path, open(made), options)
  if not ok then return failed(err) end
  return true
end

--- The same as text.
function files.format_csv(data, options)
  local made, err = tables.make(data)
  if not made then return nil, err end
  local text
  text, err = core.io_format_csv(open(made), options)
  if not text then return failed(err) end
  return text
end

return files

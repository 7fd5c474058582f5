--- Tables: Lua columns or rows in, typed columns out.

local core = require "campaign._core"
local values = require "campaign.values"

local tables = {}

local BOOL, INT32, INT64, FLOAT64, DATE, TIMESTAMP, UTF8, MONEY = 1, 2, 3, 4, 5, 6, 7, 8
local type_names = { "bool", "int32", "int64", "float64", "date", "timestamp", "utf8", "money" }
local type_numbers = {}
for number, name in ipairs(type_names) do type_numbers[name] = number end

local failed, is_present, null, open = values.failed, values.is_present, values.null, values.open

local Table = {}
Table.__index = Table

--- A table around a handle.
function tables.wrap(handle)
  return setmetatable({ _handle = handle }, Table)
end

--- Every handle in a result as a table.
function tables.wrap_all(result)
  for name, value in pairs(result) do
    if type(value) == "userdata" then result[name] = tables.wrap(value) end
  end
  return result
end

-- ---- Reading ----

local function find(self, name)
  local index = core.table_find(open(self), name)
  if index < 0 then error("no column \"" .. tostring(name) .. "\"", 3) end
  return index, core.table_column(self._handle, index)
end

--- Number of rows.
function Table:n_rows()
  return core.table_n_rows(open(self))
end

--- Names of the columns, in order.
function Table:columns()
  local handle, names = open(self), {}
  for i = 0, core.table_n_columns(handle) - 1 do names[i + 1] = core.table_column(handle, i).name end
  return names
end

--- Type of a column: bool, int32, int64, float64, date, timestamp, utf8 or money, and the currency of money.
function Table:type(name)
  local _, column = find(self, name)
  return type_names[column.type], column.currency ~= "" and column.currency or nil
end

--- One cell; rows count from 1. Dates, timestamps and money are exact as text, missing values campaign.null.
function Table:get(name, row)
  local index = find(self, name)
  if row < 1 or row > self:n_rows() then error("no row " .. tostring(row), 2) end
  return core.table_cells(self._handle, index, row - 1, 1, null)[1]
end

--- A column as a list; missing values are campaign.null.
function Table:column(name)
  local index = find(self, name)
  return core.table_cells(self._handle, index, 0, self:n_rows(), null)
end

local CHUNK = 1024 -- rows that Table:rows fetches at a time

--- Rows one by one: for row in t:rows() do print(row.tier) end
function Table:rows()
  local names, n, at, chunk = self:columns(), self:n_rows(), 0, nil
  return function()
    if at >= n then return nil end
    if at % CHUNK == 0 then
      chunk = {}
      for i = 1, #names do
        chunk[i] = core.table_cells(open(self), i - 1, at, math.min(CHUNK, n - at), null)
      end
    end
    local row = {}
    for i = 1, #names do row[names[i]] = chunk[i][at % CHUNK + 1] end
    at = at + 1
    return row
  end
end

--- n rows from row first on, sharing memory.
function Table:slice(first, n)
  local handle, err = core.table_slice(open(self), first - 1, n)
  if not handle then return failed(err) end
  return tables.wrap(handle)
end

--- The table with one column as money, and the number of cells that were rounded. options.currency is required,
-- options.unit ("major", "minor") where amounts are numbers, options.rounding where they have fractions.
function Table:with_money(name, options)
  local handle, n_rounded = core.table_to_money(open(self), name, options)
  if not handle then return failed(n_rounded) end
  return tables.wrap(handle), n_rounded
end

--- Frees the memory now instead of at the next collection.
function Table:close()
  values.close(self, core.table_close)
end

Table.__close = Table.close

function Table:__len()
  return self:n_rows()
end

function Table:__tostring()
  if not self._handle then return "campaign.Table (closed)" end
  return "campaign.Table of " .. tostring(self:n_rows()) .. " rows: " .. table.concat(self:columns(), ", ")
end

-- ---- Building ----

local function is_integer(value)
  if math.type then return math.type(value) == "integer" end
  return value == math.floor(value) and value > -2 ^ 53 and value < 2 ^ 53
end

local function kind_of(value)
  if type(value) == "string" then return UTF8 end
  if type(value) == "boolean" then return BOOL end
  if type(value) ~= "number" then return nil end
  return is_integer(value) and INT64 or FLOAT64
end

-- The type of a column from its values: text, whole numbers, numbers, or booleans.
local function infer(name, list, n)
  local found
  for row = 1, n do
    if is_present(list[row]) then
      local kind = kind_of(list[row])
      local are_numbers = (kind == INT64 or kind == FLOAT64) and (found == INT64 or found == FLOAT64)
      if not kind or (found and found ~= kind and not are_numbers) then
        error(("column \"%s\" row %d: %s among %s"):format(name, row, type(list[row]),
          found and type_names[found] or "nothing else"), 0)
      end
      found = (are_numbers and found ~= kind) and FLOAT64 or kind
    end
  end
  return found or UTF8
end

-- Date or timestamp, by the first value that is there.
local function infer_moment(list, n)
  for row = 1, n do
    local value = list[row]
    if is_present(value) then return type(value) == "string" and #value > 10 and TIMESTAMP or DATE end
  end
  return DATE
end

-- Columns by name, their names in order, and the number of rows.
local function columns_of(data)
  local columns, names, n = {}, {}, 0
  if type(data) ~= "table" then error("expected a table of columns or rows, found " .. type(data), 0) end
  if data[1] ~= nil then
    for row, cells in ipairs(data) do
      for name, value in pairs(cells) do
        columns[name] = columns[name] or {}
        columns[name][row] = value
      end
    end
    n = #data
  else
    columns = data
    for name, list in pairs(data) do
      if type(list) ~= "table" then error("column \"" .. tostring(name) .. "\" is no list", 0) end
      for row in pairs(list) do n = math.max(n, row) end
    end
  end
  for name in pairs(columns) do names[#names + 1] = name end
  table.sort(names)
  return columns, names, n
end

-- The type to build a column with; money is built as what it is written in, and converted after.
local function kind_to_build(name, wanted, list, n)
  if wanted == "moment" then return infer_moment(list, n) end
  local kind = wanted and type_numbers[wanted]
  if wanted and not kind then error("there is no type \"" .. tostring(wanted) .. "\"", 0) end
  return kind and kind ~= MONEY and kind or infer(name, list, n)
end

local function add_column(builder, index, name, kind, list, n)
  local ok, err = core.table_builder_add_column(builder, name, kind, nil)
  if ok then ok, err = core.table_builder_append_list(builder, index, kind, list, n, null) end
  if not ok and err.where == "" then err.where = name end
  return ok, err
end

local function build(data, types)
  local columns, names, n = columns_of(data)
  local builder, err = core.table_builder_create()
  for i, name in ipairs(builder and names or {}) do
    local kind = kind_to_build(name, types[name], columns[name], n)
    local ok, problem = add_column(builder, i - 1, name, kind, columns[name], n)
    if not ok then
      core.table_builder_close(builder)
      return nil, problem
    end
  end
  if not builder then return failed(err) end
  local handle
  handle, err = core.table_builder_finish(builder)
  core.table_builder_close(builder)
  if not handle then return failed(err) end
  return tables.wrap(handle)
end

-- A table whose named columns, where they are there, are money of the currency; what is so already stays. Takes over
-- the table where it is owned.
local function convert_money(made, is_owned, names, options)
  for _, name in ipairs(names) do
    local index = core.table_find(open(made), name)
    local column = index >= 0 and core.table_column(made._handle, index)
    local kind = column and column.type
    local is_number = kind == INT32 or kind == INT64 or kind == FLOAT64
    local is_left = options.is_implied and not options.unit and is_number -- for the engine to refuse
    if column and not is_left and not (kind == MONEY and column.currency == options.currency) then
      local handle, err = core.table_to_money(made._handle, name, { currency = options.currency, unit = options.unit,
        rounding = options.rounding, exponent = options.exponent })
      if is_owned then made:close() end
      if not handle then return failed(err) end
      made, is_owned = tables.wrap(handle), true
    end
  end
  return made
end

--- A table from columns or rows. Worker only.
-- options.types names types that values do not show: {date = "date", amount = "money"}; money needs options.currency,
-- and options.unit ("major", "minor") where amounts are numbers, options.rounding where they have fractions.
function tables.make(data, options)
  options = options or {}
  if getmetatable(data) == Table then return data end
  local types, money = options.types or {}, {}
  for name, wanted in pairs(types) do
    if wanted == "money" then money[#money + 1] = name end
  end
  table.sort(money)
  local made, err = build(data, types)
  if not made then return failed(err) end
  return convert_money(made, true, money, options)
end

--- An engine's input: a table of ours, or plain data whose roles tell their types.
-- names maps roles to the caller's columns; options holds currency, amount_unit and rounding.
function tables.input(data, roles, names, options)
  local types, money = {}, {}
  for role, kind in pairs(roles) do
    local name = names[role] or role
    if kind == "money" then money[#money + 1] = name else types[name] = kind end
  end
  table.sort(money)
  local made, err = data, nil
  if getmetatable(data) ~= Table then made, err = build(data, types) end
  if not made then return failed(err) end
  if not options.currency then return made end
  return convert_money(made, made ~= data, money,
    { currency = options.currency, unit = options.amount_unit, rounding = options.rounding,
      is_implied = options.is_implied })
end

-- ---- Inputs of a call ----

--- Raises for inputs that a call does not take: a slip of the pen, or something that is no table.
function tables.check_inputs(inputs, roles)
  if type(inputs) ~= "table" then error("inputs is a table of tables by name, not a " .. type(inputs), 0) end
  for name, data in pairs(inputs) do
    if roles[name] and type(data) ~= "table" and type(data) ~= "function" then
      error(("input \"%s\" is a table, not a %s"):format(name, type(data)), 0)
    end
    if not roles[name] then
      local known = {}
      for one in pairs(roles) do known[#known + 1] = one end
      table.sort(known)
      error(("there is no input \"%s\"; it takes %s"):format(tostring(name), table.concat(known, ", ")), 0)
    end
  end
end

--- What a call was given, by name, as tables of ours: handles for the struct that takes them, the tables in use, those
-- to be closed after the call, and what went wrong. roles says by name what the columns of each are, see tables.input.
function tables.open_inputs(inputs, roles, options)
  local handles, used, made = {}, {}, {}
  inputs = inputs or {}
  tables.check_inputs(inputs, roles)
  for name, columns in pairs(roles) do
    if inputs[name] then
      local input, err = tables.input(inputs[name], columns, {}, options or {})
      if not input then return handles, used, made, err end
      handles[name] = values.open(input)
      used[#used + 1] = input
      if input ~= inputs[name] then made[#made + 1] = input end
    end
  end
  return handles, used, made
end

--- Calendars of the options, calendar and calendars ({key = calendar}), as handles of the inputs; used collects what
-- must not be closed meanwhile.
function tables.take_calendars(handles, knobs, used)
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

-- ---- Checking ----

-- A rule as the compiled module takes it: types as bits, dates as days.
local function plain_rule(rule)
  local plain, bits = {}, 0
  for name, value in pairs(rule) do plain[name] = value end
  for _, name in ipairs(rule.types or {}) do
    if not type_numbers[name] then error("there is no type \"" .. tostring(name) .. "\"", 0) end
    bits = bits + 2 ^ type_numbers[name]
  end
  plain.types = bits
  for _, bound in ipairs { "minimum", "maximum" } do
    if type(plain[bound]) == "string" and plain[bound]:find("^%d+%-") then
      plain[bound] = assert(values.day_number(plain[bound]))
    end
  end
  return plain
end

--- Lists every problem of a table: problems, counts. Rules are {name = …, types = {"date"}, is_optional, allows_null,
-- is_unique, forbids_empty, minimum, maximum}. Worker only.
function tables.check(data, rules, limit)
  local plain = {}
  for i, rule in ipairs(rules) do plain[i] = plain_rule(rule) end
  local made, err = tables.make(data)
  if not made then return nil, err end
  local problems, counts = core.table_check(open(made), plain, limit or 20)
  if not problems then return failed(counts) end
  return tables.wrap(problems), tables.wrap(counts)
end

return tables

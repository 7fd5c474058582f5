--- What every part of the module shares: errors, null, dates, handles.

local core = require "campaign._core"

local values = {}

-- Errors are tables {status, code, where, row, message} that print themselves; rows count from 1.
local Error = {}
Error.__index = Error

function Error.__tostring(err)
  local place = err.where or ""
  if err.row then place = (place .. " row " .. tostring(err.row)):gsub("^ ", "") end
  return place ~= "" and place .. ": " .. err.message or err.message
end

--- What errors of this code mean, in one sentence; language "en" or "zh".
function Error:meaning(language)
  return core.status_text(self.status, language or "en")
end

--- nil and the error, ready to be returned.
function values.failed(err)
  if type(err) == "table" then setmetatable(err, Error) end
  return nil, err
end

--- Stands for a missing value, because a Lua list ends at nil.
values.null = setmetatable({}, { __tostring = function() return "null" end })

function values.is_present(value)
  return value ~= nil and value ~= values.null
end

--- Days since 1970-01-01 of a date's text.
function values.day_number(date)
  if type(date) == "number" then return date end
  local day, err = core.date_parse(date)
  if not day then return values.failed(err) end
  return day
end

values.day_text = core.date_format

-- ---- Handles ----

--- The handle of an object that was not closed.
function values.open(self)
  if not self._handle then error("the handle is closed", 3) end
  return self._handle
end

--- Frees an object's handle, unless a call that runs, and called its progress function, still reads it.
function values.close(self, free)
  if self._n_calls and self._n_calls > 0 then error("the object is in use by a call that runs", 3) end
  if self._handle then free(self._handle) end
  self._handle = nil
end

local function count_calls(objects, step)
  for _, object in ipairs(objects) do object._n_calls = (object._n_calls or 0) + step end
end

local function finish(objects, ok, ...)
  count_calls(objects, -1)
  if not ok then error((...), 0) end
  return ...
end

--- Calls a function of the compiled module, during which none of these objects can be closed.
function values.using(objects, call, ...)
  count_calls(objects, 1)
  return finish(objects, pcall(call, ...))
end

-- ---- Options ----

local not_knobs = { n_threads = true, progress = true, currency = true, amount_unit = true, rounding = true }

--- Splits options into the fields of the engine's struct and the run-time services.
function values.sort_options(options)
  local knobs, services = {}, {}
  for name, value in pairs(options or {}) do
    if not not_knobs[name] then knobs[name] = value end
  end
  if options then services.n_threads, services.progress = options.n_threads, options.progress end
  return knobs, services
end

return values

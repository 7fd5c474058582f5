--- Response curves: what a spend brings, fitted to its history.

local core = require "campaign._core"
local tables = require "campaign.tables"
local values = require "campaign.values"

local response = {}

-- Dates as periods come as texts; whole numbers stay numbers. The data are columns or rows.
local function has_days(history, name)
  if type(history) ~= "table" or history._handle then return false end
  local column = history[name] or {}
  for _, value in ipairs(column) do
    if values.is_present(value) then return type(value) == "string" end
  end
  for _, row in ipairs(history) do
    if values.is_present(row[name]) then return type(row[name]) == "string" end
  end
  return false
end

--- Fits response curves with carry-over to a history of spend and result. Worker only: it searches.
-- history has spend and result, and where they are there period (dates or whole numbers; without them nothing is
-- carried over), item and weight, or the columns options names. options: curve ("auto", "hill", …), adstock,
-- adstock_max, before ("nothing", "mean"), omits_intercept, fits_trend, limits ({{parameter = "location", low = 1,
-- high = 9, item = …}}), n_starts, level, uncertainty_max, item, period, spend, result, weight, language, n_threads,
-- progress.
-- Gives a table with curves, fitted, candidates, lines, notes, n_items and n_identified.
function response.fit_response(history, options)
  local knobs, services = values.sort_options(options)
  local period = knobs.period or "period"
  local roles = has_days(history, period) and { period = "date" } or {}
  local rows, err = tables.input(history, roles, knobs, options or {})
  if not rows then return nil, err end
  local curves, report = values.using({ rows }, core.forecast_fit_response, values.open(rows), knobs, services)
  if rows ~= history then rows:close() end
  if not curves then return values.failed(report) end
  report.curves = curves
  return tables.wrap_all(report)
end

return response

--- Response curves from Lua.

local campaign = require "campaign"
local check = require "check"

local equal = check.equal
local tests = {}

-- Twelve experiments: a curve without carry-over, y = 100 x / (10 + x) with a small pattern of errors.
local function experiments()
  local data = { spend = {}, result = {} }
  for i = 1, 12 do
    local spend = i * 4
    data.spend[i] = spend + 0.5
    data.result[i] = 100 * (spend + 0.5) / (10.5 + spend) + (i % 3 - 1) * 0.5
  end
  return data
end

function tests.a_curve_is_found()
  local fit = assert(campaign.forecast_fit_response(experiments(),
    { curve = "michaelis_menten", omits_intercept = true }))
  equal(fit.curves:get("status", 1), "identified")
  equal(math.abs(fit.curves:get("scale", 1) - 100) < 3, true)
  equal(math.abs(fit.curves:get("location", 1) - 10) < 1, true)
  equal({ fit.n_items, fit.n_identified, fit.lines:n_rows() }, { 1, 1, 61 })
  equal(fit.fitted:get("period", 1), campaign.null)
end

function tests.weeks_carry_over_and_limits_hold()
  local data = { period = {}, spend = {}, result = {}, item = {} }
  local carried = 0
  for i = 1, 40 do
    local spend = (i * 37) % 23 * 5
    carried = 0.5 * carried + 0.5 * spend
    data.period[i] = ("2025-%02d-%02d"):format(math.floor((i - 1) / 28) + 1, (i - 1) % 28 + 1)
    data.spend[i], data.result[i], data.item[i] = spend, 20 + 300 * (1 - math.exp(-carried / 30)), "search"
  end
  local fit = assert(campaign.forecast_fit_response(data, { curve = "exponential",
    limits = { { parameter = "adstock", low = 0.5, high = 0.5, item = "search" } } }))
  equal(fit.curves:get("status", 1), "identified")
  equal(fit.curves:get("adstock", 1), 0.5)
  equal(fit.fitted:get("period", 1), "2025-01-01")
end

function tests.what_is_no_history_is_an_error()
  local fit, err = campaign.forecast_fit_response { spend = { 1, -2 }, result = { 1, 2 } }
  equal({ fit, err.where, err.row }, { nil, "history.spend", 2 })
  fit, err = campaign.forecast_fit_response({ spend = { 1 }, result = { 1 } }, { curve = "bent" })
  equal({ fit, err.code }, { nil, "CAMPAIGN_E_UNKNOWN" })
end

return tests

--- Seasons and day weights from Lua.

local campaign = require "campaign"
local check = require "check"

local equal = check.equal
local tests = {}

local function quarterly(date, amount)
  local sales = { [date or "date"] = {},
    [amount or "amount"] = { 120, 180, 150, 270, 132, 198, 162, 308, 150, 210, 174, 336 } }
  for i = 0, 11 do
    sales[date or "date"][i + 1] = ("%d-%02d-01"):format(2023 + math.floor(i / 4), i % 4 * 3 + 1)
  end
  return sales
end

local function index_of(profile, dimension, key)
  for row in profile:rows() do
    if row.dimension == dimension and row.key == key then return row.index end
  end
end

function tests.quarters_are_the_mean_of_their_yearly_ratios()
  local result = assert(campaign.forecast_seasonality(quarterly()))
  local texts = {}
  for q = 1, 4 do texts[q] = ("%.6f"):format(index_of(result.profile, "quarter", tostring(q))) end
  equal(texts, { "0.672107", "0.985172", "0.814444", "1.528276" })
  equal({ result.grain, result.n_years, result.first_day, result.end_day },
    { "quarter", 3, "2023-01-01", "2026-01-01" })
  equal(result.shrinkage, 1)
  equal(result.seasons:get("season", 4), "peak")
end

function tests.columns_are_mapped_and_money_is_money()
  local result = assert(campaign.forecast_seasonality(quarterly("日期", "销售额"),
    { date = "日期", amount = "销售额", currency = "CNY", amount_unit = "major", language = "zh" }))
  equal({ result.treated:type("value") }, { "money", "CNY" })
  equal(result.seasons:get("reason", 4):find("3 年中有 3 年", 1, true) ~= nil, true)
end

function tests.years_may_be_named_or_weighed()
  local only = assert(campaign.forecast_seasonality(quarterly(), { years = { 2025 }, shrink = "never" }))
  equal(math.abs(index_of(only.profile, "quarter", "1") - 150 / 217.5) < 1e-12, true)
  local mixed = assert(campaign.forecast_seasonality(quarterly(),
    { years = { [2024] = 1, [2025] = 3 }, shrink = "never" }))
  equal(math.abs(index_of(mixed.profile, "quarter", "1") - (0.66 + 3 * 150 / 217.5) / 4) < 1e-12, true)
end

function tests.windows_may_be_declared_and_the_calendar_given()
  local calendar = assert(campaign.calendar())
  local result = assert(campaign.forecast_seasonality(quarterly(),
    { calendar = calendar, windows = { { node = "d1111", first = 0, last = 0, weight = 4, name = "双11" } } }))
  local days = assert(campaign.forecast_day_weights(result.profile, "2027-11-10", "2027-11-12", calendar))
  equal(days:column("window"), { campaign.null, "双11" })
  equal(days:get("window_index", 2), 4)
  calendar:close()
end

function tests.a_profile_may_be_written_by_hand()
  local days = assert(campaign.forecast_day_weights({
    { dimension = "day_kind", key = "statutory", index = 2.0 },
    { dimension = "day_kind", key = "weekend", index = 1.6 },
  }, "2026-10-01", "2026-10-12"))
  equal({ days:get("units", 1), days:get("units", 11) }, { 2000000000000, 1600000000000 })
  equal(days:get("day_kind", 10), "makeup")
end

function tests.errors_name_the_place()
  local err = check.refused("CAMPAIGN_E_UNKNOWN",
    campaign.forecast_seasonality(quarterly(), { windows = { { node = "cnny" } } }))
  equal(err.where, "options.windows")
  check.refused("CAMPAIGN_E_INFEASIBLE", campaign.forecast_seasonality(quarterly(), { season = "month" }))
  check.refused("CAMPAIGN_E_SYNTAX", campaign.forecast_day_weights({ { dimension = "x", key = "1", index = 1 } },
    "soon", "later"))
end

return tests

--- RFM tiers from Lua.

local campaign = require "campaign"
local check = require "check"

local equal = check.equal
local tests = {}

local function small()
  return {
    ["会员卡号"] = { "a", "b", "b", "c" },
    ["日期"] = { "2026-01-05", "2026-06-01", "2026-07-01", "2026-07-02" },
    ["金额"] = { "10.00", "20.00", "-5.00", "7.50" },
  }
end

local function names(more)
  local options = { customer = "会员卡号", date = "日期", amount = "金额", currency = "CNY" }
  for name, value in pairs(more or {}) do options[name] = value end
  return options
end

function tests.columns_are_mapped_and_money_is_exact()
  local orders = small()
  local result = assert(campaign.tier_rfm(orders, names { as_of = "2026-07-02" }))
  local rows = {}
  for row in result.tiers:rows() do rows[row.customer] = row end
  equal({ rows.b.monetary, rows.b.recency_days, rows.b.frequency }, { "15.00", 31, 1 })
  equal({ result.n_returns, result.n_customers, result.as_of }, { 1, 3, "2026-07-02" })
  equal(result.bins:n_rows(), 15)
  equal({ result.skipped:n_rows(), result.skipped_counts:n_rows() }, { 0, 0 })
  local columns = {}
  for name in pairs(orders) do columns[#columns + 1] = name end
  equal(#columns, 3) -- what the caller gave is as it was
end

function tests.numbers_without_a_unit_are_refused()
  local orders = small()
  orders["金额"] = { 10, 20, -5, 7 }
  check.refused("CAMPAIGN_E_COLUMN", campaign.tier_rfm(orders, names()))
  equal(campaign.tier_rfm(orders, names { amount_unit = "major" }).n_customers, 3)
end

function tests.published_scores_of_the_r_package()
  local path = check.shared "data/rfm_r/rfm_data_orders.csv.xz"
  local pipe = io.popen("xz -dc '" .. path .. "'")
  local text = pipe and pipe:read "*a" or ""
  if pipe then pipe:close() end
  if text == "" then check.skip "xz is not installed" end
  local orders = assert(campaign.parse_csv(text, { columns = { revenue = "money[USD]", customer_id = "utf8" } }))
  local result = assert(campaign.tier_rfm(orders, { customer = "customer_id", date = "order_date", amount = "revenue",
    as_of = "2006-12-31", ties = "r_rfm", frequency_counts = "rows" }))
  local found = {}
  for row in result.tiers:rows() do found[row.customer] = row.rfm end
  equal({ found["Abbey O'Reilly"], found["Add Senger"], found["Aden Lesch"], found["Aden Murphy"],
    found["Admiral Senger"] }, { "343", "412", "323", "544", "433" })
  equal(result.n_customers, 995)
end

function tests.segments_from_a_document_and_in_chinese()
  local result = assert(campaign.tier_rfm(small(), names { language = "zh", dormant_after_days = 60 }))
  assert(table.concat(result.tiers:column "tier_name"):find("沉睡", 1, true))
  assert(campaign.default_segments():find("campaign/segments/1", 1, true))
  check.refused("CAMPAIGN_E_UNKNOWN", campaign.tier_rfm(small(),
    names { segments = [[{"schema": "campaign/segments/1", "rulez": []}]] }))
end

function tests.own_cut_points()
  local result = assert(campaign.tier_rfm(small(), names { recency_cuts = { 10, 100 }, frequency_bins = 2,
    as_of = "2026-07-02" }))
  equal(result.tiers:column "r", { 1, 2, 3 })
  check.raises("recency_cuts", campaign.tier_rfm, small(), names { recency_cuts = { "x" } })
end

function tests.wrong_words_raise_and_wrong_dates_are_refused()
  check.raises("no field \"custmer\"", campaign.tier_rfm, small(), { custmer = "x" })
  check.raises("\"nearest\" is none of", campaign.tier_rfm, small(), names { ties = "nearest" })
  check.refused("CAMPAIGN_E_VALUE", campaign.tier_rfm(small(), names { as_of = "2026-02-30" }))
end

return tests

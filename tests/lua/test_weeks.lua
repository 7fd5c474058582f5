--- Promotion weeks from Lua: two items share one slot a week.

local campaign = require "campaign"
local check = require "check"

local equal = check.equal
local tests = {}

local function inputs(more)
  local given = {
    items = {
      { item = "rice", price = "10.00", cost = "6.00", base = 1000, elasticity = 4 },
      { item = "tea", price = "10.00", cost = "6.00", base = 3000, elasticity = 4 },
    },
    ladder = { { discount = 0.2 } },
  }
  for name, value in pairs(more or {}) do given[name] = value end
  return given
end

function tests.the_slot_goes_where_it_brings_more()
  local result = assert(campaign.promotion_weeks(inputs { slots = { { capacity = 1 } } },
    { n_weeks = 2, currency = "CNY" }))
  equal(result.calendar:column "level", { 0, 0, 1, 1 })
  equal(result.calendar:column "price", { "10.00", "10.00", "8.00", "8.00" })
  equal(result.items:column "reason", { "crowded_out", "best" })
  equal(result.summary:get("total", 1), "37296.88")
  equal(result.n_promotions, 2)
end

function tests.without_limits_it_is_optimal()
  local result = assert(campaign.promotion_weeks(inputs(), { n_weeks = 3, currency = "CNY", language = "zh" }))
  equal({ result.status, result.n_promotions, result.total_minor == result.bound_minor }, { "optimal", 6, true })
end

function tests.weeks_have_dates_and_money_is_exact()
  local result = assert(campaign.promotion_weeks(inputs {
    weeks = { { week = 7, start = "2027-02-15" }, { week = 8, start = "2027-02-22" } },
    item_weeks = { { item = "tea", week = 8, is_forced = true, price = "8.00" } },
    budgets = { { amount = "0.00" } },
  }, { currency = "CNY" }))
  equal(result.calendar:get("start", 4), "2027-02-22")
  equal(result.calendar:get("is_forced", 4), true)
end

function tests.mistakes_are_told_with_their_place()
  check.refused("CAMPAIGN_E_VALUE", campaign.promotion_weeks(inputs { ladder = { { discount = 1.5 } } },
    { currency = "CNY" }))
  check.refused("CAMPAIGN_E_UNKNOWN", campaign.promotion_weeks(inputs { groups = { { group = "g", item = "salt" } } },
    { currency = "CNY" }))
  check.refused("CAMPAIGN_E_COLUMN", campaign.promotion_weeks(inputs()))
end

return tests

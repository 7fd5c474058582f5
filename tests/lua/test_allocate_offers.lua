--- Offers to customers from Lua: two coupons, one budget.

local campaign = require "campaign"
local check = require "check"

local equal = check.equal
local tests = {}

local function pairs_of(more)
  local given = {
    { customer = "an", offer = "coupon", value = 9.5, cost = 5.5 },
    { customer = "an", offer = "gift", value = 12, cost = 10 },
    { customer = "bo", offer = "coupon", value = 8, cost = 5 },
    { customer = "bo", offer = "gift", value = 7, cost = 10 },
    { customer = "cai", offer = "coupon", value = 6, cost = 5 },
  }
  for row, cells in pairs(more or {}) do
    for name, value in pairs(cells) do given[row][name] = value end
  end
  return given
end

function tests.the_budget_goes_where_it_brings_most()
  local result = assert(campaign.allocate.offers({ pairs = pairs_of(), budgets = { { amount = 15.5 } } }))
  equal(result.choices:column "customer", { "an", "bo", "cai" })
  equal(result.choices:column "offer", { "coupon", "coupon", "coupon" })
  equal({ result.value, result.n_choices, result.value <= result.bound }, { 23.5, 3, true })
end

function tests.money_is_kept_to_the_fen()
  local given = pairs_of()
  for _, row in ipairs(given) do row.cost = ("%.2f"):format(row.cost) end
  local result = assert(campaign.allocate.offers({ pairs = given, budgets = { { amount = "15.49" } } },
    { currency = "CNY" }))
  equal(result.rows:get("used", 1), "15.00") -- gift to an, coupon to bo; three coupons are 15.50
  equal(result.value, 20)
end

function tests.prices_decide_for_one_more()
  local result = assert(campaign.allocate.offers({
    pairs = pairs_of(),
    customers = { { customer = "an", region = "n" }, { customer = "bo", region = "s" },
      { customer = "cai", region = "n" } },
    budgets = { { amount = 5.5, region = "n" } },
  }))
  local prices = result.prices
  equal({ prices.offers, prices.costs, prices.attributes }, { { "coupon", "gift" }, { "cost" }, { "region" } })
  equal(prices:choose { values = { coupon = 2, gift = 1 }, costs = { coupon = 5, gift = 5 }, region = "s" },
    { "coupon" })
  equal(prices:choose { values = { coupon = 0.01 }, costs = { coupon = 50 }, region = "n" }, {})
  equal(prices:choose { values = { coupon = 1, gift = 2 }, costs = { coupon = 0, gift = 0 }, most = 2 },
    { "gift", "coupon" })
  check.refused("CAMPAIGN_E_VALUE", prices:choose { values = { coupon = 1 }, costs = { coupon = -1 } })
  prices:close()
end

function tests.mistakes_are_told()
  check.refused("CAMPAIGN_E_VALUE", campaign.allocate.offers({ pairs = pairs_of { [2] = { cost = -1 } },
    budgets = { { amount = 1 } } }))
  check.refused("CAMPAIGN_E_UNKNOWN", campaign.allocate.offers({ pairs = pairs_of(),
    budgets = { { amount = 1, offer = "kite" } } }))
  check.refused("CAMPAIGN_E_DUPLICATE", campaign.allocate.offers { pairs = pairs_of { [2] = { offer = "coupon" } } })
end

function tests.shares_use_the_last_yuan()
  local result = assert(campaign.allocate.offers({ pairs = pairs_of(), budgets = { { amount = 14 } } },
    { is_fractional = true }))
  local spent, shares = 0, result.choices:column "share"
  for i, cost in ipairs(result.choices:column "cost") do spent = spent + shares[i] * cost end
  equal({ result.status, spent <= 14, spent > 13.999999 }, { "optimal", true, true })
end

function tests.batches_give_the_answer_of_the_table()
  local n_readings, all, offers = 0, pairs_of(), { { offer = "coupon" }, { offer = "gift" } }
  local function batches()
    n_readings = n_readings + 1
    local at = -1
    return function()
      at = at + 2
      return all[at] and { all[at], all[at + 1] }
    end
  end
  local given = { pairs = all, offers = offers, budgets = { { amount = 15.5 } } }
  local whole = assert(campaign.allocate.offers(given))
  given.pairs = batches
  local result = assert(campaign.allocate.offers(given))
  equal(result.choices:column "offer", whole.choices:column "offer")
  equal({ result.value, n_readings > 2 }, { whole.value, true })
  given.pairs = function() error "the file is gone" end
  local is_fine, message = pcall(campaign.allocate.offers, given)
  equal({ is_fine, tostring(message):find("the file is gone", 1, true) ~= nil }, { false, true })
end

return tests

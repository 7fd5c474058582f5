--- Stock over stores and order quantities from Lua.

local campaign = require "campaign"
local check = require "check"

local equal = check.equal
local tests = {}

local function demand(more)
  local rows = {
    { sku = "tea", store = "east", distribution = "deterministic", mean = 10, margin = "5.00" },
    { sku = "tea", store = "west", distribution = "deterministic", mean = 30, margin = "4.00" },
  }
  for name, value in pairs(more or {}) do rows[2][name] = value end
  return rows
end

function tests.pieces_go_where_they_bring_most()
  local result = assert(campaign.allocate.stock(
    { demand = demand(), pool = { { sku = "tea", stock = 25 } } }, { currency = "CNY" }))
  equal(result.allocation:column "units", { 10, 15 })
  equal({ result.status, result.value, result.bound }, { "optimal", 110, 110 })
  equal(result.pools:get("text", 1), "One more piece brings about 4.00; the next pack would go to west.")
end

function tests.fill_rates_are_raised_alike()
  local result = assert(campaign.allocate.stock(
    { demand = demand(), pool = { { sku = "tea", stock = 20 } } },
    { currency = "CNY", objective = "fill", language = "zh", reserve_ppm = 200000 }))
  equal(result.allocation:column "units", { 4, 12 })
  equal(result.pools:get("reserve", 1), 4)
end

function tests.orders_stand_beside_the_rule()
  local result = assert(campaign.allocate.order_quantity(
    { items = { { sku = 1, mean = 100, distribution = "exponential", price = "10.00", cost = "2.00", peak = 150 } } },
    { currency = "CNY" }))
  equal(result.orders:get("units", 1), 161)
  equal(result.orders:get("rule_units", 1), 180)
  equal(result.summary:get("text", 1), "Ordering 120 % of the historic peak would bring 3.41 less.")
end

function tests.mistakes_are_told_with_their_place()
  check.refused("CAMPAIGN_E_VALUE", campaign.allocate.stock(
    { demand = demand { mean = -3 }, pool = { { sku = "tea", stock = 25 } } }, { currency = "CNY" }))
  check.refused("CAMPAIGN_E_UNKNOWN", campaign.allocate.stock(
    { demand = demand(), pool = { { sku = "salt", stock = 25 } } }, { currency = "CNY" }))
end

return tests

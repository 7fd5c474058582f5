--- Budgets over response curves from Lua.

local campaign = require "campaign"
local check = require "check"

local equal = check.equal
local tests = {}

local function items(more)
  local rows = {
    { item = "a", curve = "power", scale = 1, shape = 0.5 },
    { item = "b", curve = "power", scale = 2, shape = 0.5 },
    { item = "c", curve = "power", scale = 3, shape = 0.5 },
  }
  for i, row in ipairs(rows) do
    for name, list in pairs(more or {}) do row[name] = list[i] end
  end
  return rows
end

function tests.money_is_whole_and_adds_up()
  local result = assert(campaign.allocate.budget({ items = items { minimum = { "0.00", "0.00", "0.00" } } },
    { budget = "140.00", currency = "CNY" }))
  equal(result.allocation:column "spend", { "10.00", "40.00", "90.00" })
  equal({ result.status, result.spend_minor, result.unspent_minor }, { "optimal", 14000, 0 })
  equal(result.summary:get("budget", 1), "140.00")
end

function tests.plain_numbers_and_groups()
  local result = assert(campaign.allocate.budget({
    items = items { group = { "x", "x", "y" } },
    groups = { { group = "x", share = 0.25 }, { group = "y", share = campaign.null } },
  }, { budget = 100, contingency_ppm = 100000 }))
  equal(math.floor(result.groups:get("spend", 1) * 1e6 + 0.5), 22500000)
  equal(math.floor(result.contingency + 0.5), 10)
  equal(result.limits:column "kind", { "budget", "share" })
end

function tests.objectives_and_language()
  local result = assert(campaign.allocate.budget({ items = items() },
    { objective = "profit", language = "zh" }))
  equal(math.floor(result.value * 1e6 + 0.5), 3500000)
  assert(result.allocation:get("text", 1):find("再投入", 1, true))
end

function tests.mistakes_are_told_with_their_place()
  check.refused("CAMPAIGN_E_DUPLICATE", campaign.allocate.budget({ items = items { item = { "a", "a", "c" } } },
    { budget = 1 }))
  check.refused("CAMPAIGN_E_INFEASIBLE", campaign.allocate.budget({ items = items { minimum = { 5, 6, 7 } } },
    { budget = 10 }))
  local result, err = campaign.allocate.budget({ items = items() }, { budget = "1.234", currency = "CNY" })
  equal(result, nil)
  equal(err.code, "CAMPAIGN_E_VALUE")
  assert(not pcall(campaign.allocate.budget, { items = items() }, { budget = 5, currency = "CNY" }))
end

return tests

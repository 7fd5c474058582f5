--- Quotas from Lua: splits, tables, money, refusals.

local campaign = require "campaign"
local check = require "check"

local equal = check.equal
local quota = campaign.allocate.quota
local tests = {}

local function grid(more)
  local given = {
    cells = { row = { "a", "a", "b", "b" }, column = { "x", "y", "x", "y" }, weight = { 4, 1, 1, 1 } },
    rows = { row = { "a", "b" }, total = { 6, 3 } },
    columns = { column = { "x", "y" }, total = { 6, 3 } },
  }
  for name, value in pairs(more or {}) do given[name] = value end
  return given
end

function tests.a_split_in_units()
  local result = assert(quota({ cells = { cell = { "Li", "Wu", "Xu" }, weight = { 53, 24, 23 } } },
    { total = 7, method = "dhondt" }))
  equal(result.cells:column "quota", { 4, 2, 1 })
  equal({ result.status, result.gap, result.n_ties }, { "optimal", 0, 0 })
  equal(result.multipliers:get("next", 1), "Xu")
end

function tests.a_split_of_money_is_exact()
  local result = assert(quota({ cells = { { cell = "a", weight = 1 }, { cell = "b", weight = 1, maximum = "20.00" },
    { cell = "c", weight = 1 } } }, { total = "100.00", currency = "CNY" }))
  equal(result.cells:column "quota", { "40.00", "20.00", "40.00" })
end

function tests.rows_and_columns_are_kept()
  local result = assert(quota(grid(), { kind = "biproportional" }))
  equal(result.cells:column "quota", { 5, 1, 1, 2 })
  equal(result.rows:column "total", { 6, 3 })
end

function tests.dimensions_by_name()
  local result = assert(quota({ cells = { line = { "tea", "rice" }, region = { "N", "N" }, leads = { 1, 2 } } },
    { total = 9, dimensions = { "line", "region" }, weight = "leads", language = "zh" }))
  equal(result.cells:column "quota", { 6, 3 })
  equal(result.notes:column "code", { "nested" })
end

function tests.mistakes_are_told_with_their_place()
  check.refused("CAMPAIGN_E_INFEASIBLE", quota(grid { rows = { row = { "a", "b" }, total = { 6, 4 } } },
    { kind = "biproportional" }))
  check.refused("CAMPAIGN_E_ARGUMENT", quota(grid(), { kind = "fitting", total = 3 }))
  check.refused("CAMPAIGN_E_SYNTAX", quota({ cells = { cell = { "a" }, weight = { 1 } } },
    { total = "10,00", currency = "CNY" }))
end

function tests.quotas_from_capacity()
  local result = assert(campaign.allocate.capacity_quota({
    reps = {
      { rep = "Li", visits_a_day = 6, win_rate = 0.2, ticket = "400.00", working_days = 250 },
      { rep = "Wu", visits_a_day = 6, win_rate = 0.2, ticket = "400.00", working_days = 250, start_month = 7 },
    },
    ramp = { month = { 1, 2, 3 }, share = { 0.25, 0.5, 0.75 } },
  }, { total = "200000.00", currency = "CNY" }))
  equal(result.reps:column "capacity", { "120000.00", "45000.00" })
  equal(result.reps:column "quota", { "145454.55", "54545.45" })
  equal({ result.is_over, result.n_over, result.gap_minor }, { true, 2, 3500000 })
end

return tests

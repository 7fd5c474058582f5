--- Tables from Lua: columns or rows in, the same cells out.

local campaign = require "campaign"
local check = require "check"

local equal, null = check.equal, campaign.null
local tests = {}

local function example()
  return assert(campaign.table({
    flag = { true, null, false },
    count = { 1, null, "9007199254740993" },
    share = { 0.5, null, -1e300 },
    day = { "2027-02-06", null, "1900-01-31" },
    time = { "2027-02-06 23:59:59.123456", null, "1969-12-31T23:00" },
    ["店铺"] = { "一号店", null, "" },
    amount = { "19.90", null, "-0.05" },
  }, { types = { count = "int64", day = "date", time = "timestamp", amount = "money" }, currency = "CNY" }))
end

function tests.cells_come_back_the_same()
  local t = example()
  equal({ t:n_rows(), t:columns() }, { 3, { "amount", "count", "day", "flag", "share", "time", "店铺" } })
  equal(t:column("flag"), { true, null, false })
  equal(t:column("share"), { 0.5, null, -1e300 })
  equal(t:column("day"), { "2027-02-06", null, "1900-01-31" })
  equal(t:column("time"), { "2027-02-06T23:59:59.123456", null, "1969-12-31T23:00:00" })
  equal(t:column("店铺"), { "一号店", null, "" })
  equal(t:column("amount"), { "19.90", null, "-0.05" })
  equal({ t:get("count", 1), tostring(t:get("count", 3)) }, { 1, "9007199254740993" })
  equal({ t:type("amount") }, { "money", "CNY" })
  equal(t:type("day"), "date")
end

function tests.rows_are_read_one_by_one()
  local n, list = 2500, {}
  for i = 1, n do list[i] = i end
  local t, i = assert(campaign.table { n = list }), 0
  for row in t:rows() do
    i = i + 1
    equal(row.n, i)
  end
  equal(i, n)
  equal(campaign.table({ { a = 1 }, { a = 2, b = "x" } }):column("b"), { null, "x" })
end

function tests.nothing_is_a_table_without_rows()
  local t = assert(campaign.table {})
  equal({ t:n_rows(), t:columns() }, { 0, {} })
  equal(assert(campaign.table { a = {} }):type("a"), "utf8")
end

function tests.slices_share()
  local t = example():slice(2, 2)
  equal(t:column("店铺"), { null, "" })
  check.refused("CAMPAIGN_E_ARGUMENT", t:slice(2, 2))
end

function tests.types_are_found_or_refused()
  equal(campaign.table({ a = { 1, 2.5 } }):type("a"), "float64")
  equal(campaign.table({ a = { 1, 2 } }):type("a"), "int64")
  equal(campaign.table({ a = { 7, "x" } }, { types = { a = "utf8" } }):column("a"), { "7", "x" })
  check.raises("column \"a\" row 2: string among int64", campaign.table, { a = { 1, "x" } })
  check.raises("is no list", campaign.table, { a = 1 })
  check.raises("found number", campaign.table, 5)
  check.raises("no type \"text\"", campaign.table, { a = { 1 } }, { types = { a = "text" } })
  check.raises("no column", example().column, example(), "nothing")
  check.raises("no row 4", example().get, example(), "count", 4)
end

function tests.a_bad_cell_is_named()
  local err = check.refused("CAMPAIGN_E_COLUMN", campaign.table({ a = { 1, "x" } }, { types = { a = "int64" } }))
  equal({ err.where, err.row, tostring(err) }, { "a", 2, "a row 2: whole number expected, found string" })
  equal(check.refused("CAMPAIGN_E_VALUE", campaign.table({ d = { "2027-02-29" } }, { types = { d = "date" } })).row, 1)
  for _, wrong in ipairs { "24:00", "1:00", "01:00:61", "01:00:00.1234567" } do
    local moments = { "2027-01-01 00:00", "2027-01-01 " .. wrong }
    local t, problem = campaign.table({ t = moments }, { types = { t = "timestamp" } })
    equal({ check.refused("CAMPAIGN_E_SYNTAX", t, problem).row }, { 2 })
  end
  check.refused("CAMPAIGN_E_OVERFLOW", campaign.table({ a = { 2 ^ 40 } }, { types = { a = "int32" } }))
  check.refused("CAMPAIGN_E_ENCODING", campaign.table { s = { "\255" } })
end

function tests.numbers_are_not_money_by_themselves()
  local t = assert(campaign.table { amount = { 10, 20 } })
  check.refused("CAMPAIGN_E_COLUMN", t:with_money("amount", { currency = "CNY" }))
  equal(t:with_money("amount", { currency = "CNY", unit = "major" }):column("amount"), { "10.00", "20.00" })
  equal(t:with_money("amount", { currency = "CNY", unit = "minor" }):column("amount"), { "0.10", "0.20" })
  local fractions = assert(campaign.table { amount = { 0.125, 2.5 } })
  local rounded, n = fractions:with_money("amount", { currency = "CNY", unit = "major", rounding = "half_even" })
  equal({ rounded:column("amount"), n }, { { "0.12", "2.50" }, 1 })
  equal(check.refused("CAMPAIGN_E_VALUE", campaign.table({ m = { "1.00", "1.001" } },
    { types = { m = "money" }, currency = "CNY" })).row, 2)
end

function tests.check_lists_every_problem()
  local problems, counts = assert(campaign.check({ id = { 1, 1, null }, day = { "a", "b", "c" } },
    { { name = "id", types = { "int64" }, is_unique = true }, { name = "amount" } }))
  equal(counts:n_rows() >= 2, true)
  local columns = {}
  for row in problems:rows() do columns[row.column] = true end
  equal(columns, { id = true, amount = true })
  local dated = assert(campaign.table({ d = { "2026-12-31", "2027-01-01" } }, { types = { d = "date" } }))
  equal(campaign.check(dated, { { name = "d", types = { "date" }, minimum = "2027-01-01" } }):column("row"), { 0 })
  equal(campaign.check({ id = { 1, 2 } }, { { name = "id" } }):n_rows(), 0)
  check.raises("no type \"txt\"", campaign.check, { id = { 1 } }, { { name = "id", types = { "txt" } } })
end

return tests

--- Who owns what in Lua: closing, collection, callbacks that raise, nothing left in the globals.

local check = require "check"

local equal = check.equal
local tests = {}

local before = {}
for name in pairs(_G) do before[name] = true end
local campaign = require "campaign"
local core = require "campaign._core"

local function orders(n)
  local list = { customer = {}, date = {}, amount = {} }
  for i = 1, n do
    list.customer[i], list.date[i], list.amount[i] = i % 100, "2026-01-01", "1.00"
  end
  return list
end

function tests.nothing_becomes_global()
  package.loaded["campaign"], package.loaded["campaign._core"] = nil, nil
  require "campaign"
  for name in pairs(_G) do assert(before[name], name) end
end

function tests.a_closed_handle_raises()
  local t = assert(campaign.table { a = { 1 } })
  t:close()
  t:close()
  check.raises("closed", t.n_rows, t)
  check.raises("closed", t.column, t, "a")
  equal(tostring(t), "campaign.Table (closed)")
  local calendar = assert(campaign.calendar())
  calendar:close()
  check.raises("closed", calendar.day, calendar, "2027-01-01")
  local plan = assert(campaign.plan(campaign.plan_request(2027)))
  local targets = plan:table("targets")
  plan:close()
  check.raises("closed", plan.to_json, plan)
  equal(targets:get("period", 1), "2027") -- what was taken from it stays
end

function tests.a_slice_outlives_its_table()
  local slice = assert(campaign.table { a = { 1, 2, 3 } }):slice(2, 1)
  collectgarbage()
  equal(slice:column("a"), { 2 })
end

function tests.variables_close_themselves()
  if not load or _VERSION ~= "Lua 5.4" then check.skip "Lua before 5.4 has no variables that close themselves" end
  local t = assert(campaign.table { a = { 1 } })
  assert(load("local t <close> = ..."))(t)
  check.raises("closed", t.n_rows, t)
end

function tests.progress_may_cancel_or_raise()
  local options = { currency = "CNY", progress = function() return true end }
  check.refused("CAMPAIGN_E_CANCELLED", campaign.tier_rfm(orders(10), options))
  options.progress = function() error { mine = true } end
  local ok, raised = pcall(campaign.tier_rfm, orders(10), options)
  equal({ ok, raised.mine }, { false, true })
  local stages = {}
  options.progress = function(stage, done, total) stages[#stages + 1] = { stage, done, total } end
  assert(campaign.tier_rfm(orders(10), options))
  assert(#stages > 0 and type(stages[1][1]) == "string" and stages[1][2] <= stages[1][3])
  check.raises("n_threads", campaign.tier_rfm, orders(10), { currency = "CNY", n_threads = "many" })
end

function tests.what_a_call_reads_cannot_be_closed_by_its_progress()
  local t = assert(campaign.table(orders(10), { types = { date = "date", amount = "money" }, currency = "CNY" }))
  check.raises("in use", campaign.tier_rfm, t, { progress = function() t:close() end })
  equal(t:n_rows(), 10)
  t:close()
end

function tests.a_coroutine_may_call()
  local wrapped = coroutine.wrap(function()
    return assert(campaign.tier_rfm(orders(10), { currency = "CNY", progress = function() end })).n_customers
  end)
  equal(wrapped(), 10)
end

-- Kilobytes of this process, or nil where there is no /proc.
local function resident()
  local file = io.open "/proc/self/statm"
  if not file then return nil end
  local pages = tonumber(file:read "*a":match "%d+ (%d+)")
  file:close()
  return pages * 4
end

function tests.no_path_leaks()
  if not resident() then check.skip "there is no /proc" end
  local function run()
    local t = assert(campaign.table(orders(20), { types = { date = "date", amount = "money" }, currency = "CNY" }))
    assert(campaign.tier_rfm(t))
    campaign.calendar { overlays = { "{" } }
    campaign.parse_csv("a\n\"", {})
    campaign.parse_csv("a\n1\n", { columns = { a = "key" }, null_texts = { "x" } })
    assert(campaign.format_csv(t))
    assert(campaign.plan(campaign.plan_request(2027)):to_json())
    pcall(campaign.tier_rfm, t, { progress = function() error "no" end })
    pcall(campaign.split, 5, { 1, "x" })
  end
  for _ = 1, 60 do run() end
  -- A heap that other tests have torn up settles after a while; what is forgotten by each run grows in every round.
  local least = math.huge
  for _ = 1, 4 do
    collectgarbage() collectgarbage()
    local start = resident()
    for _ = 1, 200 do run() end
    collectgarbage() collectgarbage()
    least = math.min(least, resident() - start)
    if least < 1024 then return end
  end
  error("grew by at least " .. least .. " kB in each of four rounds")
end

function tests.misuse_of_the_compiled_module_raises()
  check.raises("expected 1..1 args", core.table_n_rows)
  check.raises("table expected", core.table_cells, 5, 0, 0, 1)
  check.raises("builder expected", core.table_builder_append_list, nil, 0, 3, {}, 0)
  check.raises("campaign_table", core.table_n_rows, core.calendar_create(nil))
  check.raises("whole number expected", core.date_format, "today")
  check.raises("number out of range", core.date_format, 2 ^ 40)
end

return tests

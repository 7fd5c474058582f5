--- Plans and evaluations from Lua.

local campaign = require "campaign"
local check = require "check"

local equal = check.equal
local tests = {}

-- Month m of 2026 sells m * 1000.00, in two orders on the 1st and the 28th.
local function year_of_orders()
  local orders = { date = {}, amount = {} }
  for month = 1, 12 do
    for _, day in ipairs { 1, 28 } do
      orders.date[#orders.date + 1] = ("2026-%02d-%02d"):format(month, day)
      orders.amount[#orders.amount + 1] = 500 * month
    end
  end
  return orders
end

local request = [[{"schema": "campaign/plan_request/1", "year": 2027, "currency": "CNY",
  "target": {"amount": "780000.00"}, "budget": {"rate": "4%"}}]]

local function make(more)
  local options = { amount_unit = "major" }
  for name, value in pairs(more or {}) do options[name] = value end
  return assert(campaign.plan(request, year_of_orders(), options))
end

function tests.quarters_share_as_the_history_did()
  local quarters = {}
  for row in make():table("targets"):rows() do
    if row.level == "quarter" then quarters[#quarters + 1] = row.target end
  end
  equal(quarters, { "60000.00", "150000.00", "240000.00", "330000.00" })
  equal(make():table("budget"):get("amount", 1), "3120.00")
end

function tests.a_saved_plan_comes_back_the_same()
  local plan = make()
  local json = assert(plan:to_json())
  equal(assert(campaign.load_plan(json)):to_json(), json)
  equal(make({ n_threads = 3 }):to_json(), json)
  local err = check.refused("CAMPAIGN_E_SYNTAX", campaign.load_plan(json:sub(1, -10)))
  assert(err.where:find("line", 1, true))
end

function tests.requests_and_schemas()
  local words = assert(campaign.plan_request(2028, "JPY", "zh"))
  assert(words:find("2028", 1, true) and words:find("JPY", 1, true))
  equal(assert(campaign.plan(words)):table("targets"):get("target", 1), "0")
  assert(campaign.schema("plan"):find("properties", 1, true))
  check.refused("CAMPAIGN_E_UNKNOWN", campaign.schema("plans"))
  equal({ campaign.document_kind(words), campaign.document_kind(make():to_json()) }, { "plan_request", "plan" })
  check.refused("CAMPAIGN_E_MISSING", campaign.document_kind("{}"))
  check.refused("CAMPAIGN_E_UNKNOWN", make():table("tragets"))
end

function tests.an_own_calendar_and_other_names()
  local calendar = assert(campaign.calendar { nodes = { [[{"schema": "campaign/nodes/1", "nodes":
    [{"id": "birthday", "name": "店庆", "rule": "fixed 06-01", "tier": "big"}]}]] } })
  local own = table.concat(make({ calendar = calendar }):table("candidates"):column("node"), " ")
  assert(own:find("birthday", 1, true))
  local plain = year_of_orders()
  local named = request:gsub("\"year\"", "\"data\": {\"columns\": {\"date\": \"日期\", \"amount\": \"金额\"}}, %0")
  local plan = assert(campaign.plan(named, { ["日期"] = plain.date, ["金额"] = plain.amount },
    { amount_unit = "major" }))
  equal(plan:table("targets"):get("target", 2), "60000.00")
end

function tests.a_request_says_what_the_orders_are()
  local plain = year_of_orders()
  local words = assert(campaign.plan_request(2027, "CNY", "zh")):gsub("0%.00", "780000.00")
  local orders = { ["日期"] = plain.date, ["金额"] = {}, ["产品线"] = {}, ["区域"] = {} }
  for i, amount in ipairs(plain.amount) do
    orders["金额"][i], orders["产品线"][i], orders["区域"][i] = amount .. ".00", "糖", "东"
  end
  local plan = assert(campaign.plan(words, orders))
  equal(plan:table("targets"):get("target", 2), "60000.00")
  local result = assert(campaign.evaluate(plan, { orders = { ["日期"] = { "2027-01-01" }, ["金额"] = { "9.50" } } }))
  equal(result.attainment:get("actual", 1), "9.50")
end

function tests.stock_and_deadlines_of_campaigns()
  local orders = { date = { "2025-11-11", "2025-06-18" }, amount = { "100.00", "90.00" }, sku = { "A", "A" },
    quantity = { 4200, 4500 }, market = { "East", "East" } }
  local plan = assert(campaign.plan([[{"schema": "campaign/plan_request/1", "year": 2026, "currency": "CNY",
    "target": {"amount": 365}, "campaigns": {"tiers": [], "forced": ["d1111"]}}]], orders))
  equal({ plan:table("stock"):get("units_per_day", 1), plan:table("stock"):get("lock_date", 1) },
    { 5040, "2026-08-11" })
  equal(plan:table("markets"):get("class", 1), "core")
  equal(plan:table("deadlines"):get("deadline", 1), "scheme_approval")
end

function tests.bad_requests_are_refused()
  check.refused("CAMPAIGN_E_UNKNOWN", campaign.plan((request:gsub("target", "targte"))))
  check.refused("CAMPAIGN_E_COLUMN", campaign.plan(request, year_of_orders()))
end

function tests.tables_are_listed()
  local plan = make()
  local names = plan:table_names()
  equal({ names[1], names[#names] }, { "targets", "skipped" })
  for _, name in ipairs(names) do assert(plan:table(name)) end
end

function tests.rows_are_explained()
  local records = assert(make():explain("targets", "2027-Q1"))
  equal(records:get("text", 1), "The target of 2027-Q1 is 60000.00, 7.6923 % of what it was split from.")
  equal(assert(make():explain("budget", 0, "zh")):get("code", 1), "budget")
  check.refused("CAMPAIGN_E_UNKNOWN", make():explain("targets", "2027-Q9"))
end

function tests.entries_and_support_stand_beside_the_targets()
  local plan = assert(campaign.plan(request, year_of_orders(), { amount_unit = "major",
    bottom_up = { period = { "2027-01", "2027-Q1" }, amount = { "100.00", "20.00" } },
    daily = { date = { "2026-10-01" }, visits = { 100 }, orders = { 10 } } }))
  local year = plan:table("targets"):slice(1, 1)
  equal({ year:get("bottom_up", 1), year:get("supported", 1), year:get("above_ppm", 1) },
    { "120.00", "78000.00", 9000000 })
end

function tests.plans_are_compared()
  local before = make()
  local after = assert(campaign.plan((request:gsub("780000%.00", "858000.00")), year_of_orders(),
    { amount_unit = "major" }))
  local found = assert(before:diff(after, year_of_orders(), { amount_unit = "major" }))
  equal(found.is_traced, true)
  equal({ found.causes:get("path", 1), found.causes:get("before", 1) }, { "target.amount", "780000.00" })
  equal({ found.changes:get("subject", 1), found.changes:get("amount_delta", 1) }, { "2027", "78000.00" })
  equal(#assert(before:diff(before)).changes, 0)
  equal(assert(before:diff(after, nil, { language = "zh" })).changes:get("text", 1),
    "2027：target 780000.00 → 858000.00，原因：target.amount。")
  check.refused("CAMPAIGN_E_UNKNOWN", before:diff(after, nil, { language = "fr" }))
end

-- ---- Evaluation: a plan of 1000.00 a day, judged at the end of a weak February ----

local function weak_start()
  local plan = assert(campaign.plan [[{"schema": "campaign/plan_request/1", "year": 2027, "currency": "CNY",
    "target": {"amount": 365000}, "campaigns": {"tiers": []}, "metrics": {"conversion": "10%"}}]])
  local daily = { date = { "2027-01-31", "2027-02-28" }, sales = { 30000, 21000 }, orders = { 300, 210 },
    visits = { 3000, 4000 }, spend = { 3000, 3000 } }
  return plan, daily
end

local function find(t, name, value)
  for row in t:rows() do if row[name] == value then return row end end
end

function tests.levels_share_by_a_column_and_rules_hold()
  local orders = { date = { "2026-01-01", "2026-12-31" }, amount = { 100, 300 }, rep = { "Li", "Wang" } }
  local asked = [[{"schema": "campaign/plan_request/1", "year": 2027, "currency": "CNY", "target": {"amount": 1000},
    "split": ["rep"], "levels": {"rep": {"column": "capacity"}}, "campaigns": {"tiers": []},
    "rules": [{"rep": "Wang", "maximum": %s}]}]]
  local options = { amount_unit = "major", drivers = { rep = { "Li", "Wang" }, capacity = { 1, 4 } } }
  local plan = assert(campaign.plan(asked:format("700"), orders, options))
  equal(find(plan:table("targets"), "rep", "Li").target, "300.00")
  equal(find(plan:table("targets"), "rule", "maximum").target, "700.00")
  options.drivers = nil
  check.refused("CAMPAIGN_E_MISSING", campaign.plan(asked:format("700"), orders, options))
end

function tests.the_cube_adds_up()
  local plan = assert(campaign.plan [[{"schema": "campaign/plan_request/1", "year": 2027, "currency": "CNY",
    "target": {"amount": 365}, "split": ["quarter"], "campaigns": {"tiers": []}}]])
  local cube, weeks = assert(plan:expand_targets()), assert(plan:expand_targets { grain = "week" })
  equal(cube:n_rows(), 365)
  equal(find(cube, "date", "2027-03-31").target, "1.00")
  equal(find(weeks, "date", "2027-01-04")["end"], "2027-01-11")
end

function tests.sub_goals_change_alike()
  local metrics = { metric = { "visits", "order_value" }, baseline = { 100.0, 80.0 }, change = { campaign.null, 0.25 } }
  local goals = assert(campaign.sub_goals(metrics, 0.5))
  equal(math.abs(find(goals, "metric", "visits").goal - 120) < 1e-6, true)
  check.refused("CAMPAIGN_E_ARGUMENT", campaign.sub_goals(metrics, -1))
end

function tests.attainment_is_actual_by_target_to_date()
  local plan, daily = weak_start()
  local result = assert(campaign.evaluate(plan, { daily = daily }, { currency = "CNY", amount_unit = "major" }))
  equal(find(result.attainment, "period", "2027-02").attainment, 0.75)
  equal(find(result.pace, "period", "2027").forecast, "315508.47")
  equal(find(result.metrics, "metric", "order_value").value, 100.0)
  equal(find(result.metrics, "metric", "refund_rate").value, campaign.null)
  equal(find(result.alerts, "metric", "sales").period, "2027-02")
  equal(result.as_of, "2027-02-28")
  equal({ result.notes:n_rows(), result.skipped:n_rows() }, { 1, 0 })
end

function tests.knobs_of_an_evaluation()
  local plan, daily = weak_start()
  local options = { currency = "CNY", amount_unit = "major", deviation_ppm = 260000, as_of = "2027-02-28" }
  local result = assert(campaign.evaluate(plan, { daily = daily }, options))
  equal(find(result.alerts, "metric", "sales"), nil)
  local tables = { targets = plan:table("targets") }
  result = assert(campaign.evaluate(tables, { daily = daily }, options))
  equal(find(result.attainment, "period", "2027-02").attainment, 0.75)
  local orders = { date = { "2027-01-01", "2027-01-01" }, amount = { "100.00", "-25.00" } }
  local spend = { date = { "2027-01-01" }, amount = { "10.00" } }
  result = assert(campaign.evaluate(plan, { orders = orders, spend = spend }, { currency = "CNY" }))
  equal(find(result.metrics, "metric", "refund_rate").value, 0.25)
  check.refused("CAMPAIGN_E_ARGUMENT", campaign.evaluate(plan, {}))
  check.refused("CAMPAIGN_E_VALUE", campaign.evaluate(plan, { daily = daily }, { as_of = "2027-02-30" }))
end

return tests

--- Reviews in Lua: the handbook's example, and what the next plan takes from it.

local campaign = require "campaign"
local check = require "check"

local equal = check.equal
local tests = {}

function tests.the_handbooks_example()
  local found = assert(campaign.review({
    metrics = { metric = { "leads", "orders", "roi" }, target = { 30, 15, 3 }, actual = { 36, 18, 3.5 } },
    findings = { kind = { "measure" }, text = { "confirm logistics 5 days ahead" } },
  }, { next_start = "2026-09-28" }))
  equal(found.review:column "attainment_ppm", { 1200000, 1200000, 1166667, 1000000 })
  equal(found.tasks:column "due", { "2026-09-20" })
  equal(found.n_measures, 1)
end

function tests.the_next_plan_holds_the_measures()
  local found = assert(campaign.review({
    metrics = { metric = { "leads" }, target = { 30 }, actual = { 20 } },
    findings = { kind = { "measure", "problem" }, text = { "提前5天确认物流", "物料晚到2天" }, owner = { "李", "吴" } },
  }, { campaign = "fair26", next_campaign = "d618", language = "zh" }))
  local request = assert(campaign.add_lessons(found, [[{"schema": "campaign/plan_request/1", "year": 2027,
    "currency": "CNY", "target": {"amount": "3650000.00"}, "campaigns": {"tiers": [], "forced": ["d618"]}}]]))
  local row
  for each in assert(campaign.plan(request)):table("tasks"):rows() do
    if each.task == "d618/fair26_measure_1" then row = each end
  end
  equal({ row.name, row.due, row.owner }, { "提前5天确认物流", "2027-05-24", "李" })
  local risks = assert(campaign.risks(nil, { state = { { metric = "fair26_problem_1", value = 1 } } },
    { as_of = "2027-05-10", playbook = assert(campaign.extend_playbook(found, assert(campaign.playbook()))) }))
  equal(risks.risks:column "entry", { "fair26/problem/1" })
  equal(risks.risks:column "owner", { "吴" })
  equal(risks.risks:column "action", { "提前5天确认物流" })
  check.refused("CAMPAIGN_E_VALUE", campaign.add_lessons(found, [[{"schema": "x"}]]))
  check.refused("CAMPAIGN_E_MISSING", campaign.extend_playbook(found, "{}"))
end

function tests.a_metric_twice_is_refused()
  check.refused("CAMPAIGN_E_DUPLICATE", campaign.review({ metrics = { metric = { "a", "a" } } }))
end

return tests

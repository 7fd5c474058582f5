--- Reviews in Lua: the handbook's example, lessons as JSON.

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
  local json = assert(campaign.review_lessons(found, "rapid_response"))
  equal(json:match '"working_days": (%-%d+)', "-5")
end

function tests.a_metric_twice_is_refused()
  check.refused("CAMPAIGN_E_DUPLICATE", campaign.review({ metrics = { metric = { "a", "a" } } }))
end

return tests

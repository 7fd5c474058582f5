--- Tasks of campaigns, as Lua sees them.

local campaign = require "campaign"
local check = require "check"

local equal = check.equal
local tests = {}

local head = [[{"schema": "campaign/plan_request/1", "year": 2026, "currency": "CNY",
  "target": {"amount": "3650000.00"}, "campaigns": {"tiers": [], "forced": ["d1111"],
  "phases": {"nodes": {"d1111": {"burst_first": 0, "burst_last": 0}}}}]]

function tests.a_plan_has_tasks_with_owners_and_dates()
  local plan = assert(campaign.plan(head .. [[, "tasks": {"owners": {"tech": "李工"}}}]]))
  local found
  for row in plan:table("tasks"):rows() do
    if row.task == "d1111/load_test" then found = row end
  end
  equal(found.owner, "李工")
  equal(found.finish, "2026-11-04")
end

function tests.the_built_in_document_comes_to_what_is_built_in()
  local built_in, read = {}, {}
  for row in assert(campaign.task_list(nil, "zh")):rows() do built_in[#built_in + 1] = row end
  for row in assert(campaign.task_list(assert(campaign.task_templates("zh")), "zh")):rows() do read[#read + 1] = row end
  equal(read, built_in)
  equal(campaign.document_kind(campaign.task_templates()), "task_templates")
end

function tests.a_circle_is_told()
  local list, err = campaign.task_list([[{"schema": "campaign/task_templates/1", "templates": [
    {"id": "a", "after": "b"}, {"id": "b", "after": "a"}]}]])
  equal(list, nil)
  equal(err.message:find("a ← b ← a", 1, true) ~= nil, true)
end

function tests.work_that_comes_again_and_its_completion()
  local rules = { { rule = "r", every = "week", on = 1 } }
  local list = assert(campaign.recurring("2026-10-01", "2026-11-01", rules))
  equal(list:get("due", 1), "2026-10-08")
  local found = assert(campaign.task_completion(list, { { task = "r/2026-W41", actual_finish = "2026-10-08" } },
    "2026-10-12"))
  equal(found.n_due, 2)
  equal(found.n_done, 1)
  equal(found.overdue:get("task", 1), "r/2026-W42")
  equal(assert(campaign.task_completion(list, nil, "2026-10-01")).n_due, 0)
  equal(assert(campaign.recurring("2027-01-01", "2028-01-01")):get("rule", 1), "sales_training")
end

function tests.headcount_is_a_ceiling()
  local people = assert(campaign.headcount({
    targets = { { month = 1, target = "100.01" } },
    capacity = { { visits_a_day = 1.0, win_rate = 0.5, ticket = "10.00" } },
    months = { { month = 1, working_days = 10.0 } },
  }, { currency = "CNY" }))
  equal(people:get("needed", 1), 3)
  local none, err = campaign.headcount({ targets = { { month = 1, target = "1.00" } } }, { currency = "CNY" })
  equal(none, nil)
  equal(err.code ~= nil, true)
end

return tests

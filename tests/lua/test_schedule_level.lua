--- Levelling from Lua: owners, resources by day, refusals.

local campaign = require "campaign"
local check = require "check"

local equal = check.equal
local level = campaign.schedule.level
local tests = {}

local tasks = {
  { task = "a", duration = 2, owner = "Li" },
  { task = "b", duration = 3, owner = "Li" },
  { task = "c", duration = 2, owner = "Wang", after = "a" },
}

function tests.owners_do_one_thing_at_a_time()
  local plan = assert(level({ tasks = tasks }, { start = "2026-03-02" }))
  equal({ plan.status, plan.gap, plan.start, plan.finish, plan.path },
    { "optimal", 0, "2026-03-02", "2026-03-06", "2026-03-05" })
  equal(plan.tasks:get("resource", 2), "Li")
  equal(plan.tasks:get("behind", 2), "a")
  equal(plan.n_moved, 1)
end

function tests.resources_by_day()
  local plan = assert(level({
    tasks = tasks,
    needs = { { task = "a", resource = "van", units = 2 }, { task = "b", resource = "van", units = 1 } },
    resources = { { resource = "van", units = 2 }, { resource = "van", units = 0, date = "2026-03-03" } },
  }, { start = "2026-03-02", without_owners = true }))
  equal(plan.resources:get("units", 1), 2)
  for row in plan.usage:rows() do assert(row.used <= row.capacity and row.date ~= "2026-03-03") end
end

function tests.units_without_a_calendar()
  local plan = assert(level({
    tasks = { { task = 1, duration = 0.5 }, { task = 2, duration = 1.5 } },
    needs = { { task = 1, resource = "m" }, { task = 2, resource = "m" } },
    resources = { { resource = "m", units = 1 } },
  }, { is_abstract = true }))
  equal(plan.length, 2)
  equal(plan.finish, nil)
end

function tests.an_unknown_resource_is_told()
  local plan, err = level({ tasks = tasks, needs = { { task = "a", resource = "vna" } },
    resources = { { resource = "van", units = 1 } } }, { start = "2026-03-02" })
  equal(plan, nil)
  assert(tostring(err.message or err):find("van", 1, true))
end

return tests

--- Tasks on working calendars from Lua.

local campaign = require "campaign"
local check = require "check"

local equal = check.equal
local tests = {}

function tests.dates_floats_and_the_path()
  local plan = assert(campaign.schedule.tasks({ tasks = {
    { task = "survey", duration = 3 },
    { task = "materials", duration = 5, after = "survey" },
    { task = "supplies", duration = 8, after = "survey" },
    { task = "opening", duration = 0, after = "materials; supplies", due = "2026-02-27" },
  } }, { start = "2026-02-09" }))
  -- Spring Festival: 15 to 23 February are off, Saturday 14 and 28 are worked.
  equal(plan.tasks:column "task", { "materials", "opening", "supplies", "survey" })
  equal(plan.tasks:column "finish", { "2026-02-25", "2026-02-28", "2026-02-28", "2026-02-11" })
  equal({ plan.start, plan.finish, plan.length, plan.n_broken }, { "2026-02-09", "2026-02-28", 11, 1 })
  equal(plan.deadlines:get("text", 1), "opening ends 2026-02-28, 1 working day after its deadline 2026-02-27.")
end

function tests.calendars_by_key()
  local weeks = assert(campaign.calendar { region = "" })
  local plan = assert(campaign.schedule.tasks(
    { tasks = { { task = "a", duration = 5, calendar = "weeks" }, { task = "b", duration = 6 } } },
    { start = "2026-02-09", calendars = { weeks = weeks }, language = "zh" }))
  equal(plan.tasks:column "finish", { "2026-02-13", "2026-02-14" })
  weeks:close()
end

function tests.units_from_zero_and_links()
  local plan = assert(campaign.schedule.tasks({
    tasks = { { task = "a", duration = 2.5 }, { task = "b", duration = 1 } },
    links = { { task = "b", predecessor = "a", type = "SS", lag = 1 } },
  }, { is_abstract = true }))
  equal(plan.tasks:column "start", { 0, 1 })
  equal(plan.tasks:column "total_float", { 0, 0.5 })
end

function tests.a_slip_and_the_chance_of_the_end()
  local plan = assert(campaign.schedule.tasks({ tasks = {
    { task = "design", duration = 7, actual_start = "2026-10-12", actual_finish = "2026-10-20" },
    { task = "supplies", optimistic = 3, likely = 5, pessimistic = 7, actual_start = "2026-10-12",
      actual_finish = "2026-10-23" },
    { task = "install", duration = 3, after = "design; supplies", owner = "Li" },
  } }, { start = "2026-10-12", as_of = "2026-10-23", target = "2026-10-23", n_samples = 1000 }))
  equal(plan.slips:column "text", { "supplies 5 days late against 2 days of float → end +3" })
  equal(plan.forecast, "2026-10-28")
  equal(plan.summary:get("target_all_paths", 1), 1)
  equal(plan.loads:column "date", { "2026-10-26", "2026-10-27", "2026-10-28" })
end

function tests.actuals_beside_the_tasks()
  local plan = assert(campaign.schedule.tasks({
    tasks = { { task = "a", duration = 5 }, { task = "b", duration = 3, after = "a" } },
    actuals = { { task = "a", actual_start = "2026-10-12", remaining = 4 } },
  }, { start = "2026-10-12", as_of = "2026-10-14" }))
  equal(plan.slips:column "text", { "a 2 days late against 0 days of float → end +2" })
end

function tests.a_circle_is_named()
  local plan, err = campaign.schedule.tasks(
    { tasks = { { task = "a", duration = 1, after = "b" }, { task = "b", duration = 1, after = "a" } } },
    { start = "2026-02-09" })
  equal(plan, nil)
  equal(err.message, "tasks go in a circle: a → b → a")
end

return tests

--- Follow-ups in Lua: the list of the day and appended rows.

local campaign = require "campaign"
local check = require "check"

local equal = check.equal
local tests = {}

local function records(first)
  local null = campaign.null
  return {
    record = { first, first + 1, first + 2 }, corrects = { null, null, first }, customer = { "A", "B", "A" },
    time = { "2026-11-02", "2026-11-06", "2026-11-02" }, rep = { "Li", "Wu", "Li" },
    next_action = { "call", "visit", "call again" }, next_date = { "2026-11-05", "2026-11-09", "2026-11-06" },
  }
end

function tests.the_list_of_the_day()
  local found = assert(campaign.followups({ followups = records(1) }, { as_of = "2026-11-09", n_daily = 3 }))
  equal(found.daily:column "text", { "A: call again (due 2026-11-06, 3 days late)", "B: visit (due today)" })
  equal({ found.as_of, found.n_current, found.n_corrections }, { "2026-11-09", 2, 1 })
end

function tests.rows_are_only_added()
  local all = assert(campaign.append_followups(records(1), records(4)))
  equal(all:column "record", { 1, 2, 3, 4, 5, 6 })
  equal(assert(campaign.append_followups(nil, records(1))):n_rows(), 3)
  check.refused("CAMPAIGN_E_DUPLICATE", campaign.append_followups(records(1), records(3)))
end

return tests

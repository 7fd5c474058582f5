--- Risks from Lua: figures, tables, a playbook of one's own.

local campaign = require "campaign"
local check = require "check"

local equal = check.equal
local tests = {}

function tests.figures_that_hold_are_told()
  local found = assert(campaign.risks(nil, {
    state = { { metric = "cpa", value = 39.2, target = 30.0, since = "2027-06-18T09:00:00" } },
    stock = { { sku = "gift", on_hand = 3, safety = 10 } },
    budget = { { item = "ads", planned = "10.00", actual = "12.50" } },
    tasks = { { task = "a", due = "2027-06-10", finish = "2027-06-12" } },
  }, { as_of = "2027-06-18T10:30", currency = "CNY" }))
  equal(found.risks:column "entry",
    { "channel_cpa", "metric_off_target", "stock_below_safety", "overspend", "task_late" })
  equal(found.risks:get("is_overdue", 1), true)
  equal(found.risks:get("numbers", 1), "CPA 39.20 > target of CPA 30.00 × 130%")
  equal(found.n_holding, 5)
end

function tests.the_built_in_playbook_reads_back()
  local book = assert(campaign.playbook "zh")
  equal(campaign.document_kind(book), "playbook")
  local found = assert(campaign.risks(nil, { state = { { metric = "price_errors", value = 1.0 } } },
    { as_of = "2027-06-18", playbook = book, language = "zh", calendar = assert(campaign.calendar {}) }))
  equal(found.risks:get("owner", 1), "运营组")
  assert(campaign.playbook())
end

function tests.mistakes_are_told()
  check.refused("CAMPAIGN_E_SYNTAX", campaign.risks(nil, {}, { as_of = "soon" }))
  check.refused("CAMPAIGN_E_COLUMN", campaign.risks(nil, { state = { { metric = "cpa" } } }, { as_of = "2027-06-18" }))
  check.refused("CAMPAIGN_E_UNKNOWN", campaign.playbook "fr")
end

function tests.inputs_may_be_left_out_and_no_other_is_taken()
  local found = assert(campaign.risks(nil, nil, { as_of = "2027-06-18" }))
  equal(found.n_holding, 0)
  local ok, message = pcall(campaign.risks, nil, { stocks = {} }, { as_of = "2027-06-18" })
  equal(ok, false)
  equal(message, 'there is no input "stocks"; it takes budget, state, stock, tasks')
end

function tests.a_task_that_is_due_is_late_by_the_clock()
  local found = assert(campaign.risks(nil, { tasks = {
    { task = "a", due_at = "2027-06-18T10:30", status = "进行中" }, { task = "b", due_at = "2027-06-18T10:31" },
  } }, { as_of = "2027-06-18T10:30" }))
  equal(found.risks:column "subject", { "a" })
end

function tests.conflicts_and_approvals()
  local found = assert(campaign.conflicts(nil, { campaigns = {
    { campaign = "a", start = "2027-06-01", ["end"] = "2027-06-05" },
    { campaign = "b", start = "2027-06-04", ["end"] = "2027-06-09" },
  } }, { language = "zh" }))
  equal(found.conflicts:get("days", 1), 1)
  equal(found.is_cut, false)
  local decided = assert(campaign.approvals({ budget = { { item = "ads", planned = "10.00", actual = "12.50" } } },
    { currency = "CNY" }))
  equal(decided.budget:get("over", 1), "2.50")
  equal(decided.n_over, 1)
end

return tests

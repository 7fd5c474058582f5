--- Rapid response from Lua.

local campaign = require "campaign"
local check = require "check"

local equal = check.equal
local tests = {}

local head = [[{"schema": "campaign/rapid_response/1", "name": "Autumn fair", "type": "fair", "start": "2026-09-28",
  "finish": "2026-10-16"]]
local regions = [[, "regions": [
  {"region": "South", "customers": 8, "expected_conversion": "50%", "sales_task": "120000"},
  {"region": "North", "customers": 10, "expected_conversion": "40%", "sales_task": "150000"},
  {"region": "East", "customers": 12, "expected_conversion": "60%", "sales_task": "200000"}] ]]

function tests.the_handbooks_example()
  local result = assert(campaign.rapid_response(head .. regions .. "}"))
  equal({ result.leads, result.expected_deals, result.deals, result.sales_minor }, { 30, 15.2, 15, 47000000 })
  equal(result.windows:column "due", { "2026-09-28", "2026-09-30", "2026-10-08", "2026-10-08", "2026-10-16",
    "2026-10-21" })
  equal(result.form_task_split:column "sales_task", { "120000.00", "150000.00", "200000.00" })
  equal({ result.verdict, result.is_provisional, result.has_sales }, { "unfounded", false, true })
end

function tests.customers_reps_and_history()
  local result = assert(campaign.rapid_response(head .. "}", {
    customers = {
      { customer = "Anli", region = "East", rep = "Zhao", last_enquiry = "2026-09-20", interactions = 5 },
      { customer = "Beifang", region = "North", last_enquiry = "2026-09-01", interactions = 0 },
    },
    reps = { rep = { "Wang", "Zhao" }, region = { "North", "East" } },
    history = { { date = "2026-08-01", leads = 10, deals = 5, amount = "5000.00" } },
  }, { language = "zh" }))
  equal(result.contacts:column "rep", { "Wang", "Zhao", "Zhao" })
  equal(result.contacts:column "way", { "wechat", "call", "visit" })
  equal({ result.verdict, result.sales_minor, result.n_within }, { "feasible", 100000, 2 })
end

function tests.a_calendar_of_ones_own()
  local calendar = assert(campaign.calendar { region = "" })
  local result = assert(campaign.rapid_response(head .. regions .. "}", nil, { calendar = calendar }))
  equal(result.windows:get("due", 3), "2026-10-01")
end

function tests.mistakes_are_told_with_their_place()
  check.refused("CAMPAIGN_E_MISSING", campaign.rapid_response(head .. "}"))
  check.refused("CAMPAIGN_E_SYNTAX", campaign.rapid_response("{"))
  check.refused("CAMPAIGN_E_COLUMN", campaign.rapid_response(head .. "}", { customers = { name = { "a" } } }))
  check.refused("CAMPAIGN_E_COLUMN", campaign.rapid_response(head .. regions .. "}",
    { history = { { date = "2026-08-01", leads = 10, deals = 5, amount = 5000 } } }))
end

return tests

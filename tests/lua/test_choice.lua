--- The choice of campaigns from Lua: types in and out, errors.

local campaign = require "campaign"
local check = require "check"

local equal = check.equal
local tests = {}

local rows = {
  { id = "national_day", tier = "big", start = "2028-10-01", ["end"] = "2028-10-08", value = 500, cost = 50 },
  { id = "mid_autumn", tier = "big", start = "2028-09-30", ["end"] = "2028-10-04", value = 300, cost = 20 },
  { id = "party", tier = "small", start = "2028-11-02", ["end"] = "2028-11-04", value = 20, cost = 5 },
}
local schema = '"schema": "campaign/campaign_rules/1"'

function tests.overlapping_nodes_merge_by_default()
  local choice = assert(campaign.choose_campaigns(rows))
  equal(choice.value, 520)
  equal(choice.bound, 520)
  equal(choice.cost, 75)
  equal(choice.is_optimal, true)
  equal(choice.campaigns:get("members", 1), "mid_autumn,national_day")
end

function tests.who_is_left_out_is_told_why()
  local choice = assert(campaign.choose_campaigns(rows, '{' .. schema .. ', "overlaps": "refuse"}'))
  equal(choice.choices:get("id", 1), "mid_autumn")
  equal(choice.choices:get("rule", 1), "overlaps")
  equal(choice.choices:get("forcing_cost", 1), 200)
end

function tests.money_comes_back_as_text()
  local paid = {}
  for i, row in ipairs(rows) do
    paid[i] = { id = row.id, tier = row.tier, start = row.start, ["end"] = row["end"],
      value = row.value .. ".10", cost = row.cost .. ".00" }
  end
  local choice = assert(campaign.choose_campaigns(paid, '{' .. schema .. ', "budget": 60}', { currency = "CNY" }))
  equal(choice.value, "520.20")
  equal(choice.cost, "55.00")
end

function tests.a_conflict_is_an_error_with_its_sentence()
  local choice, err = campaign.choose_campaigns(rows, '{' .. schema .. ', "forced": ["party"], "budget": 4}')
  equal(choice, nil)
  equal(err.code, "CAMPAIGN_E_INFEASIBLE")
  equal(err.message, "party is forced but cannot be held, within the budget of 4")
end

return tests

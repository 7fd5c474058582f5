--- Slips of the pen: what a call does not take raises in words that say what it takes.

local campaign = require "campaign"
local check = require "check"

local equal = check.equal
local tests = {}

local function raises(words, call, ...)
  local is_fine, message = pcall(call, ...)
  equal({ is_fine, tostring(message):find(words, 1, true) ~= nil and words or message }, { false, words })
end

local items = { { item = "a", curve = "log", scale = 10, location = 5 } }
local pairs_of = { { customer = 1, offer = "a", value = 1, cost = 2 } }

function tests.inputs_have_the_names_that_a_call_takes()
  local allocate = campaign.allocate
  raises('there is no input "gruops"; it takes groups, items, points, samples', allocate.budget,
    { items = items, gruops = {} }, { budget = 10 })
  raises('there is no input "budget"; it takes budgets, customers, limits, offers, pairs', allocate.offers,
    { pairs = pairs_of, budget = {} })
  raises('input "items" is a table, not a string', allocate.budget, { items = "items.csv" }, { budget = 10 })
  raises("inputs is a table of tables by name, not a string", allocate.stock, "demand.csv")
  check.refused("CAMPAIGN_E_ARGUMENT", allocate.budget())
  check.refused("CAMPAIGN_E_ARGUMENT", allocate.offers())
end

function tests.requests_and_customers_are_what_they_must_be()
  raises("request is the JSON text of a document, not a table", campaign.rapid_response, { name = "fair" })
  raises("request is the JSON text of a document, not a nil", campaign.rapid_response)
  local found = assert(campaign.allocate.offers { pairs = pairs_of, budgets = { { amount = 5 } } })
  for _, customer in ipairs { {}, { values = 5 }, "ann" } do
    raises("a customer is a table with values", found.prices.choose, found.prices, customer)
  end
  equal(found.prices:choose { values = { a = 5 }, costs = { a = 2 } }, { "a" })
end

return tests

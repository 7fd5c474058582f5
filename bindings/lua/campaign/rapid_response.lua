--- The answer to a sudden market event: windows, quotas, contacts, check lists and filled forms.

local core = require "campaign._core"
local tables = require "campaign.tables"
local values = require "campaign.values"

-- What the columns of each table are where their values do not show it.
local roles = {
  customers = { last_interaction = "moment", last_enquiry = "moment", last_order = "moment" },
  reps = {},
  history = { date = "moment", amount = "money" },
  regions = { sales_task = "money" },
}

local rapid = {}

--- Plans the answer to a new product, a fair, a thank-you event or a competitor's attack. Worker only.
-- request is JSON text of a "campaign/rapid_response/1" document; inputs is {customers = …, reps = …, history = …,
-- regions = …}, each optional; their columns stand in docs/rapid-response.md. options: calendar, language, customer,
-- rep, region (names of columns), amount_unit, rounding, n_threads, progress. Amounts are in the request's currency.
-- Gives a table with windows, quotas, feasibility, customers, contacts, loads, resources, tasks, form_response_plan,
-- form_task_split, notes, verdict ("feasible", "stretch", "unfounded"), is_provisional, leads, expected_deals, deals,
-- has_sales, sales_minor and counts.
function rapid.rapid_response(request, inputs, options)
  options = options or {}
  if type(request) ~= "string" then error("request is the JSON text of a document, not a " .. type(request), 2) end
  local money = { amount_unit = options.amount_unit, rounding = options.rounding, is_implied = true,
    currency = request:match('"currency"%s*:%s*"(%u%u%u)"') or "CNY" }
  local knobs, services = values.sort_options(options)
  knobs.calendar = nil
  local handles, used, made, err = tables.open_inputs(inputs or {}, roles, money)
  local found, problem
  if not err then
    if options.calendar then
      handles.calendar = values.open(options.calendar)
      used[#used + 1] = options.calendar
    end
    found, problem = values.using(used, core.plan_rapid_response, request, handles, knobs, services)
  end
  for _, input in ipairs(made) do input:close() end
  if err then return nil, err end
  if not found then return values.failed(problem) end
  return tables.wrap_all(found)
end

return rapid

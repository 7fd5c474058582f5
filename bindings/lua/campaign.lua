--- libcampaign: plan a year of sales campaigns, tier customers, judge what happened.
--
-- Data goes in as Lua tables of columns, {customer = {…}, date = {…}, amount = {…}}, or of rows, {{customer = …}, …};
-- results come out as tables with methods. Dates are text ("2027-02-06"), money is text ("19.90") and exact, missing
-- values are campaign.null. What can fail gives nil and an error: a table with code, where, row, message that prints
-- itself. Misuse, such as a wrong option name, raises.

local core = require "campaign._core"
local files = require "campaign.files"
local followup = require "campaign.followup"
local forms = require "campaign.forms"
local rapid = require "campaign.rapid_response"
local playbook = require "campaign.playbook"
local response = require "campaign.response"
local review = require "campaign.review"
local tables = require "campaign.tables"
local tasks = require "campaign.tasks"
local values = require "campaign.values"
local weeks = require "campaign.weeks"

local failed, open = values.failed, values.open

local number = core.version()
if math.floor(number / 100) ~= math.floor(core.CAMPAIGN_VERSION_NUMBER / 100) then
  error(("campaign was built for libcampaign %d, but %d is loaded"):format(core.CAMPAIGN_VERSION_NUMBER, number))
end

local campaign = {
  version = ("%d.%d.%d"):format(math.floor(number / 10000), math.floor(number / 100) % 100, number % 100),
  null = values.null,
  table = tables.make,
  check = tables.check,
  calendar = require "campaign.calendar",
  read_csv = files.read_csv,
  read_csv_batches = files.read_csv_batches,
  parse_csv = files.parse_csv,
  write_csv = files.write_csv,
  format_csv = files.format_csv,
  write_xlsx = forms.write_xlsx,
  form_table = forms.form_table,
  form_names = forms.form_names,
  read_form = forms.read_form,
  write_ical = forms.write_ical,
  write_html = forms.write_html,
  playbook = playbook.playbook,
  risks = playbook.risks,
  conflicts = playbook.conflicts,
  approvals = playbook.approvals,
  allocate = require "campaign.allocate",
  schedule = require "campaign.schedule",
  forecast_fit_response = response.fit_response,
  promotion_weeks = weeks.promotion_weeks,
  rapid_response = rapid.rapid_response,
  task_templates = tasks.task_templates,
  task_list = tasks.task_list,
  recurring = tasks.recurring,
  task_completion = tasks.task_completion,
  headcount = tasks.headcount,
  followups = followup.followups,
  append_followups = followup.append_followups,
  review = review.review,
  add_lessons = review.add_lessons,
  extend_playbook = review.extend_playbook,
}

-- ---- Money: hot path ----

-- What stands for campaign.null in a list: no minimum, no cap, a free cell.
local without = { minimum = 0, maximum = "9223372036854775807", locked = "-9223372036854775808" }

local function cells_of(name, list)
  local cells = {}
  for i, value in ipairs(list) do cells[i] = value == values.null and without[name] or value end
  return cells
end

--- Splits an amount over weights into whole minor units that add up to it: parts, unallocated_minor.
-- options.minimum, maximum and locked are lists as long as weights; campaign.null leaves a cell without.
function campaign.split(total_minor, weights, options)
  local problem = { total_minor = total_minor, n_cells = #weights, weights = weights }
  for _, name in ipairs { "minimum", "maximum", "locked" } do
    local cells = options and options[name]
    if cells and #cells ~= #weights then error(name .. " and weights differ in length", 2) end
    problem[name] = cells and cells_of(name, cells)
  end
  local parts, left = core.split(problem)
  if not parts then return failed(left) end
  return parts, left
end

local roundings = { none = 0, half_up = 1, half_even = 2, half_down = 3, up = 4, down = 5, floor = 6, ceiling = 7 }

--- Minor units of a decimal, exactly: campaign.parse_money("19.90", 2) is 1990. rounding says what becomes of more
-- decimals; without it they are refused.
function campaign.parse_money(text, exponent, rounding)
  local mode = roundings[rounding or "none"]
  if not mode then error("there is no rounding \"" .. tostring(rounding) .. "\"", 2) end
  local minor, err = core.money_parse(text, exponent or 2, mode)
  if not minor then return failed(err) end
  return minor
end

--- Minor units as a decimal: campaign.format_money(1990, 2) is "19.90".
function campaign.format_money(minor, exponent)
  return core.money_format(minor, exponent or 2)
end

--- Decimals of a currency: 2 for "CNY".
function campaign.currency_exponent(currency)
  local exponent, err = core.currency_exponent(currency)
  if not exponent then return failed(err) end
  return exponent
end

-- ---- Forecast ----

local sale_types = { date = "moment", amount = "money" }

-- Replaces the text of a date option by its day number; false where it is no date.
local function take_day(knobs, name)
  if not knobs[name] then return true end
  local day, err = values.day_number(knobs[name])
  knobs[name] = day
  return day, err
end

-- {2024, 2025} or {[2024] = 1, [2025] = 2} as the library takes them.
local function year_records(years)
  local records = {}
  for key, value in pairs(years) do
    local is_list = key < 1000
    records[#records + 1] = { year = is_list and value or key, weight = is_list and 1 or value }
  end
  table.sort(records, function(a, b) return a.year < b.year end)
  return records
end

--- Measures the seasons of a history of sales. Worker only: it reads every row.
-- sales has date and amount, or the columns options names: {amount = "销售额", currency = "CNY", calendar = cal,
-- windows = {{node = "d1111", first = 0, last = 0}}, years = {2024, 2025}, …}. Gives a table with profile, seasons,
-- treated, notes and counts.
function campaign.forecast_seasonality(sales, options)
  local knobs, services = values.sort_options(options)
  for _, name in ipairs { "first_day", "end_day" } do
    local ok, err = take_day(knobs, name)
    if not ok then return nil, err end
  end
  local calendar = knobs.calendar
  knobs.calendar = nil
  if knobs.years then knobs.years = year_records(knobs.years) end
  local lines, err = tables.input(sales, sale_types, knobs, options or {})
  if not lines then return nil, err end
  local profile, report = values.using({ lines, calendar }, core.forecast_seasonality, open(lines),
    calendar and open(calendar), knobs, services)
  if lines ~= sales then lines:close() end
  if not profile then return failed(report) end
  local has_days = report.end_day > report.first_day
  report.first_day = has_days and values.day_text(report.first_day) or nil
  report.end_day = has_days and values.day_text(report.end_day) or nil
  report.profile = profile
  return tables.wrap_all(report)
end

--- Weighs the days from first up to, not including, last by a profile: that of forecast_seasonality, or columns
-- dimension, key, index and, for windows, node, first, last. calendar may be left out. Fit for a request handler.
function campaign.forecast_day_weights(profile, first, last, calendar)
  local from, err = values.day_number(first)
  if not from then return nil, err end
  local to
  to, err = values.day_number(last)
  if not to then return nil, err end
  local made
  made, err = tables.make(profile)
  if not made then return nil, err end
  local days
  days, err = values.using({ made, calendar }, core.forecast_day_weights, open(made),
    calendar and open(calendar), from, to)
  if made ~= profile then made:close() end
  if not days then return failed(err) end
  return tables.wrap(days)
end

-- ---- Tiers ----

local order_types = { date = "moment", amount = "money" }

--- Tiers customers by recency, frequency and monetary value. Worker only: it reads every order.
-- orders has customer, date and amount, or the columns options names: {customer = "会员卡号", currency = "CNY",
-- as_of = "2026-12-31", …}. Gives a table with tiers, bins, segments, skipped, notes and counts.
function campaign.tier_rfm(orders, options)
  local knobs, services = values.sort_options(options)
  local ok, err = take_day(knobs, "as_of")
  if not ok then return nil, err end
  for _, name in ipairs { "recency", "frequency", "monetary" } do
    local cuts = knobs[name .. "_cuts"]
    if cuts then knobs[name .. "_bins"] = #cuts + 1 end
  end
  local lines
  lines, err = tables.input(orders, order_types, knobs, options or {})
  if not lines then return nil, err end
  local tiers, report = values.using({ lines }, core.tier_rfm, open(lines), knobs, services)
  if lines ~= orders then lines:close() end
  if not tiers then return failed(report) end
  report.as_of = report.as_of and values.day_text(report.as_of)
  report.tiers = tiers
  return tables.wrap_all(report)
end

--- The segments document used where none is given, as JSON text.
campaign.default_segments = core.tier_segments_default

-- ---- The choice of campaigns ----

local candidate_types = { start = "date", ["end"] = "date", preheat_start = "date" }
local bare_rules = '{"schema": "campaign/campaign_rules/1"}'

-- An amount of least units as its column shows it: money as text, whole numbers and fractions as numbers.
local function plain_number(units, exponent, kind)
  if kind == "int64" then return units end
  local text = core.money_format(units, exponent)
  return kind == "float64" and tonumber(text) or text
end

--- Chooses the campaigns of greatest total value that keep the rules. Worker only.
-- candidates has id, tier ("big", "small"), start, end (the day after the last), value, cost, and optionally
-- preheat_start, never_together and always_together, or the columns options names. rules is a document
-- campaign/campaign_rules/1 as JSON text; nil takes all defaults. options: currency, amount_unit and rounding where
-- values and costs are money; language, max_labels, skips_reasons, n_threads, progress.
-- Gives a table with choices, campaigns, value, bound, cost, is_optimal and counts.
function campaign.choose_campaigns(candidates, rules, options)
  local knobs, services = values.sort_options(options)
  local types = {}
  for name, kind in pairs(candidate_types) do types[name] = kind end
  if options and options.currency then types.value, types.cost = "money", "money" end
  local rows, err = tables.input(candidates, types, knobs, options or {})
  if not rows then return nil, err end
  local choices, report = values.using({ rows }, core.plan_choose_campaigns, open(rows), rules or bare_rules, knobs,
    services)
  if rows ~= candidates then rows:close() end
  if not choices then return failed(report) end
  report.choices = choices
  local result = tables.wrap_all(report)
  local value_kind, cost_kind = result.choices:type "value", result.choices:type "cost"
  result.value = plain_number(result.value, result.value_exponent, value_kind)
  result.bound = plain_number(result.bound, result.value_exponent, value_kind)
  result.cost = plain_number(result.cost, result.cost_exponent, cost_kind)
  result.value_exponent, result.cost_exponent = nil, nil
  return result
end

-- ---- Plans ----

local Plan = {}
Plan.__index = Plan

local function wrap_plan(handle, err)
  if not handle then return failed(err) end
  return setmetatable({ _handle = handle }, Plan)
end

-- What a plan's request says of the orders, with the caller's own words before it: names of columns by role, and words
-- of money. columns is the table that the library gives for a request.
local function request_terms(columns, options)
  local names, asked = {}, {}
  for row in tables.wrap(columns):rows() do
    names[row.role] = row.column
    if row.role == "amount" then asked = row end
  end
  local function word(own, found)
    return own or (found ~= "none" and found or nil)
  end
  return names, { currency = options.currency or asked.currency, is_implied = not options.currency,
    amount_unit = word(options.amount_unit, asked.unit), rounding = word(options.rounding, asked.rounding) }
end

local plan_tables = { orders = order_types, bottom_up = order_types, drivers = { date = "moment" },
  daily = { date = "moment" } }

-- What a plan is made from besides its request, as the library takes it; the objects that keep it alive; those to close
-- afterwards, because they are our own.
local function plan_inputs(columns, orders, options)
  local inputs, used, own = {}, {}, {}
  if options.calendar then
    inputs.calendar = open(options.calendar)
    used[1] = options.calendar
  end
  local names, money = request_terms(columns, options)
  for name, types in pairs(plan_tables) do
    local data = options[name]
    if name == "orders" then data = orders end
    if data then
      local is_orders = name == "orders"
      local made, err = tables.input(data, types, is_orders and names or {}, types.amount and money or {})
      if not made then return nil, err end
      inputs[name] = open(made)
      used[#used + 1] = made
      if made ~= data then own[#own + 1] = made end
    end
  end
  return inputs, used, own
end

--- Makes a plan from a request (JSON text) and the history of orders. Worker only.
-- Names of columns are those of the request's data.columns. options: calendar = campaign.calendar {…}; currency,
-- amount_unit and rounding where the request does not say them; n_threads, progress. A plain number as amount needs a
-- unit, and a rounding where it has a fraction. options.drivers holds numbers by product_line, market, channel, tier,
-- rep or date that levels of the split share by; options.bottom_up entries from below (period or date, dimensions,
-- amount), to stand beside the targets; options.daily date, visits and orders, for the conversion of late.
function campaign.plan(request, orders, options)
  options = options or {}
  local _, services = values.sort_options(options)
  local columns, err = core.plan_request_columns(request)
  if not columns then return failed(err) end
  local inputs, used, own = plan_inputs(columns, orders, options)
  if not inputs then return nil, used end
  local handle
  handle, err = values.using(used, core.plan_create, request, inputs, services)
  for _, made in ipairs(own) do made:close() end
  return wrap_plan(handle, err)
end

--- What each factor of a product must become for the whole to change by change (0.5 is 50 % more). metrics has metric,
-- baseline and, where there are any, change (given; campaign.null where free), minimum and maximum.
function campaign.sub_goals(metrics, change)
  local made, err = tables.make(metrics)
  if not made then return nil, err end
  local handle
  handle, err = values.using({ made }, core.plan_sub_goals, open(made), { change = change })
  if made ~= metrics then made:close() end
  if not handle then return failed(err) end
  return tables.wrap(handle)
end

--- Reads a plan from its document.
function campaign.load_plan(json)
  return wrap_plan(core.plan_load(json))
end

--- A minimal request for a year, as JSON text.
function campaign.plan_request(year, currency, language)
  local json, err = core.plan_request_new(year, currency or "CNY", language or "en")
  if not json then return failed(err) end
  return json
end

--- JSON Schema of a document kind: plan_request, plan, calendar_overlay, nodes, segments,
-- campaign_rules, rapid_response, task_templates.
function campaign.schema(kind, language)
  local json, err = core.plan_schema(kind, language or "en")
  if not json then return failed(err) end
  return json
end

--- Which kind a document is, by its own "schema": one of those that campaign.schema knows.
function campaign.document_kind(json)
  local kind, err = core.plan_document_kind(json)
  if not kind then return failed(err) end
  return kind
end

--- The plan as its document; loading and saving it gives the same text.
function Plan:to_json()
  local json, err = core.plan_save(open(self))
  if not json then return failed(err) end
  return json
end

--- What moved from this plan to another one: {changes, causes, is_traced}. Worker only.
-- With what this plan was made from, orders and options.calendar, every movement is traced to its cause. options:
-- language, and those of campaign.plan.
function Plan:diff(after, orders, options)
  options = options or {}
  local _, services = values.sort_options(options)
  local columns, err = core.plan_columns(open(self))
  if not columns then return failed(err) end
  local inputs, used, own = plan_inputs(columns, orders, options)
  if not inputs then return nil, used end
  used[#used + 1] = self
  used[#used + 1] = after
  local given = (orders or options.calendar or options.drivers or options.bottom_up or options.daily) and inputs or nil
  local found
  found, err = values.using(used, core.plan_diff, open(self), open(after), options.language, given, services)
  for _, made in ipairs(own) do made:close() end
  if not found then return failed(err) end
  return tables.wrap_all(found)
end

--- Why a row is as it is: plan:explain("targets", "2027-02"), plan:explain("campaigns", "d618", "zh").
function Plan:explain(name, row, language)
  local handle, err = core.plan_explain(open(self), name, tostring(row), language)
  if not handle then return failed(err) end
  return tables.wrap(handle)
end

--- Every finest target on every day of its period, or by week where options.grain is "week". Worker only.
function Plan:expand_targets(options)
  local knobs, services = values.sort_options(options)
  local handle, err = core.plan_expand_targets(open(self), knobs, services)
  if not handle then return failed(err) end
  return tables.wrap(handle)
end

--- Names of a plan's tables.
function Plan.table_names()
  local names = {}
  local name = core.plan_table_name(0)
  while name do
    names[#names + 1] = name
    name = core.plan_table_name(#names)
  end
  return names
end

--- One table of the plan by name.
function Plan:table(name)
  local handle, err = core.plan_table(open(self), name)
  if not handle then return failed(err) end
  return tables.wrap(handle)
end

--- Frees the memory now instead of at the next collection.
function Plan:close()
  values.close(self, core.plan_close)
end

Plan.__close = Plan.close

-- ---- Evaluation ----

local daily_types = { date = "moment", sales = "money", refunds = "money", spend = "money" }
local actual_types = { orders = order_types, daily = daily_types, spend = order_types }

-- What a plan is judged by: the plan's handle, or those of a table of its tables; the objects behind; names of columns
-- and words of money.
local function judged(plan, options)
  if getmetatable(plan) == Plan then
    return open(plan), { plan }, request_terms(core.plan_columns(open(plan)), options)
  end
  local handles, used = {}, {}
  for name, made in pairs(plan) do
    handles[name] = open(made)
    used[#used + 1] = made
  end
  return handles, used, {}, options
end

local judged_roles = { "date", "amount", "product_line", "market" }

-- Names that a request implies become knobs where one of the tables has such a column.
local function take_names(knobs, names, handle)
  for _, role in ipairs(judged_roles) do
    local name = names[role]
    if name and core.table_find(handle, name) >= 0 then knobs[role] = name end
  end
end

--- Judges actual figures against a plan: actuals is {orders = …, daily = …, spend = …}, each optional. Worker only.
-- plan is a plan, or a table of tables with the columns of a plan's: targets (required), phases, campaigns, budget,
-- metrics. options: as_of, deviation_ppm (of target, at which an alert is raised), cap_ppm, minimum_share_ppm, nulls,
-- language, currency, amount_unit, rounding, and names of columns; those of the plan's request hold where nothing else
-- is said.
-- Gives a table with attainment, pace, metrics, alerts, notes, skipped and as_of.
function campaign.evaluate(plan, actuals, options)
  local knobs, services = values.sort_options(options)
  local ok, err = take_day(knobs, "as_of")
  if not ok then return nil, err end
  local targets, used, names, money = judged(plan, options or {})
  local called = setmetatable(names, { __index = knobs })
  for role in pairs(names) do names[role] = knobs[role] or names[role] end
  local figures, made = {}, {}
  for name, roles in pairs(actual_types) do
    if actuals[name] then
      local input
      input, err = tables.input(actuals[name], roles, called, money)
      if not input then return nil, err end
      figures[name] = open(input)
      take_names(knobs, names, figures[name])
      used[#used + 1] = input
      if input ~= actuals[name] then made[#made + 1] = input end
    end
  end
  local result
  result, err = values.using(used, core.kpi_evaluate, targets, figures, knobs, services)
  for _, input in ipairs(made) do input:close() end
  if not result then return failed(err) end
  result.as_of = values.day_text(result.as_of)
  return tables.wrap_all(result)
end

return campaign

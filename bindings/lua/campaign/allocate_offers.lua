--- Offers to customers under shared budgets.

local core = require "campaign._core"
local tables = require "campaign.tables"
local values = require "campaign.values"

local offers = {}

local Prices = {}
Prices.__index = Prices

-- Text of a key: 7 and "7" are the same.
local function key_text(key)
  if type(key) == "number" and key == math.floor(key) then return ("%d"):format(key) end
  return tostring(key)
end

--- Prices from rows and offers of a result, or from tables of the same columns. options: limits, most, is_exact, offer.
function offers.offer_prices(rows, totals, options)
  options = options or {}
  local none, used, made = {}, {}, {}
  for _, data in ipairs { rows, totals, options.limits } do
    local input, err = tables.input(data, {}, none, {})
    if not input then return nil, err end
    used[#used + 1] = input
    if input ~= data then made[#made + 1] = input end
  end
  local handle, err = core.offer_prices_create(values.open(used[1]), values.open(used[2]),
    used[3] and values.open(used[3]), { most = options.most, is_exact = options.is_exact, offer = options.offer })
  local prices = setmetatable({ _handle = handle, offers = {}, costs = {}, attributes = {} }, Prices)
  if handle then
    for _, key in ipairs(used[2]:column(options.offer or "offer")) do
      prices.offers[core.offer_prices_find(handle, key_text(key)) + 1] = key
    end
  end
  for _, input in ipairs(made) do input:close() end
  if not handle then return values.failed(err) end
  for i = 1, core.offer_prices_n_costs(handle) do prices.costs[i] = core.offer_prices_cost(handle, i - 1) end
  while core.offer_prices_attribute(handle, #prices.attributes) do
    prices.attributes[#prices.attributes + 1] = core.offer_prices_attribute(handle, #prices.attributes)
  end
  return prices
end

--- Offers for one customer, best first. Fit for a request handler.
-- customer: values = {[offer] = number}; costs = {[offer] = number, or {cost = number} where there are several}; most;
-- and any attribute that budgets name: region = "north".
function Prices:choose(customer)
  if type(customer) ~= "table" or type(customer.values) ~= "table" then
    error("a customer is a table with values = {[offer] = number}", 2)
  end
  local handle, worth, costs, keys = values.open(self), {}, {}, {}
  for i, offer in ipairs(self.offers) do
    worth[i] = customer.values[offer] or false
    for c, name in ipairs(self.costs) do
      local cost = customer.costs and customer.costs[offer]
      if type(cost) == "table" then cost = cost[name] end
      costs[(i - 1) * #self.costs + c] = cost or (not worth[i] and 0)
    end
  end
  for i, name in ipairs(self.attributes) do
    local key = customer[name]
    keys[i] = key ~= nil and core.offer_prices_key(handle, i - 1, key_text(key)) or -1
  end
  local chosen, err = core.allocate_choose_offer(handle, worth, costs, keys, customer.most)
  if not chosen then return values.failed(err) end
  for i, number in ipairs(chosen) do chosen[i] = self.offers[number + 1] end
  return chosen
end

--- Frees the memory now instead of at the next collection.
function Prices:close()
  values.close(self, core.offer_prices_close)
end

Prices.__close = Prices.close

-- Costs that budgets name, as roles of columns; and with one row per customer, for each of its columns.
local function roles_of(budgets, data)
  local costs, roles = { cost = true }, {}
  local list = budgets and tables.make(budgets)
  if list and core.table_find(values.open(list), "cost") >= 0 then
    for _, name in ipairs(list:column "cost") do
      if type(name) == "string" then costs[name] = true end
    end
  end
  if list and list ~= budgets then list:close() end
  local names = {}
  if data.columns then
    names = data:columns()
  elseif data[1] then
    for _, row in ipairs(data) do
      for name in pairs(row) do names[#names + 1] = name end
    end
  else
    for name in pairs(data) do names[#names + 1] = name end
  end
  for _, name in ipairs(names) do
    for cost in pairs(costs) do
      if name == cost or name:sub(1, #cost + 1) == cost .. "_" then roles[name] = "money" end
    end
  end
  return roles
end

-- The function that the library asks for batches, and one that ends the reading. What is made of a batch is closed when
-- the next one is asked for.
local function batches_of(inputs, options)
  local next_batch, made
  local function finish()
    if made then made:close() end
    made = nil
  end
  return function(is_rewind)
    finish()
    if is_rewind then
      next_batch = inputs.pairs()
      return nil
    end
    local batch = next_batch()
    if batch == nil then return nil end
    local roles = options.currency and roles_of(inputs.budgets, batch) or {}
    local input, err = tables.input(batch, roles, {}, options)
    if not input then error(err, 0) end
    if input ~= batch then made = input end
    return values.open(input)
  end, finish
end

--- Gives offers to customers so that the sum of values is as large as budgets, stocks and limits allow. Worker only.
-- inputs is {pairs = …} and any of customers, offers, budgets, limits; their columns stand in docs/allocate-offers.md.
-- pairs may be a function that gives an iterator over batches, customers ascending: it is called again for every pass.
-- options: most, is_exact, max_passes, gap, node_limit, is_fractional, customer, offer, language, currency,
-- amount_unit, rounding, n_threads, progress.
-- Gives a table with choices, rows, offers, summary, notes, prices, status, value, bound, gap.
function offers.offers(inputs, options)
  inputs = inputs or {}
  tables.check_inputs(inputs, { pairs = true, customers = true, offers = true, budgets = true, limits = true })
  local knobs, services = values.sort_options(options)
  local handles, used, made, err = {}, {}, {}, nil
  local is_stream = type(inputs.pairs) == "function"
  for _, name in ipairs { "pairs", "customers", "offers", "budgets", "limits" } do
    if inputs[name] and not (is_stream and name == "pairs") then
      local roles = name == "budgets" and { amount = "money" } or roles_of(inputs.budgets, inputs[name])
      if not (options and options.currency) then roles = {} end
      local input
      input, err = tables.input(inputs[name], roles, {}, options or {})
      if not input then break end
      handles[name] = values.open(input)
      used[#used + 1] = input
      if input ~= inputs[name] then made[#made + 1] = input end
    end
  end
  local choices, report
  if not err and is_stream then
    local batches, finish = batches_of(inputs, options or {})
    choices, report = values.using(used, core.allocate_offers_stream, handles, batches, knobs, services)
    finish()
  elseif not err then
    choices, report = values.using(used, core.allocate_offers, handles, knobs, services)
  end
  for _, input in ipairs(made) do input:close() end
  if err then return nil, err end
  if not choices then return values.failed(report) end
  report.choices = choices
  report = tables.wrap_all(report)
  local given = options or {}
  report.prices, err = offers.offer_prices(report.rows, report.offers,
    { limits = inputs.limits, most = given.most, is_exact = given.is_exact, offer = given.offer })
  if not report.prices then return nil, err end
  return report
end

return offers

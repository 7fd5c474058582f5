--- Tasks of campaigns: their templates, work that comes again, completion, head-count.

local core = require "campaign._core"
local tables = require "campaign.tables"
local values = require "campaign.values"

local bare_templates = '{"schema": "campaign/task_templates/1", "templates": []}'

local tasks = {}

--- The built-in templates as a document campaign/task_templates/1, JSON text: to start one's own from.
-- language is "en" or "zh".
function tasks.task_templates(language)
  local json, err = core.plan_task_templates(language or "en")
  if not json then return values.failed(err) end
  return json
end

--- The tasks that campaigns of each type have, as a table: type, task, name, phase, role and more.
-- templates is JSON text of a document laid over the built-in templates; nil for those alone.
function tasks.task_list(templates, language)
  local handle, err = core.plan_task_list(templates or bare_templates, language or "en")
  if not handle then return values.failed(err) end
  return tables.wrap(handle)
end

-- A table of ours from what was given, and whether it must be closed afterwards.
local function take(data, columns, options)
  local input, err = tables.input(data, columns, {}, options or {})
  if not input then return nil, err end
  return input, input ~= data
end

--- Work that comes again every week, month or quarter, dated in working days, as a table.
-- from and to (the day after the last) are dates. rules: rule, every ("week", "month", "quarter"), on (a weekday from
-- 1 = Monday, or the n-th working day, from the end where negative), and more of docs/tasks.md; nil for the handbook's.
-- options: calendar, language.
function tasks.recurring(from, to, rules, options)
  local knobs = { language = options and options.language }
  local err, is_own, given
  knobs.start_day, err = values.day_number(from)
  if err then return nil, err end
  knobs.end_day, err = values.day_number(to)
  if err then return nil, err end
  local used = {}
  if rules then
    given, is_own = take(rules, {})
    if not given then return nil, is_own end
    used[#used + 1] = given
  end
  if options and options.calendar then
    knobs.calendar = values.open(options.calendar)
    used[#used + 1] = options.calendar
  end
  local handle
  handle, err = values.using(used, core.plan_recurring, given and values.open(given), knobs)
  if given and is_own then given:close() end
  if not handle then return values.failed(err) end
  return tables.wrap(handle)
end

--- Completion rates for the appraisal: of the tasks due by as_of, how many are done, and how many in time.
-- list is a plan's table of tasks or recurring ones; actuals has task and actual_finish, nil for none.
-- Gives a table with months, totals, overdue, n_due, n_done, n_in_time, n_overdue.
function tasks.task_completion(list, actuals, as_of)
  local day, err = values.day_number(as_of)
  if not day then return nil, err end
  local days = { due = "date", finish = "date", actual_finish = "date" }
  local given, is_own = take(list, days)
  if not given then return nil, is_own end
  local used, done, is_done_own = { given }, nil, false
  if actuals then
    done, is_done_own = take(actuals, days)
    used[#used + 1] = done
  end
  local found
  if done or not actuals then
    found, err = values.using(used, core.plan_task_completion, values.open(given), done and values.open(done), day)
  end
  if is_own then given:close() end
  if done and is_done_own then done:close() end
  if actuals and not done then return nil, is_done_own end
  if not found then return values.failed(err) end
  return tables.wrap_all(found)
end

local head_roles = { targets = { target = "money" }, capacity = { ticket = "money" }, months = {}, ramp = {} }

--- How many people targets need, by market and month, and when they must be hired, as a table.
-- inputs is {targets = …, capacity = …, months = …, ramp = …}; their columns stand in docs/tasks.md. options: currency,
-- amount_unit, rounding, language.
function tasks.headcount(inputs, options)
  options = options or {}
  local handles, used, own, err = {}, {}, {}, nil
  for name, columns in pairs(head_roles) do
    if inputs[name] and not err then
      local input, is_own = take(inputs[name], columns, options)
      if not input then
        err = is_own
      else
        handles[name] = values.open(input)
        used[#used + 1] = input
        if is_own then own[#own + 1] = input end
      end
    end
  end
  local handle, failure
  if not err then
    handle, failure = values.using(used, core.plan_headcount, handles, options.language or "en")
  end
  for _, input in ipairs(own) do input:close() end
  if err then return nil, err end
  if not handle then return values.failed(failure) end
  return tables.wrap(handle)
end

return tasks

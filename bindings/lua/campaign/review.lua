--- The review of a campaign: targets against actuals, and what the next plan takes from it.

local core = require "campaign._core"
local tables = require "campaign.tables"
local values = require "campaign.values"

local roles = { metrics = {}, findings = { due = "moment" }, segments = {} }

local review = {}

--- Reviews a campaign. Worker only.
-- inputs is {metrics = …, findings = …, segments = …}, all but the first optional; their columns stand in
-- docs/review.md. options: calendar, campaign, next_campaign, next_start = "2026-11-23", high_ppm,
-- low_ppm, language, n_threads, progress. Gives a table with review,
-- metrics, records, tasks, playbook, sop, notes, is_provisional and counts.
function review.review(inputs, options)
  options = options or {}
  local knobs, services = values.sort_options(options)
  knobs.calendar = nil
  if knobs.next_start then
    local day, err = values.day_number(knobs.next_start)
    if not day then return values.failed(err) end
    knobs.next_start = day
  end
  local handles, used, made, err = tables.open_inputs(inputs, roles)
  local found, problem
  if not err then
    if options.calendar then
      handles.calendar = values.open(options.calendar)
      used[#used + 1] = options.calendar
    end
    found, problem = values.using(used, core.plan_review, handles, knobs, services)
  end
  for _, input in ipairs(made) do input:close() end
  if err then return nil, err end
  if not found then return values.failed(problem) end
  return tables.wrap_all(found)
end

--- The next request with a review's measures in it, as JSON text: a plan's, or that of a rapid response. Worker only.
function review.add_lessons(found, request)
  local json, err = core.plan_add_lessons(values.open(found.tasks), request)
  if not json then return values.failed(err) end
  return json
end

--- A playbook for campaign.risks as JSON text: base (JSON too) with a review's problems, or they alone. Worker only.
function review.extend_playbook(found, base)
  local json, err = core.plan_extend_playbook(values.open(found.playbook), values.open(found.metrics), base or "")
  if not json then return values.failed(err) end
  return json
end

return review

--- Tasks of campaigns: their templates.

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

return tasks

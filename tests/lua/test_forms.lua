--- Forms from Lua.

local campaign = require "campaign"
local check = require "check"

local equal = check.equal
local tests = {}

local function split()
  return assert(campaign.table({
    { region = "华东", owner = "李雷", customers = 30, expected_conversion_ppm = 500000, expected_deals = 15.2,
      sales_task = "470000.00" },
  }, { types = { sales_task = "money" }, currency = "CNY" }))
end

function tests.form_table()
  local options = { language = "zh", money_unit = "ten_thousand" }
  local shown = assert(campaign.form_table({ form = "task_split", table = split() }, options))
  equal(shown:column("预期转化率"), { "50%" })
  equal(shown:column("销售任务（万元）"), { "47.00" })
  equal(campaign.form_names()[3], "followups")
  check.refused("CAMPAIGN_E_UNKNOWN", campaign.form_table({ form = "folowups" }))
end

function tests.write_xlsx()
  local path = os.tmpname()
  local sheets = { { form = "task_split", table = split() }, { form = "followups" } }
  local ok, err = campaign.write_xlsx(path, sheets, { language = "zh", owners = { "李雷" }, created = "2026-11-22" })
  if not ok and err.code == "CAMPAIGN_E_UNSUPPORTED" then return end
  assert(ok, tostring(err))
  local file = assert(io.open(path, "rb"))
  equal(file:read(2), "PK")
  file:close()
  os.remove(path)
end

return tests

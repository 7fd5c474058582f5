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

function tests.read_form()
  local path = os.tmpname()
  local file = assert(io.open(path, "wb"))
  file:write("记录编号,客户,跟进时间,跟进方式,跟进人,心情\n1,甲,2026-11-22 9:30,微信,王芳,好\n")
  file:close()
  local t, notes = assert(campaign.read_form(path, "followups"))
  equal({ t:get("way", 1), t:get("time", 1), notes:get("column", 1) }, { "wechat", "2026-11-22T09:30:00", "心情" })
  check.refused("CAMPAIGN_E_COLUMN", campaign.read_form(path, "task_split"))
  os.remove(path)
end

function tests.calendars_and_pages()
  local path = os.tmpname()
  local request = [[{"schema": "campaign/plan_request/1", "year": 2027, "currency": "CNY",
    "target": {"amount": "780000.00"}}]]
  local plan = assert(campaign.plan(request))
  local tasks = { { task = "t", name = "Brief", due = "2027-05-10" } }
  assert(campaign.write_html(path, plan, { language = "zh", tasks = tasks }))
  local file = assert(io.open(path, "rb"))
  assert(file:read("*a"):find("Brief", 1, true))
  file:close()
  local options = { stamp_seconds = 1795300000, as_of = "2027-05-01", tasks = tasks }
  local ok, err = campaign.write_ical(path, plan, options)
  if ok then
    file = assert(io.open(path, "rb"))
    assert(file:read("*a"):find("SUMMARY:Brief", 1, true))
    file:close()
  else equal(err.code, "CAMPAIGN_E_UNSUPPORTED")
  end
  os.remove(path)
end

return tests

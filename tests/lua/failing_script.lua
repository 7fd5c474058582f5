--- What test_failing_allocator runs under failing allocations: every kind of output a wrapper keeps.

local campaign = require "campaign"
local core = require "campaign._core"

local calendar = assert(campaign.calendar())
local lines = { customer = { 1, 2 }, date = { "2026-01-01", "2026-02-01" }, amount = { "1", "2" } }
local orders = assert(campaign.table(lines,
  { types = { date = "date", amount = "money" }, currency = "CNY" }))
local csv = assert(campaign.table { a = { 1, 2 }, b = { "x", "y" } })

return function()
  core.table_slice(orders._handle, 0, 1)
  core.table_check(orders._handle, { { name = "customer", types = 8, is_unique = true } }, 5)
  core.tier_rfm(orders._handle, { language = "zh" }, { progress = function(stage) return #stage == 0 end })
  core.calendar_nodes(calendar._handle, 20820, 20850, { tier = "big" })
  core.calendar_day(calendar._handle, 20820)
  core.io_format_csv(csv._handle, nil)
  core.io_parse_csv("a,b\n1,x\n", { columns = { { name = "a", is_key = true } }, null_texts = { "NA", "-" } }, nil)
  core.split({ total_minor = 10, n_cells = 2, weights = { 1, 2 } })
  campaign.table({ a = { 1, campaign.null }, d = { "2026-01-01", "2026-01-02" } }, { types = { d = "date" } })
  core.plan_request_new(2027, "CNY", "zh")
end

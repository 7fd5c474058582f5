--- CSV from Lua.

local campaign = require "campaign"
local check = require "check"

local equal, null = check.equal, campaign.null
local tests = {}

local text = "会员卡号,日期,金额,件数\r\n007,2026/1/5,\"1,234.50\",3\r\n008,2026年1月6日,¥2.00,\r\n"
local columns = { ["会员卡号"] = "key", ["日期"] = "date", ["金额"] = "money[CNY]" }

function tests.declared_columns()
  local t, report = assert(campaign.parse_csv(text, { columns = columns }))
  equal({ t:column("会员卡号"), t:column("日期"), t:column("金额"), t:column("件数") },
    { { "007", "008" }, { "2026-01-05", "2026-01-06" }, { "1234.50", "2.00" }, { 3, null } })
  equal({ report.n_records, report.n_skipped, report.encoding, report.delimiter, report.has_bom },
    { 2, 0, "utf8", ",", false })
end

function tests.a_written_file_reads_back_the_same()
  local path = os.tmpname()
  local t = assert(campaign.parse_csv(text, { columns = columns }))
  assert(campaign.write_csv(path, t))
  local again, report = assert(campaign.read_csv(path, { columns = columns, delimiter = "auto" }))
  equal(report.has_bom, true)
  for _, name in ipairs(t:columns()) do equal(again:column(name), t:column(name)) end
  os.remove(path)
  equal(check.refused("CAMPAIGN_E_IO", campaign.read_csv(path)).where, path)
  check.refused("CAMPAIGN_E_IO", campaign.write_csv(path .. "/no/such/folder", t))
end

function tests.formats()
  local plain = { omits_bom = true, line_end = "lf" }
  equal(campaign.format_csv({ a = { 1, 2 }, b = { "=1", "" } }, plain), "a,b\n1,=1\n2,\"\"\n")
  local options = { omits_bom = true, line_end = "lf", guards_formulas = true, delimiter = ";" }
  equal(campaign.format_csv({ a = { 1 }, b = { "=1" } }, options), "a;b\n1;'=1\n")
end

function tests.bad_rows_are_named_or_skipped()
  local bad = "a,b\n1,2026-01-01\n2,2026-02-30\n"
  local err = check.refused("CAMPAIGN_E_VALUE", campaign.parse_csv(bad, { columns = { b = "date" } }))
  equal({ err.where, err.row }, { "line 3 column 3", 2 })
  local t, report = assert(campaign.parse_csv(bad, { columns = { b = "date" }, on_problem = "skip" }))
  equal({ t:column("a"), report.n_skipped, report.problems:column("line") }, { { 1 }, 1, { 3 } })
  equal(report.counts:column("n"), { 1 })
end

function tests.words_of_columns()
  local words = { a = { type = "money", currency = "CNY", rounding = "half_even" }, z = { is_optional = true } }
  local t, report = assert(campaign.parse_csv("a,b\n0.125,NA\n", { columns = words, null_texts = { "NA" } }))
  equal({ t:column("a"), t:column("b"), report.n_rounded }, { { "0.12" }, { null }, 1 })
  equal(campaign.parse_csv("a,b\n1,2\n", { columns = { b = "int64" }, only_declared = true }):columns(), { "b" })
  check.raises("\"dates\" is none of", campaign.parse_csv, "a\n", { columns = { a = "dates" } })
  check.raises("no field \"tpye\"", campaign.parse_csv, "a\n", { columns = { a = { tpye = "date" } } })
  check.raises("one ASCII character", campaign.parse_csv, "a\n", { delimiter = "，" })
  check.refused("CAMPAIGN_E_VALUE", campaign.parse_csv("订单号\n1.23E+17\n", { columns = { ["订单号"] = "key" } }))
end

function tests.batches_are_the_file_again_and_again()
  local path, lines = os.tmpname(), { "customer,note" }
  for i = 0, 99 do lines[#lines + 1] = ('%d,"note, %d"'):format(math.floor(i / 7), i) end
  local file = assert(io.open(path, "wb"))
  file:write(table.concat(lines, "\n"))
  file:close()
  local batches = assert(campaign.read_csv_batches(path, { group = "customer", batch_bytes = 64 }))
  for _ = 1, 2 do
    local notes, last, n = {}, nil, 0
    for batch in batches() do
      local customers = batch:column "customer"
      if customers[1] == last then error("a customer stands in two batches") end
      last, n = customers[#customers], n + 1
      for _, note in ipairs(batch:column "note") do notes[#notes + 1] = note end
    end
    equal({ #notes, notes[1], notes[100], n > 3 }, { 100, "note, 0", "note, 99", true })
  end
  equal(check.refused("CAMPAIGN_E_COLUMN", campaign.read_csv_batches(path, { group = "rep" })).where, "rep")
  os.remove(path)
end

return tests

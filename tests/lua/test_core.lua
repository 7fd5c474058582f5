--- The compiled module itself: what the facade does not need, exact at the limits.

local core = require "campaign._core"
local campaign = require "campaign"
local check = require "check"

local equal = check.equal
local tests = {}

function tests.status_has_a_name_and_a_meaning()
  equal(core.status_name(core.E_COLUMN), "CAMPAIGN_E_COLUMN")
  assert(core.status_text(core.OK, "en") ~= core.status_text(core.OK, "zh"))
  local number = core.version()
  equal(campaign.version, ("%d.%d.%d"):format(math.floor(number / 10000), math.floor(number / 100) % 100, number % 100))
end

function tests.civil_dates_and_numbers()
  equal({ core.date_from_civil(2027, 2, 6), core.date_parse("2027-02-06") }, { 20855, 20855 })
  equal({ core.date_to_civil(20855) }, { 2027, 2, 6 })
  equal(core.date_format(-719162), "0001-01-01")
  equal(core.number_parse("-1.5e3"), -1500.0)
  check.refused("CAMPAIGN_E_SYNTAX", core.number_parse("1,5"))
end

function tests.a_table_is_built_cell_by_cell()
  local builder = core.table_builder_create()
  core.table_builder_add_column(builder, "n", 3, nil)
  core.table_builder_add_column(builder, "x", 4, nil)
  core.table_builder_add_column(builder, "s", 7, nil)
  core.table_builder_add_column(builder, "m", 8, "CNY")
  core.table_builder_append_int64(builder, 0, "-9223372036854775808")
  core.table_builder_append_float64(builder, 1, 0.1)
  core.table_builder_append_text(builder, 2, "店\0铺")
  core.table_builder_append_int64(builder, 3, "9223372036854775807")
  for index = 0, 3 do core.table_builder_append_null(builder, index) end
  local t = core.table_builder_finish(builder)
  core.table_builder_close(builder)
  equal({ core.table_n_rows(t), core.table_n_columns(t), core.table_find(t, "m") }, { 2, 4, 3 })
  local least = core.table_int64(t, 0, 0)
  equal(check.has_integers and least == math.mininteger or least, check.has_integers or "-9223372036854775808")
  equal({ core.table_float64(t, 1, 0), core.table_text(t, 2, 0) }, { 0.1, "店\0铺" })
  equal(core.table_text(t, 2, 1), nil)
  equal({ core.table_is_null(t, 3, 0), core.table_is_null(t, 3, 1) }, { 0, 1 })
  equal(core.table_format(t, 3, 0), "92233720368547758.07")
  equal(core.table_column(t, 3).currency, "CNY")
  check.refused("CAMPAIGN_E_ARGUMENT", core.table_column(t, 4))
end

function tests.long_text_is_formatted_whole()
  local text = ("长"):rep(5000)
  local t = assert(campaign.table { s = { text } })
  equal(core.table_format(t._handle, 0, 0), text)
  equal(t:get("s", 1), text)
end

return tests

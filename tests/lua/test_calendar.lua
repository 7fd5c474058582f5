--- The calendar from Lua: dates are text, tables where there are many.

local campaign = require "campaign"
local check = require "check"

local equal = check.equal
local china = assert(campaign.calendar())
local tests = {}

function tests.four_kinds_of_day()
  local day = china:day("2026-02-17")
  equal({ day.kind, day.name, day.is_working, day.weekday, day.date }, { "statutory", "春节", false, 2, "2026-02-17" })
  equal({ day.run_start, day.run_end }, { "2026-02-15", "2026-02-24" })
  equal(china:day("2026-02-20").kind, "swapped")
  equal(china:day("2026-02-14").is_makeup, true)
  equal(china:day("2026-03-07").kind, "weekend")
  equal(china:day("2035-10-01").is_provisional, true)
end

function tests.working_days()
  equal(china:add_working_days("2026-02-13", 2), "2026-02-24")
  equal(china:add_working_days("2026-11-11", -20), "2026-10-14")
  equal(china:count_working_days("2026-01-01", "2027-01-01"), 248)
  equal(china:roll("2026-10-01"), "2026-10-08")
  equal(china:roll("2026-10-01", "backward"), "2026-09-30")
  check.raises("forward", china.roll, china, "2026-10-01", "back")
end

function tests.nodes_of_a_year()
  local dates = {}
  for row in china:nodes(2027):rows() do dates[row.id] = row.date end
  equal({ dates.cny, dates.mid_autumn, dates.memorial_day }, { "2027-02-06", "2027-09-15", nil })
  for row in china:nodes(2027, { tier = "big" }):rows() do equal(row.tier, "big") end
  equal(china:nodes("2027-02-06", "2027-02-07"):column("id"), { "cny" })
end

function tests.own_nodes_and_overlays()
  local own = assert(campaign.calendar {
    nodes = { [[{"schema": "campaign/nodes/1", "nodes":
      [{"id": "anniversary", "name": "店庆", "rule": "fixed 06-01", "tier": "big"}]}]] },
    overlays = { [[{"year": 2027, "days": [{"name": "春节", "date": "2027-02-20", "isOffDay": false}]}]] },
  })
  equal(own:nodes("2027-06-01", "2027-06-02", { tier = "big" }):get("id", 1), "anniversary")
  equal(own:day("2027-02-20").is_makeup, true)
  assert(own:node_catalogue():find("anniversary", 1, true))
  equal(own:region(), "CN")
end

function tests.errors_name_the_place()
  local err = check.refused("CAMPAIGN_E_VALUE", campaign.calendar {
    overlays = { [[{"year": 2027, "days": [{"name": "x", "date": "2027-02-30", "isOffDay": true}]}]] },
  })
  assert(tostring(err):find("line 1 column", 1, true))
  assert(err:meaning "zh" ~= err:meaning "en")
  check.refused("CAMPAIGN_E_VALUE", china:day("2027-02-29"))
  check.refused("CAMPAIGN_E_SYNTAX", china:days("2027-02-01", "tomorrow"))
  check.raises("no field \"overlay\"", campaign.calendar, { overlay = {} })
  check.raises("expected text", campaign.calendar, { overlays = { 5 } })
end

function tests.lunar_dates_and_terms()
  local lunar = china:lunar("2025-07-25")
  equal({ lunar.month, lunar.day, lunar.is_leap, lunar.text }, { 6, 1, true, "闰六月初一" })
  equal(china:from_lunar { year = 2033, month = 11, day = 1, is_leap = true }, "2033-12-22")
  equal({ china:solar_term(2027, 7), china:solar_term(2027, "清明"), china:solar_term(2027, "qingming") },
    { "2027-04-05", "2027-04-05", "2027-04-05" })
  check.raises("no solar term", china.solar_term, china, 2027, "nothing")
  check.refused("CAMPAIGN_E_VALUE", china:solar_term(2027, 25))
end

function tests.periods()
  equal(china:period("2026-12-31", "iso_week").label, "2026-W53")
  local year = china:period("2027-02-01", "fiscal_year")
  equal({ year.first, year.last, year.kind }, { "2027-01-31", "2028-01-30", "fiscal_year" })
  equal(china:period("2027-01-08", "plan_week", "2027-01-01").label, "W2")
  equal(china:periods("2026-01-01", "2027-01-01", "month"):column("n_working_days"),
    { 21, 16, 22, 21, 19, 21, 23, 21, 22, 18, 21, 23 })
  check.raises("none of", china.period, china, "2026-12-31", "weeks")
end

function tests.days_are_a_table()
  equal(china:days("2027-02-05", "2027-02-08"):column("lunar"), { "腊月廿九", "正月初一", "正月初二" })
end

return tests

--- Exact money from Lua: reading, printing, splitting.

local campaign = require "campaign"
local check = require "check"

local equal = check.equal
local tests = {}

function tests.split_adds_up()
  equal({ campaign.split(1000, { 1, 1, 1 }) }, { { 334, 333, 333 }, 0 })
  equal(campaign.split(999999, { 35, 25, 20, 15, 5 }), { 349999, 250000, 200000, 150000, 50000 })
  equal({ campaign.split(0, {}) }, { {}, 0 })
end

function tests.caps_leave_a_remainder()
  equal({ campaign.split(1000, { 5, 3 }, { maximum = { 400, 400 } }) }, { { 400, 400 }, 200 })
  equal(campaign.split(100, { 1, 1 }, { minimum = { 60, 0 } }), { 60, 40 })
  equal(campaign.split(100, { 1, 1, 1 }, { locked = { 10, campaign.null, campaign.null } }), { 10, 45, 45 })
  equal(campaign.split(100, { 1, 1 }, { maximum = { 10, campaign.null } }), { 10, 90 })
end

function tests.conflicts_are_named()
  local err = check.refused("CAMPAIGN_E_INFEASIBLE", campaign.split(100, { 1, 1 }, { minimum = { 80, 80 } }))
  assert(err.message ~= "" and err.row)
  check.raises("differ in length", campaign.split, 100, { 1, 1 }, { minimum = { 1 } })
  check.raises("weights[2]: whole number expected", campaign.split, 100, { 1, 1.5 })
  equal(check.refused("CAMPAIGN_E_VALUE", campaign.split(100, { 1, -1 })).row, 2)
end

function tests.money_text()
  equal(campaign.parse_money("19.90"), 1990)
  equal({ campaign.format_money(1990), campaign.format_money(-5) }, { "19.90", "-0.05" })
  equal(campaign.format_money(7, 0), "7")
  equal(campaign.parse_money("2.5", 0, "half_even"), 2)
  equal({ campaign.currency_exponent("JPY"), campaign.currency_exponent("KWD") }, { 0, 3 })
  check.refused("CAMPAIGN_E_VALUE", campaign.parse_money("2.5", 0))
  check.refused("CAMPAIGN_E_UNKNOWN", campaign.currency_exponent("QQQ"))
  check.raises("no rounding", campaign.parse_money, "1", 2, "halfway")
end

function tests.whole_64_bits_are_exact()
  check.refused("CAMPAIGN_E_OVERFLOW", campaign.parse_money("92233720368547758.08"))
  local most = campaign.parse_money("92233720368547758.07")
  if check.has_integers then equal(most, math.maxinteger) else equal(most, "9223372036854775807") end
  equal(campaign.format_money(most), "92233720368547758.07")
  equal(campaign.format_money("-9223372036854775808"), "-92233720368547758.08")
  local parts = campaign.split("9007199254740993", { 1, 0 })
  equal(tostring(parts[1]), "9007199254740993")
  for _, wrong in ipairs { "9223372036854775808", " 1", "1.0", "0x10", "", 1.5, 2 ^ 60, {}, true } do
    check.raises("whole number expected", campaign.format_money, wrong)
  end
end

return tests

--- What tests say: equal, raises, refused, skip.

local check = {}

local Skip = {}

--- Ends the test with a word.
function check.skip(why)
  error(setmetatable({ why = why }, Skip), 0)
end

function check.is_skip(raised)
  return getmetatable(raised) == Skip
end

local function show(value)
  if type(value) ~= "table" or getmetatable(value) then return type(value) .. " " .. tostring(value) end
  local parts, seen = {}, {}
  for i, item in ipairs(value) do parts[i], seen[i] = show(item), true end
  local names = {}
  for name in pairs(value) do if not seen[name] then names[#names + 1] = tostring(name) end end
  table.sort(names)
  for _, name in ipairs(names) do parts[#parts + 1] = name .. " = " .. show(value[name]) end
  return "{" .. table.concat(parts, ", ") .. "}"
end

local function same(a, b)
  if type(a) ~= "table" or type(b) ~= "table" or getmetatable(a) or getmetatable(b) then return a == b end
  for name, value in pairs(a) do if not same(value, b[name]) then return false end end
  for name in pairs(b) do if a[name] == nil then return false end end
  return true
end

--- Both are the same value, tables by what they hold.
function check.equal(found, expected)
  if not same(found, expected) then
    error(("expected %s, found %s"):format(show(expected), show(found)), 2)
  end
end

--- The call raises, with these words in what it raises.
function check.raises(words, call, ...)
  local ok, problem = pcall(call, ...)
  if ok then error("nothing was raised", 2) end
  if not tostring(problem):find(words, 1, true) then
    error(("expected \"%s\" in what was raised, found \"%s\""):format(words, tostring(problem)), 2)
  end
end

--- The results are nil and an error of that code; gives the error.
function check.refused(code, result, err)
  if result ~= nil then error("nothing was refused", 2) end
  if type(err) ~= "table" or err.code ~= code then
    error(("expected %s, found %s"):format(code, tostring(err and err.code or err)), 2)
  end
  return err
end

--- A file of outside truth, or the test ends with a word.
function check.shared(name)
  local folder = os.getenv "CAMPAIGN_SHARED"
  local path = (folder or "../../../shared") .. "/" .. name
  local file = io.open(path)
  if not file then check.skip(path .. " is not here (outside truth, not part of a checkout)") end
  file:close()
  return path
end

--- Whether Lua numbers hold every 64-bit integer.
check.has_integers = math.type ~= nil

return check

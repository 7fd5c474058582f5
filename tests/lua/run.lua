--- Runs test files and writes a JUnit file: lua run.lua RESULTS.xml test_*.lua
-- A test file returns a table of functions; each runs by itself, in the order of names. A test that raises fails; one
-- that calls check.skip is skipped with a word.

local check = require "check"

local results, total, failed, skipped = {}, 0, 0, 0

local function escape(text)
  return (tostring(text):gsub("[<>&\"]", { ["<"] = "&lt;", [">"] = "&gt;", ["&"] = "&amp;", ["\""] = "&quot;" }))
end

local function run(file, name, test)
  local ok, problem = xpcall(test, function(raised)
    if check.is_skip(raised) then return raised end
    return debug.traceback(tostring(raised), 2)
  end)
  total = total + 1
  local inside = ""
  if not ok and check.is_skip(problem) then
    skipped = skipped + 1
    inside = ("<skipped message=\"%s\"/>"):format(escape(problem.why))
    print(("skipped: %s.%s: %s"):format(file, name, problem.why))
  elseif not ok then
    failed = failed + 1
    inside = ("<failure>%s</failure>"):format(escape(problem))
    print(("failed: %s.%s: %s"):format(file, name, problem))
  end
  results[#results + 1] = ("<testcase classname=\"%s\" name=\"%s\">%s</testcase>"):format(file, escape(name), inside)
end

local function run_file(path)
  local tests, names = assert(loadfile(path))(), {}
  for name in pairs(tests) do names[#names + 1] = name end
  table.sort(names)
  for _, name in ipairs(names) do run(path:gsub("%.lua$", ""), name, tests[name]) end
end

for i = 2, #arg do run_file(arg[i]) end
local out = assert(io.open(arg[1], "w"))
out:write("<testsuite name=\"lua\">\n", table.concat(results, "\n"), "\n</testsuite>\n")
out:close()
print(("%d tests, %d failed, %d skipped"):format(total, failed, skipped))
os.exit(failed == 0 and 0 or 1)

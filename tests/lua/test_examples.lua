--- The Lua examples of the documentation print what the pages show; so do those in C, run by their own suite.

local check = require "check"

local tests = {}

local root = arg[0]:gsub("tests/lua/run%.lua$", ""):gsub("^run%.lua$", "../../")

local function quoted(text)
  return "'" .. text:gsub("'", "'\\''") .. "'"
end

function tests.pages_do_what_they_show()
  local interpreter = os.getenv "LUA_PROGRAM" or "lua5.4"
  local command = table.concat({ "python3", quoted(root .. "tests/docs/run_examples.py"), "--build",
    quoted(root .. "build/bindings"), "--language lua --lua", interpreter, "--lua-path", quoted(package.path),
    "--lua-cpath", quoted(package.cpath), "2>&1" }, " ")
  local pipe = assert(io.popen(command .. "; echo done $?"))
  local said = pipe:read "*a"
  pipe:close()
  if not said:find("done 0", 1, true) then error(said, 0) end
  check.equal(said:match ", (%d+) failed", "0")
end

return tests

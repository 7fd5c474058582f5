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

function tests.the_page_of_lua_names_every_function()
  local campaign = require "campaign"
  local file = assert(io.open(root .. "docs/lua.md"))
  local page = file:read "*a"
  file:close()
  for prefix, list in pairs { [""] = campaign, ["allocate."] = campaign.allocate, ["schedule."] = campaign.schedule } do
    for name, value in pairs(list) do
      if type(value) == "function" and not page:find("`" .. prefix .. name .. "[(` ]")
        and not page:find("[ ,`]" .. prefix .. name .. "[(`]") then
        error("docs/lua.md does not name " .. prefix .. name, 0)
      end
    end
  end
end

return tests

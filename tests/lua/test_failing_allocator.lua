--- A Lua error may jump out of any call when memory is short; what the library had made by then is freed all the same.

local check = require "check"

local tests = {}

local folder = arg[0]:gsub("run%.lua$", "")

local function run(command)
  local pipe = assert(io.popen("exec 2>&1; " .. command .. " && echo went well"))
  local said = pipe:read "*a"
  pipe:close()
  return said:find("went well", 1, true) ~= nil, said
end

function tests.nothing_is_lost()
  if _VERSION ~= "Lua 5.4" then check.skip "the program is linked to Lua 5.4" end
  if not run "command -v gcc pkg-config" or not run "pkg-config --exists lua5.4" then
    check.skip "gcc, pkg-config or the headers of Lua 5.4 are not installed"
  end
  local program = os.tmpname()
  local flags = "-std=gnu11 -Wall -Wextra -Werror $(pkg-config --cflags lua5.4)"
  local ok, said = run(("gcc %s -o '%s' '%sfailing_allocator.c' $(pkg-config --libs lua5.4)")
    :format(flags, program, folder))
  if ok then
    local environment = "LUA_PATH='%s' LUA_CPATH='%s' GLIBC_TUNABLES=glibc.malloc.tcache_count=0"
    ok, said = run((environment .. " '%s' '%sfailing_script.lua'"):format(package.path, package.cpath, program, folder))
  end
  os.remove(program)
  if not ok then error(said, 0) end
end

return tests

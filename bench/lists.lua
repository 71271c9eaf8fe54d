-- wrk -t1 -c50 -d10s --latency -s bench/lists.lua http://127.0.0.1:8787, over an archive called big served with --rate 0 --log off.
-- NEW=1 in the environment asks for lists that nobody asked for before.
local NEW = os.getenv("NEW")
local kinds = {"statements","events","commitments","contacts","figures","contradictions","articles"}
local acts = {"deny","say","pledge","accuse","announce","agree","warn","demand"}
local n = 0
math.randomseed(os.time())
function request()
  n = n + 1
  local k = kinds[math.random(#kinds)]
  local q = "?limit=50"
  if k == "statements" then q = q .. "&label=" .. acts[math.random(#acts)] end
  if NEW then q = q .. "&to=20" .. string.format("%02d-%02d-%02d", math.random(10,24), math.random(12), math.random(28)) end
  return wrk.format("GET", "/api/v1/archives/big/" .. k .. q)
end

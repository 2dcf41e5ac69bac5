-- wrk's script: every request with the token of another company, out of the file that TOKENS names;
-- the request's body is the file that BODY names. With CHECK set every answer is looked into, which
-- costs wrk time and so is done in the warm-up only; a status above 399 always counts as failed.
local requests = {}

function init(_)
  local body = assert(io.open(os.getenv("BODY"))):read("*a")
  math.randomseed(os.time())
  for token in io.lines(os.getenv("TOKENS")) do
    local headers = {
      ["Content-Type"] = "application/json",
      ["Authorization"] = "Bearer " .. token,
    }
    requests[#requests + 1] = wrk.format("POST", "/graphql", headers, body)
  end
end

function request()
  return requests[math.random(#requests)]
end

local threads = {}

function setup(thread)
  threads[#threads + 1] = thread
  thread:set("wrong", 0)
end

if os.getenv("CHECK") then
  function response(_, _, body)
    if body:find('"errors"', 1, true) or not body:find('"data"', 1, true) then
      wrong = wrong + 1
    end
  end
end

function done(summary, latency, _)
  local wrong = 0
  for _, thread in ipairs(threads) do
    wrong = wrong + thread:get("wrong")
  end
  local failed = summary.errors.connect + summary.errors.read + summary.errors.write
    + summary.errors.timeout + summary.errors.status
  io.write(string.format(
    "result requests=%d microseconds=%d wrong=%d failed=%d p50=%d p99=%d\n",
    summary.requests, summary.duration, wrong, failed,
    latency:percentile(50), latency:percentile(99)))
end

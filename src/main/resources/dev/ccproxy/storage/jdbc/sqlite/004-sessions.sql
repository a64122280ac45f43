-- Where an exchange stands in its session: number of the turn, attempt at the same request (null: the first) and why it was sent
-- again, index of the first message that is not that of the request before; why its cost was in vain; a fingerprint of the
-- tool calls of its answer. Null where there is nothing to say.
ALTER TABLE exchange ADD COLUMN turn INTEGER;
ALTER TABLE exchange ADD COLUMN attempt INTEGER;
ALTER TABLE exchange ADD COLUMN attempt_reason TEXT;
ALTER TABLE exchange ADD COLUMN diverged_at INTEGER;
ALTER TABLE exchange ADD COLUMN waste TEXT;
ALTER TABLE exchange ADD COLUMN calls_print INTEGER;

-- wasted_nano: all of what wasted exchanges cost, and of the others what cache breaks cost.
ALTER TABLE thread ADD COLUMN wasted_nano INTEGER NOT NULL DEFAULT 0;
ALTER TABLE rollup ADD COLUMN wasted_nano INTEGER NOT NULL DEFAULT 0;
UPDATE thread SET wasted_nano = lost_nano;
UPDATE rollup SET wasted_nano = lost_nano;

-- titled: the client gave the title; else it is the first prompt.
ALTER TABLE session ADD COLUMN titled INTEGER NOT NULL DEFAULT 0;

-- name_source: exact, prompt, hint. call_id: the tool call that started the agent.
ALTER TABLE thread ADD COLUMN name_source TEXT;
ALTER TABLE thread ADD COLUMN call_id TEXT;

-- User prompts of a session, in their order.
CREATE TABLE turn(
  session_id INTEGER NOT NULL,
  number INTEGER NOT NULL,               -- from 1
  prompt_id TEXT,                        -- the client's own
  prompt TEXT,                           -- at most 400 characters
  at INTEGER NOT NULL,                   -- start of its first exchange
  PRIMARY KEY(session_id, number)
) WITHOUT ROWID;

-- Tool calls that start subagents.
CREATE TABLE agent_call(
  session_id INTEGER NOT NULL,
  id TEXT NOT NULL,                      -- such as toolu_01KK
  caller TEXT NOT NULL,                  -- agent id; '' for the main agent
  agent TEXT NOT NULL,                   -- type of the subagent
  description TEXT NOT NULL,
  prompt INTEGER NOT NULL,               -- fingerprint
  turn INTEGER NOT NULL,                 -- 0 where none is known
  at INTEGER NOT NULL,
  agent_id TEXT,                         -- null until a result tells
  PRIMARY KEY(session_id, id)
) WITHOUT ROWID;

-- Versions of system prompts and tool lists, by fingerprint and by who sent them; texts are read from the exchanges.
CREATE TABLE prompt_version(
  part TEXT NOT NULL,                    -- system, tools
  print INTEGER NOT NULL,
  agent TEXT NOT NULL,                   -- kind, or name of the subagent
  first_at INTEGER NOT NULL,
  last_at INTEGER NOT NULL,
  first_id BLOB NOT NULL,                -- public ids of exchanges
  last_id BLOB NOT NULL,
  PRIMARY KEY(part, print, agent)
) WITHOUT ROWID;

-- How often tools were called, and how long the first content took, by the hour. bucket n: 2^(n/4) milliseconds and more.
CREATE TABLE rollup_tool(
  hour INTEGER NOT NULL,
  tool TEXT NOT NULL,
  calls INTEGER NOT NULL,
  PRIMARY KEY(hour, tool)
) WITHOUT ROWID;
CREATE TABLE rollup_first_content(
  hour INTEGER NOT NULL,
  model TEXT NOT NULL,
  bucket INTEGER NOT NULL,
  exchanges INTEGER NOT NULL,
  PRIMARY KEY(hour, model, bucket)
) WITHOUT ROWID;

-- The whole store. Times are epoch milliseconds unless the name says otherwise; words (outcome, kind, body state) are those
-- of the API. Integer keys stay inside the store: the world knows an exchange by its public id, a session by its name.
-- Rows of legs and packs have a rowid (no WITHOUT ROWID): their blobs would overflow index pages and cost half as much again.

-- Facts about the database as a whole: `boot` (how often it was opened for writing), `redaction_key`.
CREATE TABLE meta(
  name TEXT PRIMARY KEY,
  value BLOB NOT NULL
) WITHOUT ROWID;

-- Settings made on the dashboard; a value is JSON.
CREATE TABLE setting(
  name TEXT PRIMARY KEY,
  value TEXT NOT NULL,
  changed_at INTEGER NOT NULL
) WITHOUT ROWID;

-- Zstandard dictionaries. Each frame names the id of the one it needs, so a row is never changed and never deleted.
CREATE TABLE dictionary(
  id INTEGER PRIMARY KEY,                -- the id inside the dictionary and inside each frame
  purpose TEXT NOT NULL,                 -- segments, answers, headers
  data BLOB NOT NULL
);

-- Who sent an exchange, as far as that repeats: one row for each different (address, agent, token).
CREATE TABLE client(
  id INTEGER PRIMARY KEY,
  tenant INTEGER NOT NULL DEFAULT 1,
  address TEXT NOT NULL,                 -- without port
  agent TEXT NOT NULL,                   -- the User-Agent header, '' where there is none
  token_name TEXT NOT NULL DEFAULT '',   -- of the proxy's own token; '' where none was asked for
  UNIQUE(tenant, address, agent, token_name)
);

-- One Claude Code run. Exchanges that name no session share one for each UTC day (named = 0, name such as '2026-11-24'), so
-- that retention by session works for them too; readers show those without a session.
CREATE TABLE session(
  id INTEGER PRIMARY KEY,
  tenant INTEGER NOT NULL DEFAULT 1,
  named INTEGER NOT NULL,                -- 1: name is what the client sent as its session id
  name TEXT NOT NULL,
  project TEXT,                          -- filled by what derives it
  title TEXT,                            -- filled by what derives it
  starred INTEGER NOT NULL DEFAULT 0,    -- kept by retention
  first_at INTEGER NOT NULL,
  last_at INTEGER NOT NULL,              -- start of its latest exchange
  UNIQUE(tenant, named, name)
);
CREATE INDEX session_last ON session(last_at);

-- The exchanges of one agent of a session; agent_id is '' for the main agent. Totals are kept with each commit and cover
-- ended exchanges, but for `exchanges`, which counts running ones too. Session totals are the sum over its threads.
CREATE TABLE thread(
  id INTEGER PRIMARY KEY,
  session_id INTEGER NOT NULL,
  agent_id TEXT NOT NULL,
  parent_agent_id TEXT,
  agent_name TEXT,                       -- filled by what derives it
  first_at INTEGER NOT NULL,
  last_at INTEGER NOT NULL,
  exchanges INTEGER NOT NULL DEFAULT 0,
  input_tokens INTEGER NOT NULL DEFAULT 0,
  output_tokens INTEGER NOT NULL DEFAULT 0,
  cache_read_tokens INTEGER NOT NULL DEFAULT 0,
  cache_write_tokens INTEGER NOT NULL DEFAULT 0,
  cost_nano INTEGER NOT NULL DEFAULT 0,  -- USD * 10^9
  UNIQUE(session_id, agent_id)
);

-- One row for each exchange: what lists show and filters look at, and a few words more. Nothing wide, ever.
CREATE TABLE exchange(
  id INTEGER PRIMARY KEY,
  public_id BLOB NOT NULL,               -- UUIDv7, 16 bytes
  tenant INTEGER NOT NULL DEFAULT 1,
  thread_id INTEGER NOT NULL,
  started_at INTEGER NOT NULL,
  outcome TEXT NOT NULL,
  kind TEXT NOT NULL,
  status INTEGER,
  requested_model TEXT,                  -- what the client asked for
  model TEXT,                            -- the model that answered (served)
  provider TEXT,                         -- filled by routing: which upstream, which rule chose it, what was asked of it
  rule TEXT,
  routed_model TEXT,
  stop_reason TEXT,
  tool TEXT,
  tool_count INTEGER NOT NULL DEFAULT 0,
  input_tokens INTEGER,
  output_tokens INTEGER,
  cache_read_tokens INTEGER,
  cache_write_5m_tokens INTEGER,
  cache_write_1h_tokens INTEGER,
  cost_nano INTEGER,                     -- USD * 10^9; null until priced
  cost_certainty TEXT,                   -- exact, estimated, unpriced; null until priced
  head_micros INTEGER,
  content_micros INTEGER,
  duration_micros INTEGER,
  request_bytes INTEGER NOT NULL,
  response_bytes INTEGER NOT NULL,
  starred INTEGER NOT NULL DEFAULT 0,
  boot INTEGER NOT NULL,                 -- which run of the program wrote it
  client_id INTEGER NOT NULL,
  method TEXT NOT NULL,
  path TEXT NOT NULL,                    -- without query
  query TEXT,                            -- redacted; null where the target has no '?'
  attempt_group TEXT,                    -- 16 hex digits shared by exchanges of one session, agent and body
  request_id TEXT,                       -- the upstream's `request-id`
  message_id TEXT,
  error TEXT,                            -- at most 200 characters
  preview TEXT,                          -- at most 160 characters
  detail TEXT                            -- one sentence on how it ended; null where there is nothing to add
);
CREATE UNIQUE INDEX exchange_public ON exchange(public_id);
CREATE INDEX exchange_at ON exchange(started_at, public_id);
CREATE INDEX exchange_thread ON exchange(thread_id, id);
CREATE INDEX exchange_request ON exchange(request_id) WHERE request_id IS NOT NULL;
CREATE INDEX exchange_message ON exchange(message_id) WHERE message_id IS NOT NULL;
CREATE INDEX exchange_running ON exchange(id) WHERE outcome = 'running';
CREATE INDEX exchange_failed ON exchange(started_at, public_id) WHERE outcome NOT IN ('running', 'completed');
CREATE INDEX exchange_starred ON exchange(started_at, public_id) WHERE starred = 1;

CREATE TABLE tag(
  exchange_id INTEGER NOT NULL,
  tag TEXT NOT NULL,
  PRIMARY KEY(exchange_id, tag)
) WITHOUT ROWID;
CREATE INDEX tag_tag ON tag(tag, exchange_id);

-- Legs. id = exchange_id * 8 + leg; leg 1 client request, 2 upstream request, 3 upstream response, 4 client response. Legs 2
-- and 3 exist only where they differ from 1 and 4 (a translated exchange).
-- wire_length, sha256, encoding: of the bytes on the wire. state: exact, decoded, raw, dropped; null while the body is still
-- coming. stored_length, stored_sha256: of what reading back gives; the hash is null where it is the wire's.

-- A request's body is a list of segments: manifest, coded against the list of the keyframe where there is one. Both null
-- where nothing is held.
CREATE TABLE request_leg(
  id INTEGER PRIMARY KEY,
  headers BLOB,                          -- zstd of the header lines, redacted
  wire_length INTEGER,
  sha256 BLOB,
  encoding TEXT,
  state TEXT,
  stored_length INTEGER,
  stored_sha256 BLOB,
  keyframe_id INTEGER,
  manifest BLOB
);

-- An answer is held whole.
CREATE TABLE response_leg(
  id INTEGER PRIMARY KEY,
  headers BLOB,
  wire_length INTEGER,
  sha256 BLOB,
  encoding TEXT,
  state TEXT,
  stored_length INTEGER,
  stored_sha256 BLOB,
  arrivals BLOB,                         -- when each piece came: varint differences
  data BLOB                              -- zstd; null where nothing is held
);

-- Lists of segments that bodies of a thread are coded against. One that no body names may be deleted.
CREATE TABLE keyframe(
  id INTEGER PRIMARY KEY,
  thread_id INTEGER NOT NULL,
  manifest BLOB NOT NULL                 -- coded by itself
);
CREATE INDEX keyframe_thread ON keyframe(thread_id, id);

-- Segments that one body brought, together: zstd of (count, lengths, bytes). A segment's id is pack id << 16 | place. A
-- scrubbed segment has length 0. A body of many new bytes has several packs.
CREATE TABLE pack(
  id INTEGER PRIMARY KEY,
  exchange_id INTEGER NOT NULL,          -- that brought it; may be deleted already
  length INTEGER NOT NULL,               -- of the segments' bytes
  data BLOB NOT NULL
);

-- Which segments exist, by the first 16 bytes of their SHA-256. To delete those of a pack, hash what it holds.
CREATE TABLE segment(
  hash BLOB PRIMARY KEY,
  id INTEGER NOT NULL
) WITHOUT ROWID;

-- Which threads have a body with a segment of the pack, its bringer's own included: a pack without a row here is garbage.
CREATE TABLE thread_pack(
  thread_id INTEGER NOT NULL,
  pack_id INTEGER NOT NULL,
  PRIMARY KEY(thread_id, pack_id)
) WITHOUT ROWID;
CREATE INDEX thread_pack_pack ON thread_pack(pack_id);

-- Packs that may have become garbage, or hold segments that no body has any more.
CREATE TABLE gc_queue(
  pack_id INTEGER PRIMARY KEY
);

-- Ended exchanges by the hour of their start (epoch hours): what charts read, and what stays when bodies go.
CREATE TABLE rollup(
  hour INTEGER NOT NULL,
  model TEXT NOT NULL,                   -- the served one, else the requested; '' where neither is known
  kind TEXT NOT NULL,
  thread_id INTEGER NOT NULL,
  client_id INTEGER NOT NULL,
  exchanges INTEGER NOT NULL,
  failed INTEGER NOT NULL,               -- outcome other than completed
  input_tokens INTEGER NOT NULL,
  output_tokens INTEGER NOT NULL,
  cache_read_tokens INTEGER NOT NULL,
  cache_write_5m_tokens INTEGER NOT NULL,
  cache_write_1h_tokens INTEGER NOT NULL,
  cost_exact_nano INTEGER NOT NULL DEFAULT 0,
  cost_estimated_nano INTEGER NOT NULL DEFAULT 0,
  unpriced INTEGER NOT NULL DEFAULT 0,   -- exchanges with tokens and no price
  PRIMARY KEY(hour, model, kind, thread_id, client_id)
) WITHOUT ROWID;

-- How many exchanges asked for each model ('' where none is known), kept so that nothing has to count.
CREATE TABLE model_count(
  model TEXT PRIMARY KEY,
  exchanges INTEGER NOT NULL
) WITHOUT ROWID;

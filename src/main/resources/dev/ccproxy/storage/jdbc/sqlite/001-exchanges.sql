-- Exchanges: one narrow row each, so that lists stay quick; everything wide lives in `leg` and `content`.

CREATE TABLE meta(
  name TEXT PRIMARY KEY,
  value BLOB NOT NULL
) WITHOUT ROWID;

CREATE TABLE exchange(
  id INTEGER PRIMARY KEY,
  public_id BLOB NOT NULL UNIQUE,        -- UUIDv7, 16 bytes
  tenant INTEGER NOT NULL DEFAULT 1,
  boot INTEGER NOT NULL,                 -- which run of the program wrote it
  started_at INTEGER NOT NULL,           -- epoch milliseconds
  outcome TEXT NOT NULL,
  kind TEXT NOT NULL,
  method TEXT NOT NULL,
  path TEXT NOT NULL,
  status INTEGER,
  error TEXT,
  stop_reason TEXT,
  model TEXT,
  requested_model TEXT,
  session_id TEXT,
  agent_id TEXT,
  parent_agent_id TEXT,
  tool TEXT,
  tool_count INTEGER NOT NULL DEFAULT 0,
  preview TEXT,
  input_tokens INTEGER,
  output_tokens INTEGER,
  cache_read_tokens INTEGER,
  cache_write_5m_tokens INTEGER,
  cache_write_1h_tokens INTEGER,
  head_micros INTEGER,
  content_micros INTEGER,
  duration_micros INTEGER,
  request_bytes INTEGER NOT NULL,
  response_bytes INTEGER NOT NULL
);
CREATE INDEX exchange_at ON exchange(started_at, public_id);
CREATE INDEX exchange_running ON exchange(id) WHERE outcome = 'running';

-- What a detail page shows beside the bodies.
CREATE TABLE detail(
  exchange_id INTEGER PRIMARY KEY,
  target TEXT NOT NULL,
  client_address TEXT NOT NULL,
  attempt_group TEXT,
  request_id TEXT,
  message_id TEXT,
  detail TEXT NOT NULL DEFAULT ''
);

-- leg: 1 client request, 2 upstream request, 3 upstream response, 4 client response.
CREATE TABLE leg(
  exchange_id INTEGER NOT NULL,
  leg INTEGER NOT NULL,
  headers BLOB,                          -- zstd of the header lines
  wire_length INTEGER,
  sha256 BLOB,                           -- of the wire bytes
  encoding TEXT,
  state TEXT,
  stored_length INTEGER,
  content_id INTEGER,                    -- null where nothing is held
  arrivals BLOB,
  PRIMARY KEY(exchange_id, leg)
) WITHOUT ROWID;

-- Distinct bodies, each once.
CREATE TABLE content(
  id INTEGER PRIMARY KEY,
  sha256 BLOB NOT NULL UNIQUE,
  length INTEGER NOT NULL,
  data BLOB NOT NULL                     -- zstd
);

-- How many exchanges asked for each model ('' where none is known), kept so that nothing has to count.
CREATE TABLE model_count(
  model TEXT PRIMARY KEY,
  exchanges INTEGER NOT NULL
) WITHOUT ROWID;

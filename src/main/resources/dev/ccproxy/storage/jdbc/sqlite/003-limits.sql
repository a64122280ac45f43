-- What answers said about rate limits: the last reading of each five minutes. No limit of a plan is one of a model.
CREATE TABLE rate_limit(
  account TEXT NOT NULL,                 -- the organization's id; '' where none was named
  name TEXT NOT NULL,                    -- such as unified-5h or input-tokens
  model TEXT NOT NULL,                   -- asked for; '' for limits of a plan
  slot INTEGER NOT NULL,                 -- at / 300000
  at INTEGER NOT NULL,
  status TEXT,
  most INTEGER,
  remaining INTEGER,
  utilization REAL,                      -- 0 to 1
  resets_at INTEGER,
  detail TEXT,
  PRIMARY KEY(account, name, model, slot)
) WITHOUT ROWID;

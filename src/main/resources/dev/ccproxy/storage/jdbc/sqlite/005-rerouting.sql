-- Exchanges that went elsewhere than the client sent them; provider, rule and routed_model are columns of exchange, what was
-- sent and came back are legs 2 and 3.
CREATE TABLE rerouting(
  exchange_id INTEGER PRIMARY KEY,
  agent TEXT,                            -- name of the agent that asked; null where nobody needed to know
  status INTEGER,                        -- of the provider's answer; null where there was none
  losses TEXT NOT NULL                   -- what a translation could not carry over: names with blanks between
);

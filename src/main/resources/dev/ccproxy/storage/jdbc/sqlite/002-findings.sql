-- How the prompt cache served an exchange: hit, first, break, none; why it broke; how many tokens could have been read and were
-- not; what these cost more than reading them; what those that were read saved. Null where there is nothing to say.
ALTER TABLE exchange ADD COLUMN cache_result TEXT;
ALTER TABLE exchange ADD COLUMN cache_cause TEXT;
ALTER TABLE exchange ADD COLUMN lost_tokens INTEGER;
ALTER TABLE exchange ADD COLUMN lost_nano INTEGER;
ALTER TABLE exchange ADD COLUMN saved_nano INTEGER;

-- cost_nano of a thread is the sum of both certainties; unpriced counts exchanges that used tokens of no known price.
ALTER TABLE thread ADD COLUMN cost_estimated_nano INTEGER NOT NULL DEFAULT 0;
ALTER TABLE thread ADD COLUMN unpriced INTEGER NOT NULL DEFAULT 0;
ALTER TABLE thread ADD COLUMN failed INTEGER NOT NULL DEFAULT 0;
ALTER TABLE thread ADD COLUMN breaks INTEGER NOT NULL DEFAULT 0;
ALTER TABLE thread ADD COLUMN lost_nano INTEGER NOT NULL DEFAULT 0;
ALTER TABLE thread ADD COLUMN saved_nano INTEGER NOT NULL DEFAULT 0;

UPDATE thread SET failed =
  (SELECT count(*) FROM exchange e WHERE e.thread_id = thread.id AND e.outcome NOT IN ('running', 'completed'));

ALTER TABLE rollup ADD COLUMN breaks INTEGER NOT NULL DEFAULT 0;
ALTER TABLE rollup ADD COLUMN lost_nano INTEGER NOT NULL DEFAULT 0;
ALTER TABLE rollup ADD COLUMN saved_nano INTEGER NOT NULL DEFAULT 0;

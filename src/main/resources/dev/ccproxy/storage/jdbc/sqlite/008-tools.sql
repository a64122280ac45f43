-- Names of all tools that the answer calls, a line each, so that deletion can take them out of rollup_tool. Null for none.
ALTER TABLE exchange ADD COLUMN tools TEXT;

-- Who was asked first and did not answer: JSON [{"provider","model","status","why"}]; null where nobody was.
ALTER TABLE rerouting ADD COLUMN failed TEXT;

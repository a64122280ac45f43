-- inferred: how the session was found whose client sends no session header: metadata, content. history: a number for the
-- messages of the main agent's latest request, by which a request is known that goes on with them. forked_from: name of the
-- session whose first fork_messages messages it took over.
ALTER TABLE session ADD COLUMN inferred TEXT;
ALTER TABLE session ADD COLUMN history INTEGER;
ALTER TABLE session ADD COLUMN forked_from TEXT;
ALTER TABLE session ADD COLUMN fork_messages INTEGER;
CREATE INDEX session_history ON session(history) WHERE history IS NOT NULL;
CREATE INDEX session_fork ON session(forked_from) WHERE forked_from IS NOT NULL;

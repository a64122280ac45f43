-- The word index (search.index=words): which packs and answers have which words. The program makes it when the setting is
-- switched on and removes it (words-off.sql) when it is switched off. Statements stand apart by an empty line.
-- What is still to be looked at; source 1: packs, 2: answers.
CREATE TABLE word_queue(source INTEGER NOT NULL, id INTEGER NOT NULL, PRIMARY KEY(source, id)) WITHOUT ROWID

CREATE VIRTUAL TABLE pack_words USING fts5(words, content='', contentless_delete=1, detail=none, tokenize="unicode61 tokenchars '_'")

CREATE VIRTUAL TABLE answer_words USING fts5(words, content='', contentless_delete=1, detail=none, tokenize="unicode61 tokenchars '_'")

INSERT INTO word_queue(source, id) SELECT 1, id FROM pack

INSERT INTO word_queue(source, id) SELECT 2, id FROM response_leg WHERE data IS NOT NULL

CREATE TRIGGER pack_words_new AFTER INSERT ON pack BEGIN
  INSERT INTO word_queue(source, id) VALUES (1, new.id) ON CONFLICT DO NOTHING;
END

CREATE TRIGGER pack_words_changed AFTER UPDATE OF data ON pack BEGIN
  DELETE FROM pack_words WHERE rowid = old.id;
  INSERT INTO word_queue(source, id) VALUES (1, new.id) ON CONFLICT DO NOTHING;
END

CREATE TRIGGER pack_words_gone AFTER DELETE ON pack BEGIN
  DELETE FROM pack_words WHERE rowid = old.id;
  DELETE FROM word_queue WHERE source = 1 AND id = old.id;
END

CREATE TRIGGER answer_words_new AFTER INSERT ON response_leg WHEN new.data IS NOT NULL BEGIN
  INSERT INTO word_queue(source, id) VALUES (2, new.id) ON CONFLICT DO NOTHING;
END

CREATE TRIGGER answer_words_dropped AFTER UPDATE OF data ON response_leg WHEN new.data IS NULL BEGIN
  DELETE FROM answer_words WHERE rowid = old.id;
  DELETE FROM word_queue WHERE source = 2 AND id = old.id;
END

CREATE TRIGGER answer_words_gone AFTER DELETE ON response_leg BEGIN
  DELETE FROM answer_words WHERE rowid = old.id;
  DELETE FROM word_queue WHERE source = 2 AND id = old.id;
END

DROP TRIGGER pack_words_new

DROP TRIGGER pack_words_changed

DROP TRIGGER pack_words_gone

DROP TRIGGER answer_words_new

DROP TRIGGER answer_words_dropped

DROP TRIGGER answer_words_gone

DROP TABLE pack_words

DROP TABLE answer_words

DROP TABLE word_queue

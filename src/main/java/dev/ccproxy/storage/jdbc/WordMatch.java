package dev.ccproxy.storage.jdbc;

import dev.ccproxy.search.Words;
import java.util.List;

/** Where the word index says that a query's texts may stand: there, and where it has not looked yet. Immutable. */
record WordMatch(Dialect dialect, List<Words.Sought> words) {

    WordMatch {
        words = List.copyOf(words);
    }

    /** The greatest id below that one. */
    Sql greatestBelow(WordSource source, long below) {
        Sql sql = new Sql("SELECT max(id) FROM (SELECT id FROM (SELECT rowid AS id FROM " + source.index());
        sql.add(
                " WHERE " + dialect.hasWords(source.index()) + " AND rowid < ? ORDER BY rowid DESC LIMIT 1) AS entered",
                dialect.wordsText(words),
                below);
        sql.add(
                " UNION ALL SELECT max(id) FROM word_queue WHERE source = ? AND id < ?) AS found",
                source.code(),
                below);
        return sql;
    }

    /** Adds a condition on a column with ids between two, both included. */
    void addCondition(Sql sql, WordSource source, String column, long from, long to) {
        sql.add(
                " AND " + column + " IN (SELECT rowid FROM " + source.index() + " WHERE "
                        + dialect.hasWords(source.index()) + " AND rowid BETWEEN ? AND ?",
                dialect.wordsText(words),
                from,
                to);
        sql.add(
                " UNION ALL SELECT id FROM word_queue WHERE source = ? AND id BETWEEN ? AND ?)",
                source.code(),
                from,
                to);
    }
}

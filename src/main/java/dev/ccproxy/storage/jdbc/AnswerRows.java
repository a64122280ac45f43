package dev.ccproxy.storage.jdbc;

import org.jspecify.annotations.Nullable;

/**
 * Answers that a condition means.
 *
 * @param words where the word index says to look; null for everywhere
 */
record AnswerRows(QueryCondition condition, @Nullable WordMatch words) implements BlobsBackward.Rows {

    private static final long SLICE_EXCHANGES = 4_000;

    @Override
    public Sql greatestBelow(long below) {
        if (words != null) {
            return words.greatestBelow(WordSource.ANSWERS, below);
        }
        Sql sql = new Sql("SELECT max(id) FROM response_leg");
        sql.add(" WHERE id < ?", below);
        return sql;
    }

    @Override
    public long sliceIds() {
        return Leg.CLIENT_RESPONSE.key(SLICE_EXCHANGES);
    }

    @Override
    public Sql between(long from, long to) {
        Sql sql = new Sql("SELECT l.id, " + Leg.exchangeOf("l.id") + ", l.data FROM response_leg l");
        // Without a condition three further look-ups for each answer would be in vain.
        sql.add(
                condition.isTrue()
                        ? ""
                        : " JOIN exchange e ON l.id = " + Leg.CLIENT_RESPONSE.keyOf("e.id") + " "
                                + SummaryColumns.JOINS);
        sql.add(" WHERE " + Leg.CLIENT_RESPONSE.isKey("l.id"));
        sql.add(" AND l.id BETWEEN ? AND ? AND l.data IS NOT NULL AND l.state <> 'raw'", from, to);
        if (words != null) {
            words.addCondition(sql, WordSource.ANSWERS, "l.id", from, to);
        }
        if (!condition.isTrue()) {
            sql.add(" AND " + condition.sql(), condition.parameters().toArray());
        }
        sql.add(" ORDER BY l.id DESC");
        return sql;
    }
}

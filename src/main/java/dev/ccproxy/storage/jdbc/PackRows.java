package dev.ccproxy.storage.jdbc;

import org.jspecify.annotations.Nullable;

/**
 * What requests brought that a condition means; and what was brought by requests that are gone.
 *
 * @param words where the word index says to look; null for everywhere
 */
record PackRows(QueryCondition condition, @Nullable WordMatch words) implements BlobsBackward.Rows {

    private static final long SLICE_PACKS = 4_000;

    @Override
    public Sql greatestBelow(long below) {
        if (words != null) {
            return words.greatestBelow(WordSource.PACKS, below);
        }
        Sql sql = new Sql("SELECT max(id) FROM pack");
        sql.add(" WHERE id < ?", below);
        return sql;
    }

    @Override
    public long sliceIds() {
        return SLICE_PACKS;
    }

    @Override
    public Sql between(long from, long to) {
        Sql sql = new Sql("SELECT p.id, p.exchange_id, p.data FROM pack p");
        sql.add(condition.isTrue() ? "" : " LEFT JOIN exchange e ON e.id = p.exchange_id " + SummaryColumns.JOINS);
        sql.add(" WHERE p.id BETWEEN ? AND ?", from, to);
        if (words != null) {
            words.addCondition(sql, WordSource.PACKS, "p.id", from, to);
        }
        if (!condition.isTrue()) {
            sql.add(
                    " AND (e.id IS NULL OR " + condition.sql() + ")",
                    condition.parameters().toArray());
        }
        sql.add(" ORDER BY p.id DESC");
        return sql;
    }
}

package dev.ccproxy.storage.jdbc;

import dev.ccproxy.exchange.ExchangeId;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.UUID;

/** Where a page of the list ended: the (startedAt, id) of its last row, opaque on the wire. */
record Cursor(long startedAtMillis, ExchangeId id) {

    /** Before every row. */
    static final Cursor FIRST = new Cursor(Long.MIN_VALUE, new ExchangeId(new UUID(0, 0)));

    String text() {
        ByteBuffer bytes = ByteBuffer.allocate(24).putLong(startedAtMillis);
        putId(bytes, id);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.array());
    }

    /** Throws {@link IllegalArgumentException} for a text that {@link #text} never made. */
    static Cursor parse(String text) {
        ByteBuffer bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(text));
        if (bytes.remaining() != 24) {
            throw new IllegalArgumentException("the cursor is none of ours");
        }
        return new Cursor(bytes.getLong(), readId(bytes));
    }

    static byte[] idBytes(ExchangeId id) {
        ByteBuffer bytes = ByteBuffer.allocate(16);
        putId(bytes, id);
        return bytes.array();
    }

    static ExchangeId idOf(byte[] bytes) {
        return readId(ByteBuffer.wrap(bytes));
    }

    private static void putId(ByteBuffer bytes, ExchangeId id) {
        bytes.putLong(id.value().getMostSignificantBits()).putLong(id.value().getLeastSignificantBits());
    }

    /** Throws {@link BufferUnderflowException} when there are fewer than 16 bytes. */
    private static ExchangeId readId(ByteBuffer bytes) {
        return new ExchangeId(new UUID(bytes.getLong(), bytes.getLong()));
    }
}

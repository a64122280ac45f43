package dev.ccproxy.sse;

import dev.ccproxy.http.Bytes;

/**
 * One server-sent event, such as {@code event: ping} with {@code data: {"type":"ping"}}.
 *
 * @param type the {@code event} field, {@code message} where there is none
 * @param data the {@code data} lines joined by LF, as bytes of UTF-8; empty when {@code oversized}
 * @param id the last {@code id} field of the stream so far, empty where there was none
 * @param oversized whether the event was longer than the parser's limit: what it said is lost here
 * @param offset where the event's first line begins in the stream
 * @param endOffset behind the line end that dispatched it (behind the CR of a CRLF); the event was there when the byte
 *     before had arrived
 */
public record SseEvent(String type, Bytes data, String id, boolean oversized, long offset, long endOffset) {}

package dev.ccproxy.http;

/** What became of an encoded body; see {@link ContentDecoding}. */
public sealed interface Decoded {

    /** All of it. */
    record Whole(Bytes bytes) implements Decoded {}

    /** The encoded bytes end too early, as those of a broken stream do; {@code bytes} is what they gave. */
    record Cut(Bytes bytes) implements Decoded {}

    /** The encoded bytes are damaged, or of another encoding; {@code bytes} is what they gave before that showed. */
    record Corrupt(Bytes bytes) implements Decoded {}

    /** There is more than the limit; nothing of it is held. */
    record TooLarge(long limitBytes) implements Decoded {}

    /** An encoding that nobody here can read, such as {@code compress}. */
    record Unknown(String encoding) implements Decoded {}
}

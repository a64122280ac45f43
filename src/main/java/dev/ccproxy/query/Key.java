package dev.ccproxy.query;

/**
 * Something that can be asked for by name.
 *
 * @param word as it is written before the colon
 * @param form how its values look, for people
 * @param meaning one sentence for people
 */
public record Key(String word, String form, String meaning) {}

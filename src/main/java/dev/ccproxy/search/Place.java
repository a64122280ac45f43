package dev.ccproxy.search;

/**
 * Where a text was found, with what stands around it.
 *
 * @param path in the body, such as {@code messages[3].content[0].text}; empty where the body is no JSON
 * @param snippet the text there, unescaped
 * @param start where in the snippet the match begins, in UTF-16 units
 * @param end behind its last unit
 */
public record Place(String path, String snippet, int start, int end) {}

package dev.ccproxy.query;

/**
 * A piece of the text.
 *
 * @param text what it says, without quotes
 * @param position where it stands in the query, quotes included
 */
record Word(String text, int position, int length) {

    /** The text as a sentence can show it. */
    String shown() {
        return text.length() <= 40 ? text : text.substring(0, 40) + "...";
    }
}

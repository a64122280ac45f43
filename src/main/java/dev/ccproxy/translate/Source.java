package dev.ccproxy.translate;

/** Where the content of an image or a document is. */
sealed interface Source {

    /** In the request itself. */
    record Inline(String mediaType, String base64) implements Source {
        String dataUrl() {
            return "data:" + mediaType + ";base64," + base64;
        }
    }

    /** Where the provider fetches it. */
    record Remote(String url) implements Source {}

    /** In the provider's own file store. */
    record Stored(String fileId) implements Source {}

    /** In the request, as text. */
    record Plain(String text) implements Source {}

    /** From a URL of the web or one that holds the data itself, such as {@code data:image/png;base64,iVBO}. */
    static Source ofUrl(String url) {
        int comma = url.indexOf(',');
        if (!url.startsWith("data:") || comma < 0) {
            return new Remote(url);
        }
        String head = url.substring("data:".length(), comma);
        int semicolon = head.indexOf(';');
        return new Inline(semicolon < 0 ? head : head.substring(0, semicolon), url.substring(comma + 1));
    }
}

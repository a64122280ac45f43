package dev.ccproxy.storage.jdbc;

/** What the word index knows the words of. */
enum WordSource {
    PACKS(1, "pack", "pack_words"),
    ANSWERS(2, "response_leg", "answer_words");

    private final int code;
    private final String table;
    private final String index;

    WordSource(int code, String table, String index) {
        this.code = code;
        this.table = table;
        this.index = index;
    }

    /** In the table {@code word_queue}. */
    int code() {
        return code;
    }

    static WordSource of(int code) {
        return code == PACKS.code ? PACKS : ANSWERS;
    }

    /** Holds, by id, the {@code data} whose words are known. */
    String table() {
        return table;
    }

    String index() {
        return index;
    }
}

package dev.ccproxy.translate;

/** Takes the blocks of a message one after the other. */
interface MessageBlocks {

    /** The kinds of blocks that an answer has. */
    enum Kind {
        TEXT,
        THINKING,
        TOOL
    }

    /** A block begins; id and name are those of a tool call, else empty. */
    void open(int index, Kind kind, String id, String name);

    /** A piece of the open block. */
    void add(int index, Kind kind, String piece);

    /** The signature of the open block, which is of thinking. */
    void sign(int index, String signature);

    /** The open block is whole. */
    void close(int index, Kind kind);
}

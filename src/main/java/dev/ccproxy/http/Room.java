package dev.ccproxy.http;

/** Memory that may be taken as long as there is enough, such as that of the recorder. */
public interface Room {

    /** No memory at all. */
    Room NONE = new Room() {
        @Override
        public boolean take(long bytes) {
            return bytes <= 0;
        }

        @Override
        public void giveBack(long bytes) {}
    };

    /** Takes so many bytes more; false, and takes none, when there is no room for them. */
    boolean take(long bytes);

    /** Gives back bytes that were taken. */
    void giveBack(long bytes);
}

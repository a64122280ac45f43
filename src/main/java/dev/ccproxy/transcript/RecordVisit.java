package dev.ccproxy.transcript;

import dev.ccproxy.http.Bytes;
import java.io.IOException;

/** Is shown every record of a file, one at a time. */
@FunctionalInterface
public interface RecordVisit {

    /** {@code record} is one JSON object. */
    void record(Bytes record) throws IOException, InterruptedException;
}

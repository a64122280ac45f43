package dev.ccproxy.testing;

import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

/**
 * A part of the machine that a test needs, such as the real client.
 *
 * <p>Without it the test is skipped in the inner loop, and fails where everything has to be there: {@code ./ccproxy test}
 * sets the property {@code ccproxy.required}.
 */
public final class RequiredPart {

    private RequiredPart() {}

    /**
     * Ends the test when the part is not there.
     *
     * @param missing what is missing and how to get it
     */
    public static void needs(boolean present, String missing) {
        if (present) {
            return;
        }
        if (Boolean.getBoolean("ccproxy.required")) {
            fail(missing);
        }
        abort(missing);
    }
}

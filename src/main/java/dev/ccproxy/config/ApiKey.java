package dev.ccproxy.config;

/**
 * A provider's credential, which has to be kept as it is to be sent.
 *
 * @param value never logged, never shown
 */
public record ApiKey(String value) {

    @Override
    public String toString() {
        return "(hidden)";
    }
}

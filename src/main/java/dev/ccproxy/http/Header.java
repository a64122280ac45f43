package dev.ccproxy.http;

/** One header line as it stood on the wire, such as {@code X-App: cli}; the name keeps its case. */
public record Header(String name, String value) {

    public boolean is(String otherName) {
        return name.equalsIgnoreCase(otherName);
    }
}

package dev.ccproxy.app;

import java.util.Objects;

/** The version of the program, from its jar. */
final class Version {

    private Version() {}

    static String current() {
        return Objects.requireNonNullElse(Version.class.getPackage().getImplementationVersion(), "(not packaged)");
    }
}

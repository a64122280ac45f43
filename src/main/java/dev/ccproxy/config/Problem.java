package dev.ccproxy.config;

/**
 * One mistake in the configuration.
 *
 * @param where such as {@code config.yaml:3}
 * @param statement what is said there, such as {@code server.port = 99999}; secrets are masked
 * @param remedy what would be right
 */
public record Problem(String where, String statement, String remedy) {

    static Problem wrongValue(Given given) {
        return about(given, given.key().type().remedy().apply(given.text()));
    }

    static Problem about(Given given, String remedy) {
        Key<?> key = given.key();
        return new Problem(given.origin().description(), key.path() + " = " + key.shown(given.text()), remedy);
    }

    /** The whole story on one line. */
    public String sentence() {
        return where + ": " + statement + ": " + remedy;
    }
}

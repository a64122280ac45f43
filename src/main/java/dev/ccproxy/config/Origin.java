package dev.ccproxy.config;

/** Where a value was said. */
public sealed interface Origin {

    /** For people, such as {@code config.yaml:12} or {@code environment PORT}. */
    String description();

    /** Nobody set it. */
    record BuiltIn() implements Origin {
        @Override
        public String description() {
            return "default";
        }
    }

    /**
     * A line of the YAML file or of {@code .env}.
     *
     * @param line counted from 1
     */
    record FileLine(String file, int line) implements Origin {
        @Override
        public String description() {
            return file + ":" + line;
        }
    }

    /** A variable of the process's environment. */
    record EnvironmentVariable(String name) implements Origin {
        @Override
        public String description() {
            return "environment " + name;
        }
    }

    /** An option of the command line, such as {@code --server.port}. */
    record CommandLineOption(String name) implements Origin {
        @Override
        public String description() {
            return "option " + name;
        }
    }
}

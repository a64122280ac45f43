package dev.ccproxy.app;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.ISetter;

/** Hands the value of an option on. */
record OptionValue<V>(Class<V> type, Consumer<V> taker) implements ISetter {

    @Override
    public <T> @Nullable T set(@Nullable T value) {
        if (value != null) {
            taker.accept(type.cast(value));
        }
        return null;
    }
}

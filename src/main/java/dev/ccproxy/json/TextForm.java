package dev.ccproxy.json;

import java.util.function.Function;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.JacksonModule;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.deser.std.StdDeserializer;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.std.StdSerializer;

/**
 * A type that JSON shows as one string, such as an id.
 *
 * @param read throws {@link IllegalArgumentException} for a text that is none of the type
 */
public record TextForm<T>(Class<T> type, Function<T, String> write, Function<String, T> read) {

    JacksonModule module() {
        return new SimpleModule(type.getName())
                .addSerializer(type, new Writer<>(this))
                .addDeserializer(type, new Reader<>(this));
    }

    private static final class Writer<T> extends StdSerializer<T> {
        private final TextForm<T> form;

        Writer(TextForm<T> form) {
            super(form.type);
            this.form = form;
        }

        @Override
        public void serialize(T value, JsonGenerator json, SerializationContext context) throws JacksonException {
            json.writeString(form.write.apply(value));
        }
    }

    private static final class Reader<T> extends StdDeserializer<T> {
        private final TextForm<T> form;

        Reader(TextForm<T> form) {
            super(form.type);
            this.form = form;
        }

        @Override
        public T deserialize(JsonParser json, DeserializationContext context) throws JacksonException {
            String text = json.getString();
            try {
                return form.read.apply(text);
            } catch (IllegalArgumentException malformed) {
                return form.type.cast(context.handleWeirdStringValue(form.type, text, "%s", malformed.getMessage()));
            }
        }
    }
}

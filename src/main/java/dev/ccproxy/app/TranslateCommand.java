package dev.ccproxy.app;

import dev.ccproxy.http.Bytes;
import dev.ccproxy.json.Json;
import dev.ccproxy.json.JsonSpans;
import dev.ccproxy.translate.AnswerStream;
import dev.ccproxy.translate.Format;
import dev.ccproxy.translate.Quirk;
import dev.ccproxy.translate.Translator;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Translates what it reads, line by line: {@code {"id","op","from","to","input"}} to {@code {"id","output"}} or
 * {@code {"id","error"}}. {@code from} is the format of the input and {@code to} that of the output, so a request goes
 * from the client's format to the provider's, and an answer the other way. Options stand in for what a line leaves out.
 */
final class TranslateCommand implements Callable<Integer> {

    private static final int MAX_EVENT_BYTES = 64 << 20;

    private final Surroundings surroundings;
    private final Json json = new Json();
    private final CommandSpec spec;

    private TranslateCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
        this.spec = ProgramCommands.spec("translate", this);
    }

    static CommandSpec spec(Surroundings surroundings) {
        CommandSpec spec = new TranslateCommand(surroundings).spec;
        spec.usageMessage()
                .description(
                        "Translate requests and answers between formats, one JSON object a line in and out:",
                        "{\"id\",\"op\",\"from\",\"to\",\"input\"} gives {\"id\",\"output\",\"losses\"} or {\"id\",\"error\"}.",
                        "A stream is a text of server-sent events; docs/translation.md tells what is carried over.",
                        "");
        spec.addOption(option("--from", "FORMAT", "Format of the input: " + formats() + "."));
        spec.addOption(option("--to", "FORMAT", "Format of the output."));
        spec.addOption(option("--op", "OPERATION", "request, response, stream or error."));
        String quirks = Arrays.stream(Quirk.values()).map(Quirk::label).collect(Collectors.joining(", "));
        return spec.addOption(option("--quirks", "NAME,NAME", "How the provider differs: " + quirks + "."));
    }

    private static String formats() {
        return Arrays.stream(Format.values()).map(Format::label).collect(Collectors.joining(", "));
    }

    private static OptionSpec option(String name, String label, String description) {
        return OptionSpec.builder(name)
                .type(String.class)
                .arity("1")
                .paramLabel(label)
                .description(description)
                .build();
    }

    @Override
    public Integer call() throws IOException {
        Optional<Set<Quirk>> quirks = quirks();
        if (quirks.isEmpty()) {
            surroundings.errors().println("ccproxy: no such quirk; ccproxy translate --help lists them.");
            return ExitCodes.WRONG_USE;
        }
        for (String side : List.of("--from", "--to")) {
            String named = optionValue(side);
            if (named != null && Format.labelled(named).isEmpty()) {
                surroundings
                        .errors()
                        .println("ccproxy: " + side + " " + named + ": it must be one of " + formats() + ".");
                return ExitCodes.WRONG_USE;
            }
        }
        boolean failed = false;
        BufferedReader lines = surroundings.input();
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (!line.isBlank()) {
                ObjectNode answer = answer(line, quirks.get());
                failed |= answer.has("error");
                surroundings.output().println(ascii(json.text(answer)));
            }
        }
        surroundings.output().flush();
        return failed ? ExitCodes.FAILED : ExitCodes.DONE;
    }

    /** The same JSON for an output of any charset. */
    private static String ascii(String text) {
        StringBuilder escaped = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < 0x80) {
                escaped.append(c);
            } else {
                escaped.append("\\u").append(HexFormat.of().toHexDigits(c));
            }
        }
        return escaped.toString();
    }

    private Optional<Set<Quirk>> quirks() {
        Set<Quirk> quirks = EnumSet.noneOf(Quirk.class);
        String named = optionValue("--quirks");
        for (String name : named == null ? new String[0] : named.split(",")) {
            Optional<Quirk> quirk = Arrays.stream(Quirk.values())
                    .filter(it -> it.label().equals(name))
                    .findFirst();
            if (quirk.isEmpty()) {
                return Optional.empty();
            }
            quirks.add(quirk.get());
        }
        return Optional.of(quirks);
    }

    private @Nullable String optionValue(String name) {
        return spec.findOption(name).getValue();
    }

    private ObjectNode answer(String line, Set<Quirk> quirks) {
        JsonNode asked = json.tree(line).orElseGet(JsonNodeFactory.instance::objectNode);
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        answer.set("id", asked.path("id").isMissingNode() ? answer.nullNode() : asked.get("id"));
        Optional<Format> from = Format.labelled(said(asked, "from"));
        Optional<Format> to = Format.labelled(said(asked, "to"));
        if (from.isEmpty() || to.isEmpty() || !asked.has("input")) {
            return answer.put(
                    "error",
                    asked.isEmpty()
                            ? "a line must be a JSON object with input, from and to"
                            : "a line needs input, and from and to, each one of " + formats());
        }
        String operation = said(asked, "op");
        boolean request = operation.equals("request");
        Translator translator = new Translator(
                json,
                request ? from.get() : to.get(),
                request ? to.get() : from.get(),
                quirks,
                new Translator.Circumstances(() -> UUID.randomUUID().toString().replace("-", ""), 0, MAX_EVENT_BYTES));
        translate(operation, input(line, asked.get("input")), translator, answer);
        ArrayNode losses = answer.putArray("losses");
        translator.losses().forEach(loss -> losses.add(loss.label()));
        return answer;
    }

    private String said(JsonNode asked, String name) {
        String otherwise = optionValue("--" + name);
        return asked.path(name).asString(otherwise == null ? "" : otherwise);
    }

    /** The input as it stands in the line, to the letter, or what a string holds. */
    private static Bytes input(String line, JsonNode parsed) {
        Bytes text = Bytes.utf8(line);
        return parsed.isString()
                ? Bytes.utf8(parsed.stringValue())
                : JsonSpans.find(text, "input").map(span -> span.of(text)).orElse(Bytes.EMPTY);
    }

    private static void translate(String operation, Bytes text, Translator translator, ObjectNode answer) {
        switch (operation) {
            case "request" -> result(translator.request(text), answer);
            case "response" -> result(translator.answer(text), answer);
            case "error" -> result(Optional.of(translator.error(400, text).body()), answer);
            case "stream" -> stream(text, translator, answer);
            default -> answer.put("error", "op is one of request, response, stream and error");
        }
    }

    private static void result(Optional<Bytes> translated, ObjectNode answer) {
        translated.ifPresentOrElse(
                output -> answer.set("output", Json.verbatim(output.utf8())),
                () -> answer.put("error", "the input is no JSON object"));
    }

    private static void stream(Bytes text, Translator translator, ObjectNode answer) {
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        AnswerStream stream = translator.stream(event -> output.writeBytes(event.toByteArray()));
        stream.feed(text);
        if (stream.end() == AnswerStream.State.RUNNING) {
            answer.put("error", "the stream breaks off");
        } else {
            answer.put("output", Bytes.wrap(output.toByteArray()).utf8());
        }
    }
}

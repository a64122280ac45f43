package dev.ccproxy.translate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ccproxy.http.Bytes;
import dev.ccproxy.testing.Corpora;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Translates what a peer translates, and compares. Requests are compared whole, but for what says the same; answers by
 * their {@link Gist}.
 */
class PairsOfPeersTest {

    /** Each is in a row of docs/translation.md, "Where others translate differently", and in a test of its own. */
    private static final Map<String, String> DELIBERATE = deliberate();

    private static Map<String, String> deliberate() {
        Map<String, String> reasons = new LinkedHashMap<>();
        reasons.put("requests/messages/cache_control.completions", "cache marks, system blocks, images in results");
        reasons.put("requests/messages/metadata.completions", "the user as a hash");
        reasons.put("requests/messages/responses_agent_subset.responses", "system blocks, the user as a hash");
        reasons.put("requests/completions/full.anthropic", "json_object");
        reasons.put("requests/completions/reasoning_max.anthropic", "room for the answer");
        reasons.put("response/anthropic/basic.messages-completions", "cached tokens are in the prompt");
        reasons.put("response/anthropic/thinking.messages-completions", "cached tokens are in the prompt");
        reasons.put("response/anthropic/tool.messages-completions", "cached tokens are in the prompt");
        reasons.put(
                "response/anthropic/stream_message_delta_usage.messages-completions-streaming",
                "cached tokens are in the prompt");
        reasons.put(
                "response/completions/gemini_zero_completion_tokens.completions-responses",
                "the provider's own number of tokens");
        return reasons;
    }

    private record Case(String id, boolean request, boolean stream, Format from, Format to, JsonNode row) {}

    @Test
    void pairsAgreeOrDifferOnPurpose() throws IOException {
        List<Case> cases = new ArrayList<>();
        cases(Corpora.require("translation").resolve("agentgateway"), cases);
        Set<String> different = new TreeSet<>();
        List<String> explanations = new ArrayList<>();
        for (Case one : cases) {
            Object ours = ours(one);
            Object theirs = theirs(one);
            if (!ours.equals(theirs)) {
                different.add(one.id());
                explanations.add(one.id() + "\n  ours   " + ours + "\n  theirs " + theirs);
            }
        }
        System.out.printf(
                "pairs of peers: %d cases, %d agree, %d differ on purpose%n",
                cases.size(), cases.size() - different.size(), different.size());
        assertThat(different).as(String.join("\n", explanations)).isEqualTo(new TreeSet<>(DELIBERATE.keySet()));
        assertThat(DELIBERATE.size() * 10).isLessThanOrEqualTo(cases.size());
    }

    private static void cases(Path folder, List<Case> cases) throws IOException {
        for (String file : List.of("requests.jsonl", "responses.jsonl")) {
            for (String line : Files.readAllLines(folder.resolve(file))) {
                JsonNode row = Translations.tree(line);
                String[] direction = row.path("direction").asString("").split(" ", -1);
                String to = direction[3].replace("-streaming", "");
                boolean request = direction[0].equals("requests");
                if (to.startsWith("get-messages")) {
                    // Not a translation: the peer's reader alone.
                    continue;
                }
                String id = row.path("id").asString("").replaceFirst("^agentgateway/", "");
                String[] pair = to.split("-", -1);
                String from = request || pair.length < 2 ? direction[1] : pair[0];
                String client = pair.length < 2 ? pair[0] : pair[1].equals("detect") ? pair[0] : pair[1];
                cases.add(new Case(id, request, row.has("input_sse"), format(from), format(client), row));
            }
        }
    }

    private static Format format(String name) {
        return switch (name) {
            case "completions" -> Format.OPENAI_CHAT;
            case "responses" -> Format.OPENAI_RESPONSES;
            default -> Format.ANTHROPIC_MESSAGES;
        };
    }

    private static Object ours(Case one) {
        JsonNode row = one.row();
        if (one.request()) {
            Translator translator = Translations.between(one.from(), one.to());
            Bytes input = Bytes.utf8(row.path("input").toString());
            return likeOthers(Translations.tree(translator.request(input).orElseThrow()));
        }
        Translator translator = Translations.between(one.to(), one.from());
        if (one.from() == one.to()) {
            // Bytes: there is nothing to translate.
            return one.stream()
                    ? Gist.ofStream(one.to(), row.path("input_sse").asString(""))
                    : gist(one, row.path("input"));
        }
        return one.stream()
                ? Gist.ofStream(
                        one.to(),
                        Translations.stream(translator, row.path("input_sse").asString(""))
                                .text())
                : gist(
                        one,
                        Translations.tree(Translations.answer(
                                translator, row.path("input").toString())));
    }

    private static Object gist(Case one, JsonNode answer) {
        return Gist.ofAnswer(one.to(), answer);
    }

    private static Object theirs(Case one) {
        if (one.stream()) {
            return Gist.ofStream(one.to(), one.row().path("expected_sse").asString(""));
        }
        JsonNode expected = one.row().path("expected");
        return one.request() ? likeOthers(expected.path("request")) : gist(one, expected.path("response"));
    }

    /**
     * A request in the form in which the same requests look the same: without nulls, with a single text as a string,
     * arguments as JSON, neighbours of one role as one message, and without what only says the default or keeps the
     * provider from storing the answer.
     */
    private static JsonNode likeOthers(JsonNode request) {
        ObjectNode like = (ObjectNode) plain(request);
        like.remove("store");
        if (!like.path("stream").asBoolean(false)) {
            like.remove("stream");
        }
        for (JsonNode tool : like.path("tools")) {
            if (!tool.path("strict").asBoolean(true)) {
                ((ObjectNode) tool).remove("strict");
            }
        }
        if (like.get("messages") instanceof ArrayNode messages && like.has("max_tokens")) {
            like.set("messages", merged(messages));
        }
        return like;
    }

    private static ArrayNode merged(ArrayNode messages) {
        ArrayNode merged = JsonNodeFactory.instance.arrayNode();
        for (JsonNode message : messages) {
            JsonNode last = merged.isEmpty() ? JsonNodeFactory.instance.objectNode() : merged.get(merged.size() - 1);
            if (last.path("role").equals(message.path("role"))
                    && last.get("content") instanceof ArrayNode before
                    && message.get("content") instanceof ArrayNode more) {
                before.addAll(more);
            } else {
                merged.add(message);
            }
        }
        return merged;
    }

    private static JsonNode plain(JsonNode node) {
        if (node instanceof ObjectNode object) {
            ObjectNode kept = JsonNodeFactory.instance.objectNode();
            object.properties().forEach(member -> {
                if (!member.getValue().isNull()) {
                    boolean arguments = member.getKey().equals("arguments")
                            && member.getValue().isString();
                    kept.set(
                            member.getKey(),
                            arguments ? Translations.tree(member.getValue().stringValue()) : plain(member.getValue()));
                }
            });
            return kept;
        }
        if (node instanceof ArrayNode array) {
            if (array.size() == 1
                    && array.get(0).size() == 2
                    && array.get(0).path("type").asString("").equals("text")) {
                return array.get(0).get("text");
            }
            ArrayNode kept = JsonNodeFactory.instance.arrayNode();
            array.forEach(element -> kept.add(plain(element)));
            return kept;
        }
        return node;
    }
}

package dev.ccproxy.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.ccproxy.exchange.AgentRole;
import dev.ccproxy.exchange.Kind;
import dev.ccproxy.exchange.Outcome;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

class QueryTest {

    private static final JsonMapper JSON = JsonMapper.shared();

    private final QueryCases cases = QueryCases.read();

    @TestFactory
    Stream<DynamicTest> everyTextOfTheTableMeansWhatTheTableSays() {
        return cases.under("parsing")
                .map(each -> dynamicTest(each.path("q").toString(), () -> {
                    ObjectNode expected = ((ObjectNode) each).deepCopy().without("q");
                    assertThat(plain(Query.parse(each.path("q").asString(), cases.moment())))
                            .hasToString(expected.toString());
                }));
    }

    @Test
    void aMistakeComesWithWhatIsWrongAndWhatWouldBeRight() {
        assertThat(problem("modle:opus").problem()).isEqualTo("`modle` is no key.");
        assertThat(problem("modle:opus").fix())
                .isEqualTo("Did you mean `model`? Or, to look for the text itself, put it in quotes.");
        assertThat(problem("http://x").fix())
                .startsWith("Keys are model, tool, agent, session,")
                .contains("after, before; to look for the text itself, put it in quotes.");
        assertThat(problem("kind:mian").fix()).isEqualTo("Did you mean `kind:main`?");
        assertThat(problem("kind:xyzzy").fix())
                .isEqualTo("Write one of main, subagent, title, compaction, count_tokens, classifier, other.");
        assertThat(problem("dur>10").problem())
                .isEqualTo("`10` is not a time with its unit, such as 500ms, 10s, 2m or 1h.");
        assertThat(problem("x".repeat(1_001)).problem()).isEqualTo("A query has at most 1000 characters.");
        assertThat(problem("status:1" + ",1".repeat(20)).problem()).isEqualTo("A term has at most 20 values.");
    }

    @Test
    void aTimeIsMeantInTheZoneOfTheMoment() {
        Moment berlin = new Moment(cases.moment().now(), java.time.ZoneId.of("Europe/Berlin"));
        assertThat(plain(Query.parse("after:today", berlin)).toString()).contains("[1795474800000,null]");
        assertThat(plain(Query.parse("after:09:30", berlin)).toString()).contains("[1795509000000,null]");
        assertThat(plain(Query.parse("after:2026-11-24T09:30Z", berlin)).toString())
                .contains("[1795512600000,null]");
    }

    @Test
    void anyTextIsEitherUnderstoodOrRefusedAtAPlaceWithinIt() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        List<String> pieces = List.of(
                " ",
                "-",
                "\"",
                "\\",
                ":",
                "=",
                "<",
                ">",
                ",",
                "..",
                "xx",
                "k",
                "ms",
                "\u0000",
                "ä",
                "\uD83D",
                "٣",
                "|",
                "(",
                "9",
                "4xx",
                "2026-11-24",
                "T10:00",
                "Z",
                "999999999999",
                "999999d",
                "0.000001",
                "model",
                "status",
                "dur",
                "after",
                "id",
                "is",
                "kind",
                "main",
                "live",
                "cost",
                "project",
                "%",
                "*",
                "\n",
                "'",
                "--",
                "1e9",
                "NaN");
        for (int round = 0; round < 30_000; round++) {
            StringBuilder text = new StringBuilder();
            for (int i = random.nextInt(12); i >= 0; i--) {
                text.append(pieces.get(random.nextInt(pieces.size())));
            }
            String query = text.toString();
            if (Query.parse(query, cases.moment()) instanceof Parsed.Misunderstood(QueryProblem problem)) {
                assertThat(problem.position()).as("%s, seed %d", query, seed).isBetween(0, query.length() - 1);
                assertThat(problem.length())
                        .as("%s, seed %d", query, seed)
                        .isBetween(1, query.length() - problem.position());
                assertThat(problem.problem()).endsWith(".");
                assertThat(problem.fix()).endsWith(problem.fix().endsWith("?") ? "?" : ".");
            }
        }
    }

    @Test
    void everyKeyTellsWhatItTakes() {
        for (Key key : Keys.all()) {
            assertThat(key.form()).isNotBlank();
            assertThat(key.meaning()).endsWith(".");
        }
    }

    private QueryProblem problem(String text) {
        return ((Parsed.Misunderstood) Query.parse(text, cases.moment())).problem();
    }

    /** In the form of the table. */
    private static ObjectNode plain(Parsed parsed) {
        ObjectNode plain = JSON.createObjectNode();
        switch (parsed) {
            case Parsed.Understood(Query query) -> {
                ArrayNode terms = plain.putArray("terms");
                query.terms().forEach(term -> terms.add(plain(term)));
            }
            case Parsed.Misunderstood(QueryProblem problem) ->
                plain.putObject("problem")
                        .put("reason", problem.reason().word())
                        .put("position", problem.position())
                        .put("length", problem.length());
        }
        return plain;
    }

    private static ObjectNode plain(Term term) {
        ObjectNode plain = JSON.createObjectNode();
        if (term.excluded()) {
            plain.put("not", true);
        }
        return switch (term.condition()) {
            case Condition.Text(String text) -> plain.put("text", text);
            case Condition.Contains(TextField field, List<String> any) -> plain(plain, field.word(), "contains", any);
            case Condition.Equals(TextField field, List<String> any) -> plain(plain, field.word(), "equals", any);
            case Condition.Within(NumberField field, List<Range> any) ->
                plain(
                        plain,
                        field.word(),
                        "within",
                        any.stream()
                                .map(range ->
                                        JSON.createArrayNode().add(range.from()).add(range.to()))
                                .toList());
            case Condition.IdBegins(List<String> any) -> plain(plain, "id", "begins", any);
            case Condition.OfKind(List<Kind> any) ->
                plain(plain, "kind", "in", any.stream().map(Kind::word).toList());
            case Condition.OfOutcome(List<Outcome> any) ->
                plain(plain, "outcome", "in", any.stream().map(Outcome::word).toList());
            case Condition.OfAgent(List<AgentRole> roles, List<String> names, boolean whole) -> {
                plain(plain, "agent", "in", roles.stream().map(AgentRole::word).toList());
                if (!names.isEmpty()) {
                    plain.set(whole ? "is" : "named", JSON.valueToTree(names));
                }
                yield plain;
            }
            case Condition.OfCacheUse(List<CacheUse> any) ->
                plain(plain, "cache", "in", any.stream().map(CacheUse::word).toList());
            case Condition.Tagged(List<String> any) -> plain(plain, "tag", "is", any);
            case Condition.Is(List<State> any) ->
                plain(plain, "is", "in", any.stream().map(State::word).toList());
        };
    }

    private static ObjectNode plain(ObjectNode term, String field, String how, List<?> values) {
        term.put("field", field);
        JsonNode list = JSON.valueToTree(values);
        term.set(how, list);
        return term;
    }
}

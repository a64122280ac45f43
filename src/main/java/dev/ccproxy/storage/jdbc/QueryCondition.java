package dev.ccproxy.storage.jdbc;

import dev.ccproxy.exchange.AgentRole;
import dev.ccproxy.exchange.Kind;
import dev.ccproxy.exchange.Outcome;
import dev.ccproxy.query.CacheUse;
import dev.ccproxy.query.Condition;
import dev.ccproxy.query.NumberField;
import dev.ccproxy.query.Query;
import dev.ccproxy.query.Range;
import dev.ccproxy.query.State;
import dev.ccproxy.query.Term;
import dev.ccproxy.query.TextField;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A query as an SQL condition on the rows of {@link SummaryColumns#FROM}. Texts are compared as {@link Condition} says; a
 * column that is null fits nothing, and so fits what is excluded. For one statement.
 */
final class QueryCondition {

    private static final String SESSION = "CASE WHEN s.named = 1 THEN s.name END";
    private static final String CONTEXT =
            "(e.input_tokens + e.cache_read_tokens + e.cache_write_5m_tokens + e.cache_write_1h_tokens)";

    private static final String COST = "(CASE WHEN e.cost_certainty <> 'unpriced' THEN e.cost_nano END)";

    /** Where free text is looked for. */
    private static final List<String> TEXTS =
            List.of("e.preview", "e.error", "e.tool", "e.model", "e.requested_model", "e.path", SESSION);

    private static final String EVERYTHING = "TRUE";

    private final Dialect dialect;
    private final List<Object> parameters = new ArrayList<>();
    private final String sql;

    private QueryCondition(Query query, Dialect dialect) {
        this.dialect = dialect;
        List<String> terms = new ArrayList<>();
        for (Term term : query.terms()) {
            String condition = condition(term.condition());
            terms.add(term.excluded() ? "(" + condition + ") IS NOT TRUE" : condition);
        }
        this.sql = terms.isEmpty() ? EVERYTHING : "(" + String.join(" AND ", terms) + ")";
    }

    static QueryCondition of(Query query, Dialect dialect) {
        return new QueryCondition(query, dialect);
    }

    /** What the query says by its keys, without its free text. */
    static QueryCondition ofKeys(Query query, Dialect dialect) {
        List<Term> keyed = query.terms().stream()
                .filter(term -> !(term.condition() instanceof Condition.Text))
                .toList();
        return new QueryCondition(new Query(keyed), dialect);
    }

    /** Whether every exchange fits. */
    boolean isTrue() {
        return sql.equals(EVERYTHING);
    }

    String sql() {
        return sql;
    }

    /** In the order of their question marks; numbers, texts and byte arrays. */
    List<Object> parameters() {
        return parameters;
    }

    private String condition(Condition condition) {
        return switch (condition) {
            case Condition.Text(String text) -> any(TEXTS, column -> contains(column, text));
            case Condition.Contains(TextField field, List<String> texts) ->
                any(texts, text -> any(columns(field), column -> contains(column, text)));
            case Condition.Equals(TextField field, List<String> texts) ->
                any(texts, text -> any(columns(field), column -> dialect.lower(column) + " = " + text(text)));
            case Condition.Within(NumberField field, List<Range> ranges) ->
                any(ranges, range -> within(column(field), range));
            case Condition.IdBegins(List<String> beginnings) -> any(beginnings, this::idBegins);
            case Condition.OfKind(List<Kind> kinds) -> any(kinds, kind -> "e.kind = " + parameter(kind.word()));
            case Condition.OfOutcome(List<Outcome> outcomes) ->
                any(outcomes, outcome -> "e.outcome = " + parameter(outcome.word()));
            case Condition.OfAgent(List<AgentRole> roles, List<String> names, boolean whole) ->
                either(
                        roles.isEmpty() ? null : any(roles, QueryCondition::agent),
                        names.isEmpty() ? null : any(names, name -> named("t.agent_name", name, whole)));
            case Condition.OfCacheUse(List<CacheUse> uses) -> any(uses, QueryCondition::cache);
            case Condition.Is(List<State> states) -> any(states, QueryCondition::state);
            case Condition.Tagged(List<String> tags) ->
                any(
                        tags,
                        tag -> "EXISTS (SELECT 1 FROM tag g WHERE g.exchange_id = e.id AND " + dialect.lower("g.tag")
                                + " = " + text(tag) + ")");
        };
    }

    private static String either(@Nullable String one, @Nullable String other) {
        return one == null
                ? Objects.requireNonNullElse(other, EVERYTHING)
                : other == null ? one : "(" + one + " OR " + other + ")";
    }

    private String named(String column, String text, boolean whole) {
        return whole ? dialect.lower(column) + " = " + text(text) : contains(column, text);
    }

    private static <T> String any(List<T> alternatives, Function<T, String> condition) {
        return alternatives.size() == 1
                ? condition.apply(alternatives.getFirst())
                : "(" + String.join(" OR ", alternatives.stream().map(condition).toList()) + ")";
    }

    private static List<String> columns(TextField field) {
        return switch (field) {
            case MODEL -> List.of("e.requested_model", "e.model");
            case TOOL -> List.of("e.tool");
            case SESSION -> List.of(SESSION);
            case PROJECT -> List.of("s.project");
            case STOP -> List.of("e.stop_reason");
            case PROVIDER -> List.of("e.provider");
            case RULE -> List.of("e.rule");
            case PATH -> List.of("e.path");
        };
    }

    private static String column(NumberField field) {
        return switch (field) {
            case AT -> "e.started_at";
            case STATUS -> "e.status";
            case COST -> COST;
            case CTX -> CONTEXT;
            case INPUT -> "e.input_tokens";
            case READ -> "e.cache_read_tokens";
            case WRITE -> "(e.cache_write_5m_tokens + e.cache_write_1h_tokens)";
            case OUT -> "e.output_tokens";
            case TTFB -> "(e.head_micros / 1000)";
            case TTFT -> "(e.content_micros / 1000)";
            case DUR -> "(e.duration_micros / 1000)";
        };
    }

    private String within(String column, Range range) {
        if (range.from() != null && range.to() != null) {
            return column + " BETWEEN " + parameter(range.from()) + " AND " + parameter(range.to());
        }
        if (range.from() != null) {
            return column + " >= " + parameter(range.from());
        }
        return range.to() == null ? column + " IS NOT NULL" : column + " <= " + parameter(range.to());
    }

    private String idBegins(String digits) {
        return "e.public_id BETWEEN " + parameter(id(digits, '0')) + " AND " + parameter(id(digits, 'f'));
    }

    private static byte[] id(String digits, char rest) {
        char[] all = new char[32];
        Arrays.fill(all, rest);
        digits.getChars(0, digits.length(), all, 0);
        return HexFormat.of().parseHex(String.valueOf(all));
    }

    private static String agent(AgentRole role) {
        String unnamed = "coalesce(t.agent_id, '') = '' AND e.kind IN (" + kinds(role) + ")";
        return switch (role) {
            case SUBAGENT -> "(t.agent_id <> '' OR " + unnamed + ")";
            case MAIN, AUXILIARY -> "(" + unnamed + ")";
        };
    }

    private static String kinds(AgentRole role) {
        return String.join(
                ", ",
                Arrays.stream(Kind.values())
                        .filter(kind -> AgentRole.of(kind) == role)
                        .map(kind -> "'" + kind.word() + "'")
                        .toList());
    }

    private static String cache(CacheUse use) {
        return switch (use) {
            case HIT -> "e.cache_read_tokens > 0";
            case MISS -> "e.cache_read_tokens = 0";
            case BREAK -> "e.cache_result = 'break'";
        };
    }

    private static String state(State state) {
        return switch (state) {
            case LIVE -> "e.outcome = 'running'";
            // The first half is the condition of an index.
            case ERROR ->
                "(e.outcome NOT IN ('running', 'completed') AND e.outcome NOT IN ('client_left', 'cancelled'))";
            case SLOW ->
                "(e.content_micros >= " + micros(State.SLOW_TO_BEGIN) + " OR e.duration_micros >= "
                        + micros(State.SLOW_TO_END) + ")";
            case EXPENSIVE -> COST + " >= " + State.EXPENSIVE_NANO_USD;
            case STARRED -> "e.starred = 1";
        };
    }

    private static long micros(Duration duration) {
        return duration.toNanos() / 1_000;
    }

    private String contains(String column, String text) {
        parameters.add(lower(text));
        return dialect.contains(column);
    }

    private String text(String text) {
        return parameter(lower(text));
    }

    private String parameter(Object value) {
        parameters.add(value);
        return "?";
    }

    /** Only A to Z, as in the language. */
    private static String lower(String text) {
        StringBuilder lower = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char character = text.charAt(i);
            lower.append(character >= 'A' && character <= 'Z' ? (char) (character + 32) : character);
        }
        return lower.toString();
    }
}

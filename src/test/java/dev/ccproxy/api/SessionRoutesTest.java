package dev.ccproxy.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ccproxy.exchange.Certainty;
import dev.ccproxy.exchange.Charge;
import dev.ccproxy.exchange.ExchangeId;
import dev.ccproxy.exchange.ExchangeSummary;
import dev.ccproxy.exchange.Findings;
import dev.ccproxy.exchange.Kind;
import dev.ccproxy.exchange.Labels;
import dev.ccproxy.exchange.Outcome;
import dev.ccproxy.exchange.Place;
import dev.ccproxy.exchange.Usage;
import dev.ccproxy.http.Bytes;
import dev.ccproxy.http.Headers;
import dev.ccproxy.session.AgentCall;
import dev.ccproxy.session.AgentName;
import dev.ccproxy.session.NameSource;
import dev.ccproxy.session.SessionNews;
import dev.ccproxy.session.Turn;
import dev.ccproxy.storage.ArrivalTimes;
import dev.ccproxy.storage.SampleExchange;
import dev.ccproxy.storage.StoreEvent;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class SessionRoutesTest extends ApiTest {

    private static final String SESSION = "8a6e0804-2bd0-4672-b79d-d97027f9071a";
    private static final String AGENT = "a0123456789abcdef";
    private static final Instant START = Instant.parse("2026-11-24T10:00:00Z");
    private static final List<Kind> KINDS = List.of(Kind.values());

    @Test
    void aSessionTellsItsTitleItsAgentsAndItsTurns() throws Exception {
        write(
                0,
                Kind.MAIN,
                null,
                1,
                new SessionNews(
                        new Turn(1, "p1", "Fix the build."),
                        List.of(),
                        List.of(),
                        "Fix the build.",
                        false,
                        "/home/user/project",
                        null,
                        List.of()));
        write(
                1,
                Kind.SUBAGENT,
                AGENT,
                1,
                new SessionNews(
                        null,
                        List.of(new AgentName(AGENT, "code-reviewer", NameSource.EXACT, "toolu_1")),
                        List.of(new AgentCall("toolu_1", null, "code-reviewer", "Look", 7, 1, AGENT)),
                        null,
                        false,
                        null,
                        null,
                        List.of()));
        write(2, Kind.TITLE, null, null, SessionNews.NONE);
        flush();

        JsonNode row = json("/api/sessions?q=BUILD").at("/items/0");
        assertThat(row.path("id").asString()).isEqualTo(SESSION);
        assertThat(row.path("title").asString()).isEqualTo("Fix the build.");
        assertThat(row.path("project").asString()).isEqualTo("/home/user/project");
        assertThat(row.path("n").asInt()).isEqualTo(3);
        assertThat(row.path("agents").asInt()).isEqualTo(2);
        assertThat(row.path("turns").asInt()).isEqualTo(1);
        assertThat(row.path("window").asInt()).isEqualTo(1_000_000);
        assertThat(json("/api/sessions?q=nothing").path("items")).isEmpty();

        JsonNode session = json("/api/sessions/" + SESSION);
        JsonNode reviewer = session.at("/agents/1");
        assertThat(reviewer.path("name").asString()).isEqualTo("code-reviewer");
        assertThat(reviewer.path("nameSource").asString()).isEqualTo("exact");
        assertThat(reviewer.path("description").asString()).isEqualTo("Look");
        assertThat(session.at("/auxiliary/n").asInt()).isEqualTo(1);

        JsonNode turns = json("/api/sessions/" + SESSION + "/turns");
        assertThat(turns.path("items")).hasSize(2);
        assertThat(turns.at("/items/0/number").asInt())
                .as("what belongs to no prompt")
                .isZero();
        assertThat(turns.at("/items/1/prompt").asString()).isEqualTo("Fix the build.");
        assertThat(turns.at("/items/1/exchanges")).hasSize(2);
        assertThat(json("/api/exchanges?q=agent:reviewer%20project:user").path("items"))
                .hasSize(1);
    }

    @Test
    void anUnknownSessionIsAProblem() throws Exception {
        assertThat(problem("/api/sessions/nothing", 404).path("type").asString())
                .endsWith("unknown-session");
        assertThat(problem("/api/sessions/nothing/turns", 404).path("type").asString())
                .endsWith("unknown-session");
    }

    @Test
    void whatIsGoingOnIsTold() throws Exception {
        Instant now = Instant.now();
        ExchangeSummary running = summary(now, Kind.MAIN, null, Outcome.RUNNING, 1, 0);
        server.writer().write(new StoreEvent.Begun(running, "/v1/messages", "127.0.0.1", null, Headers.EMPTY));
        flush();
        JsonNode active = json("/api/now").at("/items/0");
        assertThat(active.path("session").asString()).isEqualTo(SESSION);
        assertThat(active.path("phase").asString()).isEqualTo("answering");
        assertThat(active.at("/running/0/id").asString()).isEqualTo(running.id().toString());
    }

    /** Main agent, subagents and auxiliary are the session; so are its turns, its hours and what the list says. */
    @Test
    void allSumsOfASessionAddUp() throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        int turns = 4;
        for (int turn = 1; turn <= turns; turn++) {
            write(
                    turn * 100,
                    Kind.MAIN,
                    null,
                    turn,
                    new SessionNews(
                            new Turn(turn, null, "t" + turn),
                            List.of(),
                            List.of(),
                            null,
                            false,
                            null,
                            null,
                            List.of()));
        }
        for (int i = 0; i < 150; i++) {
            Kind kind = KINDS.get(random.nextInt(KINDS.size()));
            String agent = kind == Kind.SUBAGENT ? "a" + random.nextInt(3) : null;
            Integer turn = random.nextInt(5) == 0 ? null : 1 + random.nextInt(turns);
            write(random.nextInt(20_000), kind, agent, turn, SessionNews.NONE);
        }
        flush();

        JsonNode session = json("/api/sessions/" + SESSION);
        JsonNode total = session.path("total");
        String what = "seed " + seed;
        for (String path : List.of(
                "/n",
                "/errors",
                "/input",
                "/read",
                "/write",
                "/out",
                "/cost/exact",
                "/cost/estimated",
                "/cost/unpriced",
                "/breaks",
                "/lost",
                "/saved",
                "/wasted")) {
            BigDecimal all = total.at(path).decimalValue();
            assertThat(sum(path, session.path("main"), session.path("subagents"), session.path("auxiliary")))
                    .as("%s %s by role", what, path)
                    .isEqualByComparingTo(all);
            assertThat(sum(path, sums(session.path("kinds"))))
                    .as("%s %s by kind", what, path)
                    .isEqualByComparingTo(all);
            assertThat(sum(path, sums(session.path("agents"))))
                    .as("%s %s by agent", what, path)
                    .isEqualByComparingTo(all);
            assertThat(sum(
                            path,
                            sums(json("/api/sessions/" + SESSION + "/turns").path("items"))))
                    .as("%s %s by turn", what, path)
                    .isEqualByComparingTo(all);
            for (String group : List.of("none", "model", "agent", "project", "kind", "session", "token", "day")) {
                JsonNode usage = json("/api/stats?group=" + group + "&from=" + START.toEpochMilli() + "&to="
                        + START.plusSeconds(30_000).toEpochMilli());
                assertThat(usage.path("total").at(path).decimalValue())
                        .as("%s %s by %s", what, path, group)
                        .isEqualByComparingTo(all);
                assertThat(sum(path, each(usage.path("series"), "total")))
                        .as("%s %s by %s", what, path, group)
                        .isEqualByComparingTo(all);
            }
        }
        String range = "&from=" + START.toEpochMilli() + "&to="
                + START.plusSeconds(30_000).toEpochMilli();
        assertThat(json("/api/stats?group=session" + range).at("/series/0/title"))
                .isEqualTo(json("/api/sessions").at("/items/0/title"));
        assertThat(json("/api/stats?group=model" + range).at("/series/0").has("title"))
                .isFalse();
        assertThat(json("/api/sessions").at("/items/0/n").asInt())
                .isEqualTo(total.path("n").asInt());
        assertThat(json("/api/sessions").at("/items/0/cost")).isEqualTo(total.path("cost"));
    }

    private static JsonNode[] sums(JsonNode list) {
        return each(list, "sums");
    }

    private static JsonNode[] each(JsonNode list, String member) {
        return StreamSupport.stream(list.spliterator(), false)
                .map(item -> item.path(member))
                .toArray(JsonNode[]::new);
    }

    private static BigDecimal sum(String path, JsonNode... sums) {
        BigDecimal sum = BigDecimal.ZERO;
        for (JsonNode each : sums) {
            sum = sum.add(each.at(path).decimalValue());
        }
        return sum;
    }

    private void write(int second, Kind kind, @Nullable String agent, @Nullable Integer turn, SessionNews news) {
        Instant at = START.plusSeconds(second);
        Outcome outcome = second % 7 == 3 ? Outcome.UPSTREAM_ERROR : Outcome.COMPLETED;
        ExchangeSummary ended = summary(at, kind, agent, outcome, turn, second);
        server.writer()
                .write(new StoreEvent.Begun(
                        summary(ended, Outcome.RUNNING), "/v1/messages", "127.0.0.1", "alice", Headers.EMPTY));
        server.writer()
                .write(new StoreEvent.Ended(
                        ended,
                        "",
                        Headers.EMPTY,
                        null,
                        null,
                        SampleExchange.exact(Bytes.EMPTY),
                        Bytes.EMPTY,
                        ArrivalTimes.NONE,
                        news));
    }

    private static ExchangeSummary summary(
            Instant at, Kind kind, @Nullable String agent, Outcome outcome, @Nullable Integer turn, long money) {
        Charge charge = new Charge(money * 1_234, money % 2 == 0 ? Certainty.EXACT : Certainty.ESTIMATED);
        return summary(ExchangeId.next(at), at, kind, agent, outcome)
                .with(new Findings(
                        money % 5 == 4 ? new Charge(0, Certainty.UNPRICED) : charge,
                        SampleExchange.FINDINGS.cache(),
                        money % 3 == 0 ? SampleExchange.FINDINGS.waste() : null,
                        new Place(turn, 1, null, null),
                        Labels.NONE));
    }

    private static ExchangeSummary summary(ExchangeSummary ended, Outcome outcome) {
        return summary(ended.id(), ended.at(), ended.kind(), ended.agentId(), outcome);
    }

    private static ExchangeSummary summary(
            ExchangeId id, Instant at, Kind kind, @Nullable String agent, Outcome outcome) {
        boolean ended = outcome != Outcome.RUNNING;
        return new ExchangeSummary(
                id,
                at,
                outcome,
                kind,
                "POST",
                "/v1/messages",
                ended ? 200 : null,
                null,
                null,
                ended ? "claude-opus-5-5" : null,
                "claude-opus-5-5",
                SESSION,
                agent,
                null,
                null,
                0,
                null,
                ended ? new Usage(10, 20, 300, 40, 50) : null,
                null,
                ended ? Duration.ofMillis(900) : null,
                ended ? Duration.ofSeconds(3) : null,
                10,
                700,
                null,
                Findings.NONE);
    }
}

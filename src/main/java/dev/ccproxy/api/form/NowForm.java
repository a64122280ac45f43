package dev.ccproxy.api.form;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.ccproxy.exchange.ContextWindow;
import dev.ccproxy.exchange.ExchangeSummary;
import dev.ccproxy.exchange.Outcome;
import dev.ccproxy.exchange.Usage;
import dev.ccproxy.storage.ActiveSession;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What is going on. */
public record NowForm(
        @JsonPropertyDescription("When this was so, in milliseconds since 1970.")
        long at,

        @JsonPropertyDescription("Sessions in which something happened within a quarter of an hour, the latest first.")
        List<Session> items) {

    /** What an agent is doing. */
    public enum Phase {
        /** The main agent's request is being answered. */
        ANSWERING,
        /** The client runs the tools that the last answer calls. */
        TOOL,
        /** Only subagents, or the client's own errands, are being answered. */
        BACKGROUND,
        /** The user's turn. */
        WAITING
    }

    /** One session. */
    public record Session(
            String session,
            @Nullable String title,
            @Nullable String project,
            Phase phase,

            @JsonPropertyDescription("When that began.") long since,

            @JsonPropertyDescription("First tool that is being run.") @Nullable
            String tool,

            @JsonPropertyDescription("Its main argument, or what was said last.") @Nullable
            String detail,

            @Nullable Integer turn,
            @Nullable String model,

            @JsonPropertyDescription("Input tokens of the main agent's latest answer.") @Nullable
            Long ctx,

            @JsonPropertyDescription("How many that model takes.") @Nullable
            Long window,

            @JsonPropertyDescription("When the prompt cache that the main agent left runs out.") @Nullable
            Long cacheExpires,

            MoneyForm cost,

            @JsonPropertyDescription("Exchanges that run.") List<Running> running) {}

    /** An exchange that runs. */
    public record Running(
            String id, @Nullable String agentId, @Nullable String agentName, long at) {}

    public static NowForm of(Instant now, List<ActiveSession> sessions) {
        return new NowForm(
                now.toEpochMilli(), sessions.stream().map(NowForm::session).toList());
    }

    private static Session session(ActiveSession active) {
        ExchangeSummary latest = active.latest();
        ExchangeSummary answered = active.answered();
        Phase phase = phase(latest, active.running());
        Usage usage = answered == null ? null : answered.usage();
        return new Session(
                active.row().id(),
                active.row().title(),
                active.row().project(),
                phase,
                since(active, latest, phase).toEpochMilli(),
                latest == null || phase != Phase.TOOL ? null : latest.tool(),
                latest == null ? null : latest.preview(),
                latest == null ? null : latest.findings().place().turn(),
                answered == null ? null : answered.model(),
                usage == null ? null : usage.context(),
                answered == null || usage == null ? null : ContextWindow.of(answered.model(), usage.context()),
                answered == null || usage == null ? null : expires(answered.at(), usage),
                MoneyForm.of(active.row().sums()),
                active.running().stream()
                        .map(each -> new Running(
                                each.id().toString(),
                                each.agentId(),
                                each.findings().labels().agent(),
                                each.at().toEpochMilli()))
                        .toList());
    }

    private static Phase phase(@Nullable ExchangeSummary latest, List<ExchangeSummary> running) {
        if (latest != null && latest.outcome() == Outcome.RUNNING) {
            return Phase.ANSWERING;
        }
        if (latest != null && Objects.equals(latest.stopReason(), "tool_use")) {
            return Phase.TOOL;
        }
        return running.isEmpty() ? Phase.WAITING : Phase.BACKGROUND;
    }

    private static Instant since(ActiveSession active, @Nullable ExchangeSummary latest, Phase phase) {
        if (latest == null) {
            return active.row().last();
        }
        Duration duration = latest.duration();
        return phase == Phase.ANSWERING || duration == null
                ? latest.at()
                : latest.at().plus(duration);
    }

    /** Null where nothing is cached. What is known to live an hour does; all else may live five minutes only. */
    private static @Nullable Long expires(Instant at, Usage usage) {
        if (usage.cacheRead() + usage.cacheWrite5m() + usage.cacheWrite1h() == 0) {
            return null;
        }
        boolean hour = usage.cacheWrite1h() > 0 && usage.cacheWrite5m() == 0;
        return at.plus(hour ? Duration.ofHours(1) : Duration.ofMinutes(5)).toEpochMilli();
    }
}

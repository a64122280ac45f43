package dev.ccproxy.api;

import dev.ccproxy.api.form.EventPageForm;
import dev.ccproxy.api.form.TimelineForm;
import dev.ccproxy.api.form.TimelineForm.Silence;
import dev.ccproxy.api.form.TimelineForm.Source;
import dev.ccproxy.api.form.TimelineForm.ToolTime;
import dev.ccproxy.api.form.TimingForm;
import dev.ccproxy.api.route.JsonForm;
import dev.ccproxy.api.route.Problem;
import dev.ccproxy.exchange.ExchangeId;
import dev.ccproxy.exchange.ExchangeSummary;
import dev.ccproxy.exchange.Usage;
import dev.ccproxy.http.Answer;
import dev.ccproxy.http.Call;
import dev.ccproxy.sse.SseParser;
import dev.ccproxy.storage.ArrivalTimes;
import dev.ccproxy.storage.ExchangeReader;
import dev.ccproxy.storage.StoredBody;
import dev.ccproxy.storage.StoredExchange;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** When the parts of an answer came, and how long the tools took before it. Safe for all threads. */
final class ExchangeTiming {

    private static final String DURATIONS = "x-claude-code-prev-tool-durations";
    private static final Pattern DURATION = Pattern.compile("([^=;]{1,256})=([0-9]{1,12})");
    private static final long SILENCE_MICROS = 1_000_000;
    private static final int MOST_SILENCES = 100;
    private static final int MOST_TOOLS = 256;
    private static final double MILLIS = 1_000.0;

    private final ExchangeReader reader;
    private final StoredBytes bodies;

    ExchangeTiming(ExchangeReader reader, StoredBytes bodies) {
        this.reader = reader;
        this.bodies = bodies;
    }

    Answer answer(Call call) throws IOException, InterruptedException {
        ExchangeId id = ApiRoutes.id(call);
        Optional<StoredExchange> found = reader.find(id);
        return found.isEmpty()
                ? Problem.unknownExchange(id).answer()
                : bodies.inTurn(() -> JsonForm.answer(200, timing(found.get())));
    }

    private TimelineForm timing(StoredExchange exchange) throws IOException, InterruptedException {
        ExchangeSummary summary = exchange.summary();
        ArrivalTimes arrivals = reader.arrivals(summary.id());
        TimingForm marks = TimingForm.of(summary, arrivals);
        Optional<StoredBody> stream = new RecordedBodies(reader, exchange).stream();
        if (stream.isEmpty()) {
            return new TimelineForm(
                    marks,
                    null,
                    null,
                    null,
                    0,
                    List.of(),
                    silences(arrivals),
                    tools(exchange),
                    EventPageForm.Times.NONE);
        }
        EventTimes times = new EventTimes(arrivals, stream.get().facts());
        Timeline timeline = new Timeline(times);
        SseParser parser = new SseParser(StoredBytes.LIMIT, timeline);
        stream.get().source().sendTo(parser::feed);
        return new TimelineForm(
                marks,
                timeline.firstText(),
                timeline.firstTool(),
                tokensPerSecond(summary.usage(), marks),
                timeline.pings(),
                timeline.blocks(),
                silences(arrivals),
                tools(exchange),
                times.trust());
    }

    private static @Nullable Double tokensPerSecond(@Nullable Usage usage, TimingForm marks) {
        Double from = marks.firstContent();
        Double to = marks.lastByte();
        return usage == null || from == null || to == null || to - from < 1
                ? null
                : usage.output() / (to - from) * 1_000;
    }

    private static List<Silence> silences(ArrivalTimes arrivals) {
        List<Silence> silences = new ArrayList<>();
        for (int i = 1; i < arrivals.size(); i++) {
            long micros = arrivals.micros(i) - arrivals.micros(i - 1);
            if (micros >= SILENCE_MICROS) {
                silences.add(new Silence(arrivals.micros(i - 1) / MILLIS, micros / MILLIS));
            }
        }
        return silences.stream()
                .sorted(Comparator.comparingDouble(Silence::millis).reversed())
                .limit(MOST_SILENCES)
                .sorted(Comparator.comparingDouble(Silence::start))
                .toList();
    }

    private List<ToolTime> tools(StoredExchange exchange) {
        Optional<String> hint = exchange.requestHeaders().first(DURATIONS);
        if (hint.isPresent()) {
            List<ToolTime> tools = new ArrayList<>();
            Matcher matcher = DURATION.matcher(hint.get());
            while (matcher.find() && tools.size() < MOST_TOOLS) {
                tools.add(new ToolTime(matcher.group(1).strip(), Double.parseDouble(matcher.group(2)), Source.HINT));
            }
            return tools;
        }
        return reader.before(exchange.summary().id())
                .flatMap(reader::find)
                .flatMap(before -> gap(before.summary(), exchange.summary()))
                .map(List::of)
                .orElse(List.of());
    }

    private static Optional<ToolTime> gap(ExchangeSummary before, ExchangeSummary now) {
        Duration took = before.duration();
        if (before.tool() == null || took == null || !"tool_use".equals(before.stopReason())) {
            return Optional.empty();
        }
        Duration gap = Duration.between(before.at().plus(took), now.at());
        return gap.isNegative()
                ? Optional.empty()
                : Optional.of(new ToolTime(before.tool(), gap.toMillis(), Source.GAP));
    }
}

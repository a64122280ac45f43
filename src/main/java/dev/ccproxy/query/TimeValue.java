package dev.ccproxy.query;

import dev.ccproxy.query.QueryProblem.Reason;
import dev.ccproxy.query.Reading.Read;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A point in time, as a date, a time of today, both, or how long ago.
 *
 * @param after whether those from then on are meant; else those before it
 */
record TimeValue(boolean after) implements Values {

    private static final Pattern AGO = Pattern.compile("([0-9]{1,6})([smhdw])");
    private static final Pattern DATE = Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}");
    private static final Pattern TIME = Pattern.compile("[0-9]{2}:[0-9]{2}(:[0-9]{2})?");
    private static final Pattern BOTH = Pattern.compile(
            "[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(:[0-9]{2}(\\.[0-9]{1,3})?)?(Z|[+-][0-9]{2}:[0-9]{2})?");

    @Override
    public Reading<Condition> read(KeyedTerm term, Moment moment) {
        if (term.operator() != Operator.HAS) {
            return Reading.refuse(
                    term.sign(),
                    Reason.BAD_OPERATOR,
                    "`" + key() + "` compares already.",
                    "Write `" + key() + ":` and the time.");
        }
        if (term.values().size() > 1) {
            return OneValue.refuse(term);
        }
        return instant(term.values().getFirst(), moment).map(this::condition);
    }

    private Condition condition(Instant instant) {
        long millis = instant.toEpochMilli();
        return new Condition.Within(
                NumberField.AT, List.of(after ? new Range(millis, null) : new Range(null, millis - 1)));
    }

    private Reading<Instant> instant(Word word, Moment moment) {
        return parse(word.text(), moment)
                .<Reading<Instant>>map(Read::new)
                .orElseGet(() -> Reading.refuse(
                        word,
                        Reason.BAD_VALUE,
                        "`" + word.shown() + "` is no time.",
                        "Write `" + key() + ":` with " + form() + "."));
    }

    private static Optional<Instant> parse(String text, Moment moment) {
        try {
            return Optional.ofNullable(instantOf(text.toUpperCase(Locale.ROOT), moment));
        } catch (DateTimeException | ArithmeticException noSuchDay) {
            return Optional.empty();
        }
    }

    private static @Nullable Instant instantOf(String text, Moment moment) {
        LocalDate today = LocalDate.ofInstant(moment.now(), moment.zone());
        Matcher ago = AGO.matcher(text.toLowerCase(Locale.ROOT));
        if (ago.matches()) {
            return moment.now().minus(unit(ago.group(2)).multipliedBy(Long.parseLong(ago.group(1))));
        }
        if (text.equals("TODAY")) {
            return startOf(today, moment);
        }
        if (text.equals("YESTERDAY")) {
            return startOf(today.minusDays(1), moment);
        }
        if (DATE.matcher(text).matches()) {
            return startOf(LocalDate.parse(text), moment);
        }
        if (TIME.matcher(text).matches()) {
            return today.atTime(LocalTime.parse(text)).atZone(moment.zone()).toInstant();
        }
        Matcher both = BOTH.matcher(text);
        if (both.matches()) {
            return both.group(3) == null
                    ? LocalDateTime.parse(text).atZone(moment.zone()).toInstant()
                    : OffsetDateTime.parse(text).toInstant();
        }
        return null;
    }

    private static Instant startOf(LocalDate day, Moment moment) {
        return day.atStartOfDay(moment.zone()).toInstant();
    }

    private static Duration unit(String letter) {
        return switch (letter) {
            case "s" -> Duration.ofSeconds(1);
            case "m" -> Duration.ofMinutes(1);
            case "h" -> Duration.ofHours(1);
            case "d" -> Duration.ofDays(1);
            default -> Duration.ofDays(7);
        };
    }

    private String key() {
        return after ? "after" : "before";
    }

    @Override
    public String form() {
        return "2h (30s, 15m, 3d, 1w: so long ago), today, yesterday, 2026-11-24, 09:30 or 2026-11-24T09:30";
    }
}

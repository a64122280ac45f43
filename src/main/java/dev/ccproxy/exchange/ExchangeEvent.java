package dev.ccproxy.exchange;

import dev.ccproxy.http.Bytes;
import dev.ccproxy.http.Headers;
import java.util.List;

/**
 * What happens to an exchange after it was {@link Opened}, in order: any number of {@link RequestBytes}, then
 * {@link RequestEnded} (which an early answer may overtake or an abort leave out), {@link ResponseHead}, any number of
 * {@link ResponseBytes}, and exactly one {@link Ended}, after which nothing follows. Where a rule sends the request
 * elsewhere, {@link Rerouted}, {@link NotAnswered}, {@link UpstreamHead}, {@link UpstreamBytes} and {@link NotCarried} tell
 * what went there and came back; {@code UpstreamBytes} stand beside the {@code ResponseBytes} that were made of them.
 *
 * <p>{@code nanos} is {@link System#nanoTime()} at the moment the bytes were read from the socket.
 */
public sealed interface ExchangeEvent {

    long nanos();

    /** A piece of the client's request body. */
    record RequestBytes(Bytes bytes, long nanos) implements ExchangeEvent {}

    /** The client's request is whole. */
    record RequestEnded(long nanos) implements ExchangeEvent {}

    /**
     * The request goes to somebody else than the client thinks, and this is what that one is sent, once it can be reached.
     * Comes again when that one cannot answer and another is asked.
     */
    record Rerouted(RouteTaken route, Headers headers, Bytes body, long nanos) implements ExchangeEvent {}

    /** One that was to be asked gave no answer, and another is asked: its {@link Rerouted} follows. */
    record NotAnswered(FailedAttempt attempt, long nanos) implements ExchangeEvent {}

    /** The head of the answer to a rerouted request, before anything was changed. */
    record UpstreamHead(int status, Headers headers, long nanos) implements ExchangeEvent {}

    /** A piece of the body of such an answer. */
    record UpstreamBytes(Bytes bytes, long nanos) implements ExchangeEvent {}

    /**
     * What the translation of a rerouted request and its answer could not carry over; the last before the end.
     *
     * @param losses names such as {@code cache_control}
     */
    record NotCarried(List<String> losses, long nanos) implements ExchangeEvent {
        public NotCarried {
            losses = List.copyOf(losses);
        }
    }

    /**
     * The head of the answer as the client gets it.
     *
     * @param own whether the proxy made this answer itself (the upstream gave none)
     */
    record ResponseHead(int status, Headers headers, boolean own, long nanos) implements ExchangeEvent {}

    /** A piece of the answer's body, still in its content encoding. */
    record ResponseBytes(Bytes bytes, long nanos) implements ExchangeEvent {}

    /**
     * The one end.
     *
     * @param outcome never {@link Outcome#RUNNING}
     * @param detail one sentence for people, empty when there is nothing to add, such as {@code upstream closed the
     *     connection in the middle of the answer}
     */
    record Ended(Outcome outcome, String detail, long nanos) implements ExchangeEvent {}
}

package dev.ccproxy.translate;

import org.jspecify.annotations.Nullable;

/** A piece of an answer, in no format: a reader gives them in their order, a writer takes them. */
sealed interface AnswerPart {

    /** The first part; {@code tier} is the tier of service where the provider names it. */
    record Began(
            @Nullable String id,
            @Nullable String model,
            @Nullable String tier) implements AnswerPart {}

    /** A piece of the text. */
    record Text(String piece) implements AnswerPart {}

    /** A piece of the text in which the model declines. */
    record Refusal(String piece) implements AnswerPart {}

    /** A piece of the thinking. */
    record Thinking(String piece) implements AnswerPart {}

    /** The thinking before this is whole and bears that seal. */
    record Sealed(ThinkingSeal seal) implements AnswerPart {}

    /** A tool call begins. */
    record Call(int call, @Nullable String id, String name) implements AnswerPart {}

    /** A piece of the arguments of a call that has begun. */
    record Arguments(int call, String piece) implements AnswerPart {}

    /** The block, item or call that was written last is whole. */
    record Closed() implements AnswerPart {}

    /** Why the answer ended; {@code sequence} is the stop sequence that was met. */
    record Stopped(StopReason reason, @Nullable String sequence) implements AnswerPart {}

    /** What the answer used. */
    record Counted(TokenCounts counts) implements AnswerPart {}

    /** The answer is whole. The last part, but for {@link Failed}. */
    record Ended() implements AnswerPart {}

    /** The provider gave up in the middle of the answer; {@code type} is one of Anthropic's error types. */
    record Failed(String type, String message) implements AnswerPart {}
}

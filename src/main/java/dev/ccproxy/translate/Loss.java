package dev.ccproxy.translate;

import java.util.Locale;

/** Something that a translation could not carry over. */
public enum Loss {
    THINKING_HISTORY("Thinking of earlier turns is not sent: only the provider that thought it can read it."),
    REDACTED_THINKING(
            "Encrypted thinking of earlier turns is not sent: only the provider that thought it can read it."),
    CACHE_CONTROL("Cache marks are not sent: the provider decides by itself what it caches."),
    CONTEXT_MANAGEMENT("The provider does not clear old tool results from the context by itself."),
    SAFEGUARDS("The provider gives no safety verdict on tool calls, which auto mode asks for."),
    SERVICE_TIER("The wish for a tier or speed of service is not sent."),
    METADATA("What the request says about itself is not sent, but for a short hash of the user."),
    SERVER_TOOL("Tools that the provider itself would run, such as web search, are not offered to the model."),
    SERVER_TOOL_HISTORY(
            "Calls of earlier turns to tools that the provider itself ran, and their results, are not sent."),
    TOOL_MEMBERS("Of a tool only name, description and schema are sent."),
    TOOL_NAME("Names of tools that are too long for the provider are sent shortened, and restored in the answer."),
    TOOL_RESULT_FAILED("That a tool failed is only said by the text of its result."),
    TOOL_RESULT_MEDIA("Images and documents in a tool result are sent in the user message behind it."),
    STORED_FILE("Files in another provider's file store are not sent."),
    DOCUMENT("Documents that are neither text nor of a kind that the provider takes are not sent."),
    CITATIONS("Citations and annotations are not carried over."),
    PREFILL("The provider does not go on with an answer that the client began; it sees it as an earlier answer."),
    TOP_K("`top_k` is not sent."),
    SAMPLING("`temperature` and `top_p` are not sent: the model refuses them."),
    TEMPERATURE("A temperature above 1 is sent as 1."),
    STOP_SEQUENCES("Stop sequences are not sent, or only the first four: the provider refuses more, or all."),
    MAX_TOKENS("The limit of the answer is lowered to what the model allows."),
    EFFORT("The effort of thinking is not sent, or as the nearest that the model knows."),
    THINKING_WITH_TOOLS(
            "The model thinks less or not at all: in Chat Completions it refuses to think where it has tools."),
    THINKING_BUDGET("Thinking is not asked for: the limit of the answer leaves no room for it, or the model cannot."),
    PARALLEL_TOOL_CALLS("That the model should call one tool at a time is not sent: the model refuses it."),
    JSON_SCHEMA(
            "The schema of the answer is sent as an instruction: the provider knows none, or the model takes no open one."),
    SYSTEM_MOVED("Instructions in the middle of the conversation are sent at its start."),
    CHOICES("Only one answer is asked for, or carried over."),
    PENALTIES("Penalties and biases on tokens are not sent."),
    SEED("The seed is not sent."),
    LOG_PROBABILITIES("Probabilities of tokens are not carried over."),
    AUDIO("Audio is not carried over."),
    PREDICTION("The predicted answer is not sent."),
    SPEAKER_NAME("Names of the speakers are not sent."),
    IMAGE_DETAIL("How closely to look at an image is not sent."),
    CUT_ARGUMENTS("Arguments of an earlier tool call that are no JSON are sent as a text inside of an object."),
    LATE_ARGUMENTS("A piece of a tool call's arguments that came after the call was whole is dropped."),
    PROVIDER_TOOL("What a tool gave that the provider itself ran, such as a search or an image, is not carried over."),
    STORED_CONVERSATION("A conversation that the other provider stores is not continued."),
    UNKNOWN_MEMBER("Members of the request that this version does not know are not sent."),
    UNKNOWN_BLOCK("Content of a kind that this version does not know is not carried over."),
    UNKNOWN_EVENT("An event of a kind that this version does not know is not carried over.");

    private final String sentence;

    Loss(String sentence) {
        this.sentence = sentence;
    }

    /** How records and documents call it, such as {@code cache_control}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** What it means for people. */
    public String sentence() {
        return sentence;
    }
}

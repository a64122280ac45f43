package dev.ccproxy.translate;

/** Writes the document about translation; what it lists comes from the declarations themselves. */
public final class TranslationGuide {

    private static final String INTRODUCTION = """
            # Translation

            <!-- Written by `./ccproxy docs` from dev.ccproxy.translate: do not edit. -->

            A provider that does not speak the Messages API is asked in its own format, and answers as if a Claude model
            had: the same tool loop, the same stream, honest usage, clear errors. The other way round, a client of Chat
            Completions can ask a Claude model. `ccproxy translate` does the same with what it reads, one JSON object a
            line; see `ccproxy translate --help`.

            ## What becomes of a request

            | Messages API | Chat Completions | Responses |
            |---|---|---|
            | `system` | first message, blocks joined with a blank line | `instructions`, joined likewise |
            | Claude Code's billing block | removed | removed |
            | `role: system` in the middle | system message at the same place | system message at the same place |
            | text, images | parts; a single text as a string | `input_text`, `input_image` |
            | text documents | text under the title | text under the title |
            | other documents | `file` | `input_file` |
            | `tool_use` | `tool_calls`, the input to the letter | `function_call`, to the letter |
            | `tool_result` | one `tool` message each, in order, before the user's text | `function_call_output` |
            | media in a result | in the user message behind the results | in the result |
            | thinking of the same provider | dropped, but for the quirk `reasoning_back` | `reasoning` item with its encrypted content |
            | `tools` | functions; names over 64 characters shortened, and restored in the answer | functions, `strict: false` |
            | `tool_choice` any, tool, none | `required`, the function, `none` | `required`, the function, `none` |
            | `disable_parallel_tool_use` | `parallel_tool_calls: false` | `parallel_tool_calls: false` |
            | `max_tokens` | `max_completion_tokens`, at most what the model allows | `max_output_tokens`, likewise |
            | effort, or the thinking budget | `reasoning_effort` (below 2048 low, below 4096 medium, else high) | `reasoning.effort` |
            | `output_config.format` | `response_format` | `text.format` |
            | `metadata.user_id` | `user`, a short hash | `user`, a short hash |
            | `stream` | with `stream_options.include_usage` | as it is |

            Nothing is left with a provider of Responses: `store` is false, and its thinking comes back encrypted in the
            signature of a thinking block. GPT models from 5.2 on refuse to think in Chat Completions where they are given
            tools, so they are sent `reasoning_effort: none` then; they think in Responses.

            ## What becomes of an answer

            Blocks are opened one after the other, with rising indexes, and every piece is passed on at once; only a piece
            of another call while one is open waits until that one is whole. Thinking (`reasoning_content`, `reasoning`,
            summaries) becomes thinking blocks with a signature of our own, which is recognised and taken out again before
            Anthropic sees it. A refusal is text and the stop reason `refusal`.

            | Chat Completions | Responses | Messages API |
            |---|---|---|
            | `stop` | `completed` | `end_turn`, or `tool_use` where a tool is called, or `stop_sequence` where the provider names it |
            | `tool_calls` | `completed` with a call | `tool_use` |
            | `length` | `incomplete` | `max_tokens` |
            | `content_filter` | `incomplete` by the filter | `refusal` |

            OpenAI counts cached tokens in the prompt, Anthropic beside it: `input_tokens` is the prompt without them, and
            the other way `prompt_tokens` is the sum. Ids of tool calls stay as they are, but for characters that the
            Messages API refuses: such an id is packed and unpacked again. Arguments that were cut off stay a text.

            ## Errors and breaks

            The status and `retry-after` of an error stay, and the provider's words are its message. 400 is
            `invalid_request_error`, 401 `authentication_error`, 402 `billing_error`, 403 `permission_error`, 404
            `not_found_error`, 413 `request_too_large`, 429 `rate_limit_error`, 503 and 529 `overloaded_error`, any other
            5xx `api_error`. An error inside of a stream becomes an `error` event. A stream that breaks off stays broken:
            no end is made up for it.
            """;

    private static final String LOSSES = """

            ## What is lost

            Nothing is left out silently: what could not be carried over is named in the exchange.

            | name | what it means |
            |---|---|
            """;

    private static final String QUIRKS = """

            ## How providers differ

            | quirk | the provider |
            |---|---|
            """;

    private static final String DIFFERENCES = """

            ## Where others translate differently

            | what | ours | others | why |
            |---|---|---|---|
            | usage of a Claude model in Chat Completions | `prompt_tokens` holds cached tokens | without them | OpenAI's API reference: cached tokens are a part of the prompt |
            | no tokens of completion, but a larger total | 0, as the provider says | the rest of the total | the provider's own number |
            | `metadata.user_id` | a short hash | as it is | it holds ids of the device and the account |
            | system blocks | joined with a blank line | with a line break, or as parts | servers that take only a string; blocks are paragraphs |
            | cache marks | dropped | as `prompt_cache_breakpoint` | only the newest models take them, and they cache by themselves |
            | images in a tool result | follow in the user message | dropped | the model is to see them |
            | `json_object` for a Claude model | an instruction | a schema with any members | Anthropic's structured outputs want `additionalProperties: false` |
            | effort `high` or more without a limit, for an older Claude model | the limit is the budget and 4,096 | a budget of all but one token | the budget is a part of the limit: nothing would be left for the answer |
            | thinking in an answer | a thinking block, a reasoning item | dropped | the client shows it |
            | why a Responses answer is incomplete | `max_output_tokens` | `max_tokens` | the only names that OpenAI's API reference has are `max_output_tokens` and `content_filter` |
            """;

    private TranslationGuide() {}

    /** The document as it has to be. */
    public static String text() {
        StringBuilder text = new StringBuilder(INTRODUCTION).append(LOSSES);
        for (Loss loss : Loss.values()) {
            text.append("| `%s` | %s |\n".formatted(loss.label(), loss.sentence()));
        }
        text.append(QUIRKS);
        for (Quirk quirk : Quirk.values()) {
            text.append("| `%s` | %s |\n".formatted(quirk.label(), quirk.sentence()));
        }
        return text.append(DIFFERENCES).toString();
    }
}

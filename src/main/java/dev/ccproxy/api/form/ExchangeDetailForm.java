package dev.ccproxy.api.form;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Everything about one exchange. In the JSON parts, {@code {"truncated": true, "bytes": 91234, "href": ...}} stands for
 * a text of more than 64 KiB.
 */
public record ExchangeDetailForm(
        ExchangeSummaryForm summary,

        @JsonPropertyDescription("Whether somebody starred it.")
        boolean starred,

        @JsonPropertyDescription("Tags that somebody gave it.")
        List<String> tags,

        @JsonPropertyDescription("Path with query as the client sent it.")
        String target,

        @JsonPropertyDescription("Address of the client.") String clientAddress,

        @JsonPropertyDescription("Name of the proxy's own token that the client sent; absent without one.") @Nullable
        String tokenName,

        @JsonPropertyDescription("One sentence on how it ended.") @Nullable
        String detail,

        @JsonPropertyDescription("The request-id of the upstream's answer.") @Nullable
        String requestId,

        @JsonPropertyDescription("Id of the message.") @Nullable
        String messageId,

        @JsonPropertyDescription("Shared by the attempts of one request: same session, agent and body.") @Nullable
        String attemptGroup,

        List<HeaderForm> requestHeaders,
        @Nullable BodyForm requestBody,

        @JsonPropertyDescription(
                "The request, where it is JSON; {truncated, bytes, href} stands for a text over 64 KiB.")
        @Nullable
        RawJson request,

        @Nullable List<HeaderForm> responseHeaders,
        @Nullable BodyForm responseBody,

        @JsonPropertyDescription("Whether the answer is a stream.")
        boolean streamed,

        @JsonPropertyDescription("The message that the stream adds up to, or the answer itself where it is JSON; "
                + "long texts as in request.")
        @Nullable
        RawJson response,

        @JsonPropertyDescription("Only of streams.") @Nullable
        FoldingForm folding,

        TimingForm timing,

        @JsonPropertyDescription("Absent where the exchange went where the client sent it.") @Nullable
        ReroutingForm rerouting) {}

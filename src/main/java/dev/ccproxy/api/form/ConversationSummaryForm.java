package dev.ccproxy.api.form;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.ccproxy.transcript.AgentNotes;
import dev.ccproxy.transcript.SessionTranscript;
import dev.ccproxy.transcript.TokenSums;
import dev.ccproxy.transcript.TranscriptFacts;
import dev.ccproxy.transcript.TranscriptFile;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the files of a session say, without their text. */
public record ConversationSummaryForm(
        @JsonPropertyDescription("Id of the session.") String id,

        @JsonPropertyDescription("Name of the project's folder.")
        String project,

        @JsonPropertyDescription("The session's title: chosen by a person, else made up by the client.") @Nullable
        String title,

        @JsonPropertyDescription("Beginning of what the user said first.") @Nullable
        String firstPrompt,

        @JsonPropertyDescription("Where the client worked last.") @Nullable
        String cwd,

        @Nullable String gitBranch,

        @JsonPropertyDescription("Versions of the client, oldest first.")
        List<String> versions,

        @JsonPropertyDescription("The file of the main agent.")
        FileForm file,

        List<AgentForm> agents,

        @JsonPropertyDescription("All agents together, by model; each answer counts once.")
        List<TokensForm> tokens) {

    /** What one file says. */
    public record FileForm(
            long bytes,
            long records,

            @JsonPropertyDescription("How many records there are of each type.")
            Map<String, Long> types,

            @JsonPropertyDescription("Lines that are no JSON object; they are left out.")
            long broken,

            @JsonPropertyDescription("Lines that are too long to be read; they are left out.")
            long tooLong,

            @JsonPropertyDescription("Milliseconds since 1970.") @Nullable
            Long start,

            @JsonPropertyDescription("Milliseconds since 1970.") @Nullable
            Long end,

            @JsonPropertyDescription("Messages of the client itself that say what failed.")
            long failures,

            @JsonPropertyDescription("Answers of the API; each has one record for each of its blocks.")
            int answers,

            @JsonPropertyDescription("By model; each answer counts once.")
            List<TokensForm> tokens) {}

    /** A subagent. */
    public record AgentForm(
            @JsonPropertyDescription("Id of the subagent.") String id,

            @JsonPropertyDescription("Such as code-reviewer.") @Nullable
            String type,

            @JsonPropertyDescription("The parent's words for its task.") @Nullable
            String description,

            @JsonPropertyDescription("Id of the tool call that started it.") @Nullable
            String toolUseId,

            @JsonPropertyDescription("1 for a subagent of the main agent.") @Nullable
            Integer depth,

            @Nullable Boolean finished,
            FileForm file) {}

    public static ConversationSummaryForm of(SessionTranscript session) {
        TranscriptFacts facts = session.facts();
        return new ConversationSummaryForm(
                session.file().session(),
                session.file().project(),
                facts.title(),
                facts.firstPrompt(),
                facts.cwd(),
                facts.gitBranch(),
                facts.versions(),
                file(session.file(), facts),
                session.agents().stream().map(ConversationSummaryForm::agent).toList(),
                tokens(session.tokens()));
    }

    private static AgentForm agent(SessionTranscript.Agent agent) {
        AgentNotes notes = agent.notes();
        return new AgentForm(
                String.valueOf(agent.file().agent()),
                notes == null ? null : notes.agentType(),
                notes == null ? null : notes.description(),
                notes == null ? null : notes.toolUseId(),
                notes == null ? null : notes.spawnDepth(),
                notes == null ? null : notes.finished(),
                file(agent.file(), agent.facts()));
    }

    private static FileForm file(TranscriptFile file, TranscriptFacts facts) {
        return new FileForm(
                file.bytes(),
                facts.records(),
                facts.types(),
                facts.broken(),
                facts.tooLong(),
                millis(facts.start()),
                millis(facts.end()),
                facts.failures(),
                facts.answers().size(),
                tokens(facts.tokens()));
    }

    private static List<TokensForm> tokens(Map<String, TokenSums> tokens) {
        return tokens.entrySet().stream()
                .map(entry -> TokensForm.of(entry.getKey(), entry.getValue()))
                .toList();
    }

    private static @Nullable Long millis(@Nullable Instant at) {
        return at == null ? null : at.toEpochMilli();
    }
}

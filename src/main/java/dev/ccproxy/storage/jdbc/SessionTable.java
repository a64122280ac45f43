package dev.ccproxy.storage.jdbc;

import dev.ccproxy.anthropic.ToolCall;
import dev.ccproxy.exchange.ExchangeSummary;
import dev.ccproxy.session.AgentCall;
import dev.ccproxy.session.AgentName;
import dev.ccproxy.session.Histories;
import dev.ccproxy.session.SessionNews;
import dev.ccproxy.session.Turn;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Writes what exchanges tell of their sessions. For the writer thread. */
final class SessionTable {

    private static final long HOUR_MILLIS = Duration.ofHours(1).toMillis();

    private final PreparedStatement addTurn;
    private final PreparedStatement addCall;
    private final PreparedStatement nameAgent;
    private final PreparedStatement title;
    private final PreparedStatement project;
    private final PreparedStatement history;
    private final PreparedStatement fork;
    private final PreparedStatement countTool;
    private final PreparedStatement printCalls;
    private final PreparedStatement seePrompt;

    SessionTable(Connection connection) throws SQLException {
        this.addTurn = connection.prepareStatement("""
                INSERT INTO turn(session_id, number, prompt_id, prompt, at) VALUES (?, ?, ?, ?, ?)
                ON CONFLICT(session_id, number) DO NOTHING""");
        this.addCall = connection.prepareStatement("""
                INSERT INTO agent_call(session_id, id, caller, agent, description, prompt, turn, at, agent_id)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
                ON CONFLICT(session_id, id) DO UPDATE SET agent_id = coalesce(excluded.agent_id, agent_call.agent_id)""");
        this.nameAgent = connection.prepareStatement(
                "UPDATE thread SET agent_name = ?, name_source = ?, call_id = ? WHERE session_id = ? AND agent_id = ?");
        this.title =
                connection.prepareStatement("UPDATE session SET title = ?, titled = ? WHERE id = ? AND titled <= ?");
        this.project = connection.prepareStatement("UPDATE session SET project = ? WHERE id = ?");
        this.history = connection.prepareStatement("UPDATE session SET history = ? WHERE id = ?");
        this.fork = connection.prepareStatement("UPDATE session SET forked_from = ?, fork_messages = ? WHERE id = ?");
        this.countTool = connection.prepareStatement("""
                INSERT INTO rollup_tool(hour, tool, calls) VALUES (?, ?, 1)
                ON CONFLICT(hour, tool) DO UPDATE SET calls = rollup_tool.calls + 1""");
        this.printCalls = connection.prepareStatement("UPDATE exchange SET calls_print = ?, tools = ? WHERE id = ?");
        this.seePrompt = connection.prepareStatement("""
                INSERT INTO prompt_version(part, print, agent, first_at, last_at, first_id, last_id)
                VALUES (?, ?, ?, ?, ?, ?, ?)
                ON CONFLICT(part, print, agent) DO UPDATE SET last_at = excluded.last_at, last_id = excluded.last_id""");
    }

    /** Writes the news that an exchange brings, whose row is written. */
    void write(OpenRow row, ExchangeSummary summary, SessionNews news) throws SQLException {
        if (news.equals(SessionNews.NONE)) {
            return;
        }
        long session = row.thread().session();
        long at = summary.at().toEpochMilli();
        Turn turn = news.turn();
        if (turn != null) {
            run(addTurn, session, turn.number(), turn.promptId(), turn.prompt(), at);
        }
        for (AgentCall call : news.calls()) {
            run(
                    addCall,
                    session,
                    call.id(),
                    Objects.requireNonNullElse(call.caller(), ""),
                    call.agent(),
                    call.description(),
                    call.prompt(),
                    call.turn(),
                    at,
                    call.agentId());
        }
        for (AgentName name : news.names()) {
            run(nameAgent, name.name(), name.source().word(), name.call(), session, name.agentId());
        }
        if (news.title() != null) {
            int titled = news.titled() ? 1 : 0;
            run(title, news.title(), titled, session, titled);
        }
        if (news.project() != null) {
            run(project, news.project(), session);
        }
        if (news.history() != null) {
            run(history, news.history(), session);
        }
        Histories.Origin origin = news.origin();
        if (origin != null) {
            run(fork, origin.session(), origin.messages(), session);
        }
        writeTools(row, at, news);
        SessionNews.PromptPrints prompts = news.prompts();
        if (prompts != null) {
            byte[] id = Cursor.idBytes(summary.id());
            see("system", prompts.system(), prompts.agent(), at, id);
            see("tools", prompts.tools(), prompts.agent(), at, id);
        }
    }

    private void writeTools(OpenRow row, long at, SessionNews news) throws SQLException {
        for (ToolCall call : news.tools()) {
            run(countTool, at / HOUR_MILLIS, call.name());
        }
        if (!news.tools().isEmpty()) {
            String tools = news.tools().stream().map(ToolCall::name).collect(Collectors.joining("\n"));
            run(printCalls, news.callsPrint(), tools, row.id());
        }
    }

    private void see(String part, long print, String agent, long at, byte[] id) throws SQLException {
        if (print != 0) {
            run(seePrompt, part, print, agent, at, at, id, id);
        }
    }

    private static void run(PreparedStatement statement, @Nullable Object... parameters) throws SQLException {
        for (int i = 0; i < parameters.length; i++) {
            statement.setObject(i + 1, parameters[i]);
        }
        statement.executeUpdate();
    }
}

package dev.ccproxy.query;

import dev.ccproxy.exchange.AgentRole;
import dev.ccproxy.query.QueryProblem.Reason;
import dev.ccproxy.query.Reading.Read;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Kinds of agents, and names of subagents: any word that is no kind is a name. */
record AgentValues() implements Values {

    @Override
    public Reading<Condition> read(KeyedTerm term, Moment moment) {
        if (term.operator().compares()) {
            return Reading.refuse(
                    term.sign(),
                    Reason.BAD_OPERATOR,
                    "Agents have no order.",
                    "Write `agent:` and one of " + form() + ".");
        }
        List<AgentRole> roles = new ArrayList<>();
        List<String> names = new ArrayList<>();
        for (Word word : term.values()) {
            String written = word.text().toLowerCase(Locale.ROOT);
            Arrays.stream(AgentRole.values())
                    .filter(role -> role.word().equals(written))
                    .findFirst()
                    .ifPresentOrElse(roles::add, () -> names.add(word.text()));
        }
        return new Read<>(
                new Condition.OfAgent(roles.stream().distinct().toList(), names, term.operator() == Operator.EQUAL));
    }

    @Override
    public String form() {
        return "main, subagent, auxiliary, or the name of a subagent";
    }
}

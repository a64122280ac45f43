package dev.ccproxy.session;

import java.util.ArrayList;
import java.util.List;

/**
 * What one exchange tells of the agents of its session; still grows.
 *
 * @param names that are new
 * @param calls that are new, or of which more is known
 */
record AgentNews(List<AgentName> names, List<AgentCall> calls) {

    static AgentNews none() {
        return new AgentNews(new ArrayList<>(), new ArrayList<>());
    }
}

package dev.ccproxy.api;

import dev.ccproxy.api.form.ClientChangesForm;
import dev.ccproxy.api.form.ClientsForm;
import dev.ccproxy.api.route.Parameter;
import dev.ccproxy.api.route.Parameter.Value;
import dev.ccproxy.api.route.Reply;
import dev.ccproxy.api.route.Route;
import dev.ccproxy.api.route.RouteDraft;
import java.util.List;

/** Routes about the programs that send requests. */
final class ClientRoutes {

    private ClientRoutes() {}

    static List<Route> of(ApiRoutes.Parts parts, StoredBytes bodies) {
        Clients clients = new Clients(parts.clients(), parts.reader(), bodies);
        return List.of(
                RouteDraft.viewer(
                                "GET",
                                "/api/clients",
                                "listClients",
                                "Lists the programs that sent requests, and what a proxy changes for them.")
                        .replies(Reply.json(200, ClientsForm.class, "The programs, at most 200."))
                        .by(clients::list),
                RouteDraft.viewer(
                                "GET",
                                "/api/clients/changes",
                                "compareClients",
                                "Tells what one version of a client sends that another did not.")
                        .parameters(
                                Parameter.query(
                                        "from",
                                        new Value.Text(),
                                        "Version to compare with; the newest before the other where left out."),
                                Parameter.query(
                                        "to", new Value.Text(), "Version, such as 2.1.330; the newest where left out."))
                        .replies(
                                Reply.json(200, ClientChangesForm.class, "The differences."),
                                Reply.problem(404, "There are not two versions to compare."))
                        .by(clients::changes));
    }
}

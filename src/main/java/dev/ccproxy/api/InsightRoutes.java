package dev.ccproxy.api;

import dev.ccproxy.api.form.CacheForm;
import dev.ccproxy.api.form.ChangesForm;
import dev.ccproxy.api.form.ContextForm;
import dev.ccproxy.api.form.CostForm;
import dev.ccproxy.api.form.PromptForm;
import dev.ccproxy.api.form.PromptListForm;
import dev.ccproxy.api.form.SearchPageForm;
import dev.ccproxy.api.form.TimelineForm;
import dev.ccproxy.api.route.Parameter;
import dev.ccproxy.api.route.Parameter.Value;
import dev.ccproxy.api.route.Reply;
import dev.ccproxy.api.route.Route;
import dev.ccproxy.api.route.RouteDraft;
import java.util.List;
import java.util.stream.Stream;

/** Routes that find exchanges by what they say, and explain them. */
final class InsightRoutes {

    private InsightRoutes() {}

    static List<Route> of(ApiRoutes.Parts parts, StoredBytes bodies) {
        ExchangeInsight insight = new ExchangeInsight(parts.reader(), bodies, parts.costs());
        return Stream.of(
                        search(new SearchList(parts.search(), parts.clock())),
                        insight(insight, new ExchangeTiming(parts.reader(), bodies)),
                        prompts(new PromptList(parts.prompts(), parts.reader(), bodies)))
                .flatMap(List::stream)
                .toList();
    }

    private static List<Route> search(SearchList search) {
        return List.of(RouteDraft.viewer(
                        "GET", "/api/search", "search", "Finds text in requests and answers, recorded last first.")
                .parameters(
                        Parameter.query(
                                "q",
                                new Value.Text(),
                                "What to find, and of which exchanges, such as `\"no such file\" model:opus`."),
                        Parameter.query("limit", SearchList.LIMIT, "Longest page."),
                        Parameter.query("cursor", new Value.Text(), "The next of the page before."))
                .replies(Reply.json(
                        200, SearchPageForm.class, "Some hits; may be few, even none, and have a next page."))
                .by(search));
    }

    private static List<Route> prompts(PromptList prompts) {
        return List.of(
                RouteDraft.viewer(
                                "GET",
                                "/api/prompts",
                                "listPrompts",
                                "Lists versions of system prompts and tools, those that were sent last first.")
                        .parameters(Parameter.query("limit", PromptList.LIMIT, "Longest list."))
                        .replies(Reply.json(200, PromptListForm.class, "The versions."))
                        .by(prompts::list),
                RouteDraft.viewer(
                                "GET",
                                "/api/prompts/{id}",
                                "getPrompt",
                                "Gives a version with its text, and what it says differently from the one before.")
                        .parameters(
                                new Parameter("id", Parameter.Place.PATH, new Value.Text(), "Its hash."),
                                Parameter.query(
                                        "agent",
                                        new Value.Text(),
                                        "Of several agents that sent it, the one that is meant; the one that did last"
                                                + " where left out."))
                        .replies(
                                Reply.json(200, PromptForm.class, "The version."),
                                Reply.problem(404, "No such version."))
                        .by(prompts::one));
    }

    private static List<Route> insight(ExchangeInsight insight, ExchangeTiming timing) {
        return List.of(
                RouteDraft.viewer(
                                "GET",
                                "/api/exchanges/{id}/context",
                                "getContext",
                                "Tells what fills the context window.")
                        .parameters(Parameter.id())
                        .replies(Reply.json(200, ContextForm.class, "The breakdown."), ApiRoutes.UNKNOWN)
                        .by(insight::context),
                RouteDraft.viewer(
                                "GET",
                                "/api/exchanges/{id}/changes",
                                "getChanges",
                                "Tells what the request says differently from an earlier one.")
                        .parameters(
                                Parameter.id(),
                                Parameter.query(
                                        "base",
                                        new Value.Id(),
                                        "Id of the exchange to compare with; the one before it in its thread where"
                                                + " left out."))
                        .replies(Reply.json(200, ChangesForm.class, "The differences."), ApiRoutes.UNKNOWN)
                        .by(insight::changes),
                RouteDraft.viewer(
                                "GET",
                                "/api/exchanges/{id}/cache",
                                "getCache",
                                "Tells whether the prompt cache was read, and why not.")
                        .parameters(Parameter.id())
                        .replies(Reply.json(200, CacheForm.class, "The verdict."), ApiRoutes.UNKNOWN)
                        .by(insight::cache),
                RouteDraft.viewer(
                                "GET",
                                "/api/exchanges/{id}/timing",
                                "getTiming",
                                "Tells when the parts of the answer came, and how long the tools took before it.")
                        .parameters(Parameter.id())
                        .replies(Reply.json(200, TimelineForm.class, "The times."), ApiRoutes.UNKNOWN)
                        .by(timing::answer),
                RouteDraft.viewer("GET", "/api/exchanges/{id}/cost", "getCost", "Shows what it cost, line by line.")
                        .parameters(Parameter.id())
                        .replies(Reply.json(200, CostForm.class, "The cost."), ApiRoutes.UNKNOWN)
                        .by(insight::cost));
    }
}

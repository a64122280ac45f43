package dev.ccproxy.api.route;

import dev.ccproxy.http.Access;
import dev.ccproxy.http.Answer;
import dev.ccproxy.http.Call;
import dev.ccproxy.http.Endpoint;
import dev.ccproxy.storage.StoreException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One method and path with everything that is to be known about it. The server mounts its {@link #endpoint()}; the
 * OpenAPI description says what stands here; so the two cannot differ.
 *
 * @param path template as in {@link Endpoint}, such as {@code /api/exchanges/{id}}
 * @param operation name of the operation for generated clients, such as {@code listExchanges}
 * @param summary one sentence
 * @param strict whether a query parameter that is not listed is an error
 * @param parameters what the path and the query take; checked before the handler is called
 * @param takes the record whose JSON form the call's body is; null where it takes none, or another
 * @param replies what it answers when nothing is wrong with the call, and the failures of its own
 */
public record Route(
        String method,
        String path,
        Access access,
        String operation,
        String summary,
        boolean strict,
        List<Parameter> parameters,
        @Nullable Class<?> takes,
        List<Reply> replies,
        Endpoint.Handler handler) {

    public Route {
        parameters = List.copyOf(parameters);
        replies = List.copyOf(replies);
    }

    /** The route as the server mounts it: the parameters are checked, then the handler answers. */
    public Endpoint endpoint() {
        return new Endpoint(method, path, access, this::answer);
    }

    private Answer answer(Call call) throws Exception {
        Optional<String> complaint = complaint(call);
        if (complaint.isPresent()) {
            return Problem.badParameter(complaint.get()).answer();
        }
        try {
            return handler.answer(call);
        } catch (StoreException failed) {
            return Problem.storeFailed(String.valueOf(failed.getMessage())).answer();
        }
    }

    private Optional<String> complaint(Call call) {
        for (Parameter parameter : parameters) {
            Optional<String> complaint = parameter.complaint(call);
            if (complaint.isPresent()) {
                return complaint;
            }
        }
        return strict ? unknownParameter(call) : Optional.empty();
    }

    private Optional<String> unknownParameter(Call call) {
        List<String> known = parameters.stream()
                .filter(parameter -> parameter.place() == Parameter.Place.QUERY)
                .map(Parameter::name)
                .toList();
        return call.query().keySet().stream()
                .filter(name -> !known.contains(name))
                .sorted()
                .findFirst()
                .map(name -> "`" + name + "` is not a parameter of " + method + " " + path + ". "
                        + (known.isEmpty() ? "It takes none." : "It takes: " + String.join(", ", known) + "."));
    }
}

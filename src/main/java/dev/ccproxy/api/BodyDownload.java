package dev.ccproxy.api;

import dev.ccproxy.api.form.BodyForm;
import dev.ccproxy.api.route.Problem;
import dev.ccproxy.api.route.Reply.ReplyHeader;
import dev.ccproxy.exchange.ExchangeId;
import dev.ccproxy.http.Answer;
import dev.ccproxy.http.Call;
import dev.ccproxy.http.Endpoint;
import dev.ccproxy.http.Header;
import dev.ccproxy.http.Headers;
import dev.ccproxy.storage.BodyFacts;
import dev.ccproxy.storage.ExchangeReader;
import dev.ccproxy.storage.StoredBody;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A recorded body as a file, piece by piece, so that its length costs no memory. Always a download of type
 * {@code application/octet-stream}: what somebody once sent must never run in the dashboard's origin.
 */
final class BodyDownload implements Endpoint.Handler {

    static final ReplyHeader[] HEADERS = {
        new ReplyHeader("X-Ccproxy-Body-State", "exact, decoded or raw: in which form the bytes are."),
        new ReplyHeader("X-Ccproxy-Wire-Length", "Length of the body on the wire."),
        new ReplyHeader("X-Ccproxy-Wire-Encoding", "Content-Encoding on the wire; absent where there was none."),
        new ReplyHeader("X-Ccproxy-Wire-Sha256", "SHA-256 of the bytes on the wire, in hex."),
    };

    private final ExchangeReader reader;
    private final String whose;
    private final Function<ExchangeId, Optional<StoredBody>> read;

    private BodyDownload(ExchangeReader reader, String whose, Function<ExchangeId, Optional<StoredBody>> read) {
        this.reader = reader;
        this.whose = whose;
        this.read = read;
    }

    static BodyDownload ofRequest(ExchangeReader reader) {
        return new BodyDownload(reader, "request", reader::requestBody);
    }

    static BodyDownload ofResponse(ExchangeReader reader) {
        return new BodyDownload(reader, "response", reader::responseBody);
    }

    static BodyDownload ofUpstreamRequest(ExchangeReader reader) {
        return new BodyDownload(reader, "rerouted request", reader::upstreamRequestBody);
    }

    static BodyDownload ofUpstreamResponse(ExchangeReader reader) {
        return new BodyDownload(reader, "provider's answer", reader::upstreamResponseBody);
    }

    @Override
    public Answer answer(Call call) {
        ExchangeId id = ApiRoutes.id(call);
        Optional<StoredBody> body = read.apply(id);
        if (body.isPresent()) {
            return download(id, body.get());
        }
        return reader.find(id).isEmpty()
                ? Problem.unknownExchange(id).answer()
                : Problem.noBody(whose, "it was empty, is not there yet, or was not kept")
                        .answer();
    }

    private Answer download(ExchangeId id, StoredBody body) {
        BodyFacts facts = body.facts();
        List<Header> headers = new ArrayList<>();
        headers.add(new Header("Content-Type", "application/octet-stream"));
        headers.add(new Header("Content-Length", Long.toString(facts.storedLength())));
        headers.add(new Header("Content-Disposition", "attachment; filename=\"" + id + "." + whose + "\""));
        headers.add(new Header("X-Ccproxy-Body-State", facts.state().word()));
        headers.add(new Header("X-Ccproxy-Wire-Length", Long.toString(facts.wireLength())));
        if (facts.encoding() != null) {
            headers.add(new Header("X-Ccproxy-Wire-Encoding", facts.encoding()));
        }
        String sha256 = BodyForm.sha256(facts);
        if (sha256 != null) {
            headers.add(new Header("X-Ccproxy-Wire-Sha256", sha256));
        }
        return new Answer.Streamed(
                200, new Headers(headers), sink -> body.source().sendTo(sink::write));
    }
}

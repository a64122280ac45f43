package dev.ccproxy.testing;

/** How the end of a message body is found (RFC 9112 section 6.3). */
sealed interface Framing {

    record None() implements Framing {}

    record Length(long bytes) implements Framing {}

    record Chunked() implements Framing {}

    record UntilClose() implements Framing {}

    static Framing ofRequest(MessageHead head) {
        return declared(head, new None());
    }

    static Framing ofResponse(MessageHead head, String requestMethod) {
        int status = head.status();
        boolean bodiless = requestMethod.equals("HEAD") || status < 200 || status == 204 || status == 304;
        return bodiless ? new None() : declared(head, new UntilClose());
    }

    private static Framing declared(MessageHead head, Framing otherwise) {
        if (head.headers().first("transfer-encoding").isPresent()) {
            return new Chunked();
        }
        return head.headers()
                .first("content-length")
                .<Framing>map(length -> new Length(Long.parseLong(length)))
                .orElse(otherwise);
    }
}

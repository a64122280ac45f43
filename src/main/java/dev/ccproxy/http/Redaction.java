package dev.ccproxy.http;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Replaces credentials by {@code hmac:} and 16 hex digits, so that two uses of one credential can be told to be the same
 * without knowing it. Safe for all threads.
 */
public final class Redaction {

    private static final String ALGORITHM = "HmacSHA256";
    private static final int SHOWN_BYTES = 8;

    /** Keyed and never used itself: a copy costs a fraction of a new one. */
    private final Mac keyed;

    private final CredentialNames credentials;

    /**
     * Hashes under {@code key}, which belongs to one store.
     *
     * @param credentialHeader one more header that holds a credential
     */
    public Redaction(Bytes key, String credentialHeader) {
        this.credentials = new CredentialNames(credentialHeader);
        try {
            keyed = Mac.getInstance(ALGORITHM);
            keyed.init(new SecretKeySpec(key.toByteArray(), ALGORITHM));
        } catch (GeneralSecurityException impossible) {
            throw new AssertionError(impossible);
        }
    }

    public Headers headers(Headers headers) {
        List<Header> lines = new ArrayList<>(headers.lines().size());
        for (Header line : headers) {
            lines.add(credentials.isHeader(line.name()) ? new Header(line.name(), hash(line.value())) : line);
        }
        return new Headers(lines);
    }

    /** A request target, such as {@code /v1/files?api_key=hmac:0123456789abcdef}. */
    public String target(String target) {
        int query = target.indexOf('?');
        if (query < 0) {
            return target;
        }
        StringBuilder redacted = new StringBuilder(target.length()).append(target, 0, query);
        char separator = '?';
        for (String parameter : target.substring(query + 1).split("&", -1)) {
            int equals = parameter.indexOf('=');
            boolean hide = equals > 0 && credentials.isParameter(parameter.substring(0, equals));
            redacted.append(separator)
                    .append(
                            hide
                                    ? parameter.substring(0, equals + 1) + hash(parameter.substring(equals + 1))
                                    : parameter);
            separator = '&';
        }
        return redacted.toString();
    }

    private String hash(String value) {
        try {
            Mac mac = (Mac) keyed.clone();
            byte[] code = mac.doFinal(value.getBytes(StandardCharsets.UTF_8));
            return "hmac:" + HexFormat.of().formatHex(code, 0, SHOWN_BYTES);
        } catch (CloneNotSupportedException impossible) {
            throw new AssertionError(impossible);
        }
    }
}

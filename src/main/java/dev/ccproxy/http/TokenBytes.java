package dev.ccproxy.http;

/** The bytes of which methods and header names are made (RFC 9110 section 5.6.2). */
public final class TokenBytes {

    private static final boolean[] TOKEN = new boolean[128];

    static {
        for (char c : "!#$%&'*+-.^_`|~0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ".toCharArray()) {
            TOKEN[c] = true;
        }
    }

    private TokenBytes() {}

    public static boolean contains(byte b) {
        return b >= 0 && TOKEN[b];
    }
}

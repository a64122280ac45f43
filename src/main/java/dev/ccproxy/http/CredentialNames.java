package dev.ccproxy.http;

import java.util.Locale;
import java.util.Set;

/**
 * Tells by its name whether a header or a parameter of a query holds a credential: what is known to, what has token,
 * secret or password anywhere in it, and what ends in key, as in {@code x-api-key}, {@code apiKey} and {@code apikey}.
 * What merely rhymes, such as {@code monkey}, is known by its whole last word; a word that is not listed there is hidden
 * rather than shown. Immutable.
 */
final class CredentialNames {

    private static final Set<String> KNOWN =
            Set.of("authorization", "proxy-authorization", "x-api-key", "api-key", "cookie", "set-cookie");

    /** English words that end in key and are no keys. */
    private static final Set<String> RHYMES = Set.of(
            "donkey",
            "flunkey",
            "hickey",
            "hockey",
            "jockey",
            "lackey",
            "malarkey",
            "mickey",
            "monkey",
            "turkey",
            "whiskey");

    private final String credentialHeader;

    /** With one more header that holds a credential. */
    CredentialNames(String credentialHeader) {
        this.credentialHeader = credentialHeader.toLowerCase(Locale.ROOT);
    }

    /** Whether a header of that name holds a credential. */
    boolean isHeader(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return KNOWN.contains(lower)
                || lower.equals(credentialHeader)
                || lower.contains("token")
                || lower.contains("secret")
                || lower.contains("password")
                || isKey(name);
    }

    /** Whether a parameter holds one whose name stands so in a query: {@code api%5Fkey} is {@code api_key}. */
    boolean isParameter(String encodedName) {
        return isHeader(encodedName.indexOf('%') < 0 ? encodedName : decoded(encodedName));
    }

    private static boolean isKey(String name) {
        String last = lastWord(name).toLowerCase(Locale.ROOT);
        return last.endsWith("key") && !RHYMES.contains(last);
    }

    /** The last of {@code my_key}, {@code my-key[]} and {@code myKey}. */
    private static String lastWord(String name) {
        int end = name.length();
        while (end > 0 && !Character.isLetterOrDigit(name.charAt(end - 1))) {
            end--;
        }
        int start = end;
        while (start > 0 && Character.isLetterOrDigit(name.charAt(start - 1)) && !beginsWord(name, start, end)) {
            start--;
        }
        return name.substring(start, end);
    }

    private static boolean beginsWord(String name, int index, int end) {
        return index < end
                && Character.isUpperCase(name.charAt(index))
                && !Character.isUpperCase(name.charAt(index - 1));
    }

    /** Each encoded byte as one character, which is enough for names in ASCII; what is malformed stays. */
    private static String decoded(String encoded) {
        StringBuilder decoded = new StringBuilder(encoded.length());
        for (int i = 0; i < encoded.length(); i++) {
            int high = encoded.charAt(i) == '%' ? digit(encoded, i + 1) : -1;
            int low = high < 0 ? -1 : digit(encoded, i + 2);
            decoded.append(low < 0 ? encoded.charAt(i) : (char) (high << 4 | low));
            i += low < 0 ? 0 : 2;
        }
        return decoded.toString();
    }

    private static int digit(String text, int index) {
        return index < text.length() ? Character.digit(text.charAt(index), 16) : -1;
    }
}

package dev.ccproxy.search;

import dev.ccproxy.http.Bytes;
import dev.ccproxy.json.JsonPlace;
import dev.ccproxy.json.JsonSpan;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Looks where needles really stand: inside the strings that people or models wrote. Names of members, words of the
 * protocol, signatures and images are no text.
 */
public final class Places {

    private static final int MOST_PLACES = 3;

    /** Looks at so many occurrences of one needle in one text; behind them it counts as not there. */
    private static final int MOST_OCCURRENCES = 32;

    private static final Pattern NO_TEXT =
            Pattern.compile("(?:.*[.\\]])?(?:type|role|signature|encrypted_content|source\\.data)");

    private Places() {}

    /**
     * Where in these parts of a body the wanted needles stand; empty when one of them does not. A body that does not look
     * like JSON is text as a whole.
     *
     * @param regions of the body, ascending
     */
    public static List<Place> in(Bytes body, List<JsonSpan> regions, Needles needles) {
        boolean json = isJson(body);
        return find(needles, (needle, most) -> {
            List<Place> places = new ArrayList<>();
            int occurrences = 0;
            int behind = 0;
            for (JsonSpan region : regions) {
                int from = Math.max(behind, region.from());
                int at = find(needle, body, from, region.to());
                while (at >= 0 && places.size() < most && occurrences++ < MOST_OCCURRENCES) {
                    behind = addPlace(places, new AnswerText.Part("", json, body), needle, at);
                    at = find(needle, body, behind, region.to());
                }
            }
            return places;
        });
    }

    /** Where in an answer the wanted needles stand; empty when one of them does not. */
    public static List<Place> in(List<AnswerText.Part> parts, Needles needles) {
        return find(needles, (needle, most) -> {
            List<Place> places = new ArrayList<>();
            for (AnswerText.Part part : parts) {
                if (places.size() < most) {
                    places.addAll(in(part, needle, most - places.size()));
                }
            }
            return places;
        });
    }

    private interface Search {
        List<Place> places(Needle needle, int most);
    }

    private static List<Place> find(Needles needles, Search search) {
        int each = Math.max(1, MOST_PLACES / needles.wanted().size());
        List<Place> places = new ArrayList<>();
        for (Needle needle : needles.wanted()) {
            List<Place> found = search.places(needle, each);
            if (found.isEmpty()) {
                return List.of();
            }
            places.addAll(found);
        }
        return places;
    }

    private static List<Place> in(AnswerText.Part part, Needle needle, int most) {
        Bytes bytes = part.bytes();
        List<Place> places = new ArrayList<>();
        int at = find(needle, bytes, 0, bytes.length());
        for (int i = 0; at >= 0 && places.size() < most && i < MOST_OCCURRENCES; i++) {
            int behind = addPlace(places, part, needle, at);
            at = find(needle, bytes, behind, bytes.length());
        }
        return places;
    }

    /** Adds the place when it is one, and gives where to look on: behind a string that is no text, else behind the match. */
    private static int addPlace(List<Place> places, AnswerText.Part part, Needle needle, int at) {
        Bytes text = part.bytes();
        int behind = at + needle.length();
        if (!part.json()) {
            places.add(snippet(part.path(), text, new JsonSpan(0, text.length()), needle, at));
            return behind;
        }
        JsonPlace found = JsonPlace.of(text, at).orElse(null);
        if (found == null) {
            return behind;
        }
        String path = joined(part.path(), found.path());
        if (NO_TEXT.matcher(path).matches()) {
            return found.inside().to();
        }
        if (behind <= found.inside().to()) {
            places.add(snippet(path, text, found.inside(), needle, at));
        }
        return behind;
    }

    private static String joined(String base, String path) {
        return base.isEmpty() || path.isEmpty() || path.startsWith("[") ? base + path : base + "." + path;
    }

    private static boolean isJson(Bytes body) {
        int at = 0;
        while (at < body.length() && body.at(at) <= ' ' && body.at(at) >= 0) {
            at++;
        }
        return at < body.length() && (body.at(at) == '{' || body.at(at) == '[' || body.at(at) == '"');
    }

    private static Place snippet(String path, Bytes text, JsonSpan inside, Needle needle, int at) {
        int offset = text.arrayOffset();
        return Snippet.around(
                path, text.array(), offset + inside.from(), offset + inside.to(), offset + at, needle.length());
    }

    private static int find(Needle needle, Bytes text, int from, int to) {
        int offset = text.arrayOffset();
        int at = needle.find(text.array(), offset + from, offset + to);
        return at < 0 ? -1 : at - offset;
    }
}

package dev.ccproxy.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ccproxy.http.Bytes;
import dev.ccproxy.json.JsonSpan;
import dev.ccproxy.query.Moment;
import dev.ccproxy.query.Parsed;
import dev.ccproxy.query.Query;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlacesTest {

    private static final String BODY = """
            {"model":"claude-opus-5-5","messages":[{"role":"user","content":[
            {"type":"text","text":"Where is the user's caf\\u00e9?\\nIn \\"Rue 😀\\", I think."},
            {"type":"image","source":{"type":"base64","data":"TEXTtextUSERuser"}}]},
            {"role":"assistant","content":[{"type":"tool_use","id":"toolu_1","name":"Read",
            "input":{"file path":"/home/user/a.txt"}}]}]}""";

    @Test
    void aPlaceHasItsPathAndWhatStandsAround() {
        assertThat(places("rue"))
                .containsExactly(new Place(
                        "messages[0].content[0].text", "Where is the user's café?\nIn \"Rue 😀\", I think.", 30, 33));
        assertThat(places("\"\\\"Rue\""))
                .extracting(place -> place.snippet().substring(place.start(), place.end()))
                .containsExactly("\"Rue");
    }

    @Test
    void namesAndWordsOfTheProtocolAndImagesAreNoText() {
        assertThat(places("user"))
                .extracting(Place::path)
                .containsExactly("messages[0].content[0].text", "messages[1].content[0].input[\"file path\"]");
        assertThat(places("tool_use")).isEmpty();
        assertThat(places("content")).isEmpty();
        assertThat(places("base64")).isEmpty();
        assertThat(places("texttext")).isEmpty();
        assertThat(places("toolu_1")).extracting(Place::path).containsExactly("messages[1].content[0].id");
    }

    @Test
    void everyNeedleMustStandSomewhere() {
        assertThat(places("opus rue a.txt"))
                .extracting(Place::path)
                .containsExactly("model", "messages[0].content[0].text", "messages[1].content[0].input[\"file path\"]");
        assertThat(places("opus nothing")).isEmpty();
    }

    @Test
    void onlyTheRegionsAreLookedAt() {
        Bytes body = Bytes.utf8(BODY);
        int second = body.utf8().indexOf("{\"role\":\"assistant\"");
        assertThat(Places.in(body, List.of(new JsonSpan(second, body.length())), needles("user")))
                .extracting(Place::path)
                .containsExactly("messages[1].content[0].input[\"file path\"]");
    }

    @Test
    void theSnippetOfALongTextIsShortAndTearsNothing() {
        for (int shift = 0; shift < 30; shift++) {
            String text =
                    "x".repeat(shift) + "é\\u00e9\\n😀\\\\".repeat(40) + "needle" + "é\\u00e9\\n😀\\\\".repeat(80);
            Place place = Places.in(
                            Bytes.utf8("\"" + text + "\""),
                            List.of(new JsonSpan(0, Bytes.utf8(text).length())),
                            needles("needle"))
                    .getFirst();
            assertThat(place.snippet().substring(place.start(), place.end())).isEqualTo("needle");
            assertThat(place.snippet()).hasSizeLessThan(300).doesNotContain("u00e9", "\uFFFD", "00e9");
            assertThat("éé\n😀\\".repeat(2)).contains(place.snippet().substring(0, 3));
        }
    }

    @Test
    void inAnAnswerAWordTornOverEventsIsFound() {
        List<AnswerText.Part> parts = List.of(
                new AnswerText.Part("content[0].text", false, Bytes.utf8("a needle here")),
                new AnswerText.Part("content[1].input", true, Bytes.utf8("{\"needle\":\"the needle\"}")));
        assertThat(Places.in(parts, needles("needle")))
                .containsExactly(
                        new Place("content[0].text", "a needle here", 2, 8),
                        new Place("content[1].input.needle", "the needle", 4, 10));
    }

    private static List<Place> places(String query) {
        Bytes body = Bytes.utf8(BODY);
        return Places.in(body, List.of(new JsonSpan(0, body.length())), needles(query));
    }

    private static Needles needles(String query) {
        Parsed parsed = Query.parse(query, new Moment(Instant.EPOCH, ZoneOffset.UTC));
        return Needles.of(((Parsed.Understood) parsed).query());
    }
}

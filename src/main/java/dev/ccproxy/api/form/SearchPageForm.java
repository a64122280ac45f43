package dev.ccproxy.api.form;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.ccproxy.search.Place;
import dev.ccproxy.storage.SearchHit;
import dev.ccproxy.storage.SearchPage;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Some hits of a search, recorded last first. */
public record SearchPageForm(
        List<HitForm> items,

        @JsonPropertyDescription("Cursor of what was not looked at; absent when that is nothing.") @Nullable
        String next,

        @JsonPropertyDescription("Whether there is something that was not looked at.")
        boolean more) {

    /** A request or an answer in which the text was found. */
    public record HitForm(
            ExchangeSummaryForm exchange,

            @JsonPropertyDescription("Whether it stands in the request or in the response.")
            SearchHit.Side where,

            @JsonPropertyDescription("The first few places.")
            List<PlaceForm> places) {}

    /** Where the text stands. */
    public record PlaceForm(
            @JsonPropertyDescription(
                    "Path in the request, or in the message of the response; empty where the body is no JSON.")
            String path,

            @JsonPropertyDescription("The text around the match.")
            String snippet,

            @JsonPropertyDescription("Where in the snippet the match begins, in UTF-16 units from 0.")
            int start,

            @JsonPropertyDescription("Behind the last unit of the match.")
            int end) {}

    public static SearchPageForm of(SearchPage page) {
        return new SearchPageForm(
                page.hits().stream().map(SearchPageForm::of).toList(), page.next(), page.next() != null);
    }

    private static HitForm of(SearchHit hit) {
        return new HitForm(
                ExchangeSummaryForm.of(hit.exchange()),
                hit.side(),
                hit.places().stream().map(SearchPageForm::of).toList());
    }

    private static PlaceForm of(Place place) {
        return new PlaceForm(place.path(), place.snippet(), place.start(), place.end());
    }
}

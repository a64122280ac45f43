package dev.ccproxy.api.form;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.ccproxy.session.Turn;
import dev.ccproxy.storage.StoredTurn;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A page of turns, in their order. */
public record TurnPageForm(
        List<TurnForm> items,

        @JsonPropertyDescription("Cursor of the next page; absent on the last.") @Nullable
        String next,

        boolean more) {

    /** A user prompt and everything that it caused. */
    public record TurnForm(
            @JsonPropertyDescription("From 1; 0 for what belongs to no prompt.")
            int number,

            @JsonPropertyDescription("The client's own id of the prompt.") @Nullable
            String promptId,

            @JsonPropertyDescription("What the user said, at most 400 characters.") @Nullable
            String prompt,

            long start,

            @JsonPropertyDescription("Start of its latest exchange.")
            long end,

            SumsForm sums,

            @JsonPropertyDescription("Oldest first, at most 1,000.")
            List<ExchangeSummaryForm> exchanges) {

        static TurnForm of(StoredTurn stored) {
            Turn turn = stored.turn();
            return new TurnForm(
                    turn == null ? 0 : turn.number(),
                    turn == null ? null : turn.promptId(),
                    turn == null ? null : turn.prompt(),
                    stored.first().toEpochMilli(),
                    stored.last().toEpochMilli(),
                    SumsForm.of(stored.sums()),
                    stored.exchanges().stream().map(ExchangeSummaryForm::of).toList());
        }
    }

    /** The turns of a page; {@code limit} and one more tell that there is a next one. */
    public static TurnPageForm of(List<StoredTurn> turns, int limit) {
        List<StoredTurn> shown = turns.size() > limit ? turns.subList(0, limit) : turns;
        Turn last = shown.isEmpty() ? null : shown.getLast().turn();
        boolean more = turns.size() > limit;
        return new TurnPageForm(
                shown.stream().map(TurnForm::of).toList(),
                more ? String.valueOf(last == null ? 0 : last.number()) : null,
                more);
    }
}

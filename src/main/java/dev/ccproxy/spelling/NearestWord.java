package dev.ccproxy.spelling;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Finds the known word that somebody mistyped. */
public final class NearestWord {

    private NearestWord() {}

    /** The closest one, where one is close enough to be a slip of the fingers; the first of several. */
    public static Optional<String> to(String mistyped, Collection<String> known) {
        int farthest = mistyped.length() <= 4 ? 1 : Math.max(2, mistyped.length() / 4);
        return known.stream()
                .filter(word -> distance(mistyped, word) <= farthest)
                .min(Comparator.comparingInt(word -> distance(mistyped, word)));
    }

    /** How many characters to insert, delete, change or swap with their neighbour (optimal string alignment). */
    private static int distance(String left, String right) {
        int[][] steps = new int[left.length() + 1][right.length() + 1];
        for (int row = 0; row <= left.length(); row++) {
            for (int column = 0; column <= right.length(); column++) {
                steps[row][column] = row == 0 || column == 0 ? row + column : fewest(steps, left, right, row, column);
            }
        }
        return steps[left.length()][right.length()];
    }

    private static int fewest(int[][] steps, String left, String right, int row, int column) {
        int change = left.charAt(row - 1) == right.charAt(column - 1) ? 0 : 1;
        int fewest = Math.min(
                steps[row - 1][column - 1] + change, Math.min(steps[row - 1][column], steps[row][column - 1]) + 1);
        boolean swapped = row > 1
                && column > 1
                && left.charAt(row - 1) == right.charAt(column - 2)
                && left.charAt(row - 2) == right.charAt(column - 1);
        return swapped ? Math.min(fewest, steps[row - 2][column - 2] + 1) : fewest;
    }
}

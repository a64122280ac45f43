package dev.ccproxy.storage.segment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ccproxy.http.Bytes;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SegmenterTest {

    private final Set<Bytes> known = new HashSet<>();

    @Test
    void theNextTurnCostsWhatItSays() {
        SampleConversation conversation = new SampleConversation(1);
        newBytes(conversation.next());
        for (int turn = 2; turn < 60; turn++) {
            Bytes body = conversation.next();
            assertThat(newBytes(body)).as("turn %d", turn).isLessThan(conversation.lastTurnBytes() + 400);
        }
    }

    @Test
    void anotherSessionSharesPromptAndTools() {
        newBytes(new SampleConversation(2).next());
        SampleConversation other = new SampleConversation(2);
        other.next();
        assertThat(newBytes(other.next())).isLessThan(other.lastTurnBytes() + 400);
    }

    @Test
    void theCacheMarkerIsASegmentOfItsOwn() {
        String text = "x".repeat(600);
        Bytes body = Bytes.utf8("{\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"" + text
                + "\",\"cache_control\":{\"type\":\"ephemeral\"}}]}]}");
        assertThat(segments(body)).contains(",\"cache_control\":{\"type\":\"ephemeral\"}");
    }

    @Test
    void aMessageAsStringAndAsBlockShareTheirText() {
        String text = "a line of text\\n".repeat(200);
        newBytes(Bytes.utf8(
                "{\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"" + text + "\"}]}]}"));
        assertThat(newBytes(Bytes.utf8("{\"messages\":[{\"role\":\"user\",\"content\":\"" + text + "\"}]}")))
                .isLessThan(120);
    }

    @Test
    void aLongTextThatChangesInTheMiddleSharesTheRest() {
        String[] lines = new String[4_000];
        Random random = new Random(3);
        Arrays.setAll(lines, i -> "line " + i + " " + Long.toHexString(random.nextLong()) + "\\n");
        newBytes(Bytes.utf8("{\"system\":\"" + String.join("", lines) + "\"}"));
        lines[2_000] = "another line\\n";
        Bytes changed = Bytes.utf8("{\"system\":\"" + String.join("", lines) + "\"}");
        assertThat(newBytes(changed)).isLessThan(70_000).isLessThan(changed.length() / 2);
    }

    @Test
    void theSameImageIsStoredOnceWhereverItStands() {
        byte[] image = new byte[2_500_000];
        new Random(4).nextBytes(image);
        String base64 = java.util.Base64.getEncoder().encodeToString(image);
        newBytes(Bytes.utf8("{\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"image\",\"source\":{\"data\":\""
                + base64 + "\"}}]}]}"));
        assertThat(newBytes(Bytes.utf8(
                        "{\"model\":\"other\",\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"text\","
                                + "\"text\":\"look\"},{\"type\":\"image\",\"source\":{\"data\":\"" + base64
                                + "\"}}]}]}")))
                .isLessThan(400);
    }

    @Test
    void whateverTheBytesTheSegmentsJoinedAreTheBody() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < 3_000; i++) {
            Bytes body = mutated(random);
            assertCovers(Segmenter.cut(body), body, seed);
        }
    }

    @Test
    void cuttingTakenOverFromAnotherBodyIsTheSameAsCuttingAnew() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < 3_000; i++) {
            Bytes before = mutated(random);
            Bytes after = mutate(before, random);
            int common = Arrays.mismatch(before.toByteArray(), after.toByteArray());
            Cuts resumed = Segmenter.cut(after, Segmenter.cut(before), common < 0 ? after.length() : common);
            assertThat(resumed).as("seed %d, case %d", seed, i).isEqualTo(Segmenter.cut(after));
        }
    }

    @Test
    void takenOverCutsCanBeTakenOverAgain() {
        SampleConversation conversation = new SampleConversation(6);
        Bytes before = conversation.next();
        Cuts cuts = Segmenter.cut(before);
        for (int turn = 2; turn < 30; turn++) {
            Bytes body = conversation.next();
            cuts = Segmenter.cut(body, cuts, Arrays.mismatch(before.toByteArray(), body.toByteArray()));
            assertThat(cuts).isEqualTo(Segmenter.cut(body));
            before = body;
        }
    }

    @Test
    void aBodyOfVeryManyElementsIsCutCoarselyAtItsEnd() {
        Bytes body = Bytes.utf8("{\"messages\":[" + "{\"a\":1},".repeat(90_000) + "{}]}");
        Cuts cuts = Segmenter.cut(body);
        assertCovers(cuts, body, 0);
        assertThat(cuts.size()).isLessThan(65_536);
    }

    private static Bytes mutated(Random random) {
        return switch (random.nextInt(5)) {
            case 0 -> noise(random, random.nextInt(70_000));
            case 1 -> Bytes.utf8("{\"messages\":[{\"content\":[".repeat(random.nextInt(60)) + "x".repeat(600));
            default -> {
                SampleConversation conversation = new SampleConversation(random.nextInt(4));
                Bytes body = conversation.next();
                for (int i = random.nextInt(3); i > 0; i--) {
                    body = conversation.next();
                }
                yield mutate(body, random);
            }
        };
    }

    private static Bytes mutate(Bytes body, Random random) {
        byte[] bytes = body.toByteArray();
        String structure = "{}[],:\"\\ \nn";
        for (int i = random.nextInt(4); i > 0 && bytes.length > 0; i--) {
            int at = random.nextInt(bytes.length);
            switch (random.nextInt(3)) {
                case 0 -> bytes[at] = (byte) structure.charAt(random.nextInt(structure.length()));
                case 1 -> bytes = Arrays.copyOf(bytes, at);
                default -> {
                    byte[] longer = new byte[bytes.length + 40];
                    System.arraycopy(bytes, 0, longer, 0, at);
                    System.arraycopy(
                            Bytes.utf8(",\"cache_control\":{\"type\":\"ephemeral\"}  ")
                                    .array(),
                            0,
                            longer,
                            at,
                            39);
                    System.arraycopy(bytes, at, longer, at + 40, bytes.length - at);
                    bytes = longer;
                }
            }
        }
        int padding = random.nextInt(3);
        byte[] shifted = new byte[bytes.length + padding];
        System.arraycopy(bytes, 0, shifted, padding, bytes.length);
        return Bytes.wrap(shifted, padding, bytes.length);
    }

    private static Bytes noise(Random random, int length) {
        byte[] noise = new byte[length];
        random.nextBytes(noise);
        return Bytes.wrap(noise);
    }

    private static void assertCovers(Cuts cuts, Bytes body, long seed) {
        int end = 0;
        for (int i = 0; i < cuts.size(); i++) {
            assertThat(cuts.start(i)).isEqualTo(end);
            assertThat(cuts.end(i)).as("seed %d", seed).isGreaterThan(end);
            assertThat(cuts.end(i) - end).isLessThanOrEqualTo(1 << 20);
            end = cuts.end(i);
        }
        assertThat(end).as("seed %d", seed).isEqualTo(body.length());
    }

    private static List<String> segments(Bytes body) {
        Cuts cuts = Segmenter.cut(body);
        return IntStream.range(0, cuts.size())
                .mapToObj(i -> body.slice(cuts.start(i), cuts.end(i)).utf8())
                .toList();
    }

    /** Bytes of segments never met before. */
    private int newBytes(Bytes body) {
        Cuts cuts = Segmenter.cut(body);
        int bytes = 0;
        for (int i = 0; i < cuts.size(); i++) {
            Bytes segment = body.slice(cuts.start(i), cuts.end(i));
            bytes += known.add(segment) ? segment.length() : 0;
        }
        return bytes;
    }
}

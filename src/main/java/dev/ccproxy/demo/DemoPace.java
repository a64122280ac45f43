package dev.ccproxy.demo;

import java.util.Random;

/** How fast the demo's model thinks and its people type. */
enum DemoPace {
    /** So that a fresh store is full within seconds. */
    HURRIED(30, 120, 1, 5, 0),

    /** As it is at work. */
    LIVE(700, 3_500, 25, 1_500, 6_000);

    private final int leastFirstMillis;
    private final int mostFirstMillis;
    private final int pieceMillis;
    private final int toolMillis;
    private final int betweenMillis;

    DemoPace(int leastFirstMillis, int mostFirstMillis, int pieceMillis, int toolMillis, int betweenMillis) {
        this.leastFirstMillis = leastFirstMillis;
        this.mostFirstMillis = mostFirstMillis;
        this.pieceMillis = pieceMillis;
        this.toolMillis = toolMillis;
        this.betweenMillis = betweenMillis;
    }

    int firstMillis(Random random) {
        return random.nextInt(leastFirstMillis, mostFirstMillis);
    }

    int pieceMillis(Random random) {
        return pieceMillis + random.nextInt(pieceMillis + 1);
    }

    /** Waits as long as a tool works. */
    void tool(Random random) throws InterruptedException {
        Thread.sleep(random.nextInt(toolMillis / 2, toolMillis + 1));
    }

    /** Waits as long as somebody reads an answer and types the next prompt. */
    void between(Random random) throws InterruptedException {
        Thread.sleep(betweenMillis == 0 ? 0 : random.nextInt(betweenMillis / 2, betweenMillis));
    }
}

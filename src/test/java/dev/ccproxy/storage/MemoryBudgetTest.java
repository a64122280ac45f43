package dev.ccproxy.storage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ccproxy.storage.MemoryBudget.Claim;
import java.util.List;
import org.junit.jupiter.api.Test;

class MemoryBudgetTest {

    private static final long LIMIT = 16 << 20;

    private final MemoryBudget budget = new MemoryBudget(LIMIT);

    @Test
    void whatMattersMoreFindsRoomWhereOthersFindNone() {
        for (Claim claim : List.of(Claim.CONTENT, Claim.BEGINNING, Claim.REQUEST, Claim.END)) {
            long before = budget.heldBytes();
            while (budget.tryAcquire(1_000, claim)) {
                assertThat(budget.heldBytes() + setAside()).isLessThanOrEqualTo(LIMIT);
            }
            assertThat(budget.heldBytes()).as("after %s", claim).isGreaterThan(before);
        }
        assertThat(budget.heldBytes() + setAside()).isBetween(LIMIT - 1_000, LIMIT);
    }

    private long setAside() {
        return budget.setAsideBytes() + budget.followedBytes();
    }

    @Test
    void memoryOfOnePurposeIsGivenBackTogether() {
        HeldMemory held = new HeldMemory(budget);
        assertThat(held.take(5_000)).isTrue();
        assertThat(held.take(7_000, Claim.END)).isTrue();
        assertThat(held.take(LIMIT)).isFalse();
        assertThat(held.refused()).isTrue();
        held.giveBack(2_000);
        assertThat(budget.heldBytes()).isEqualTo(10_000);

        held.close();
        held.close();

        assertThat(budget.heldBytes()).isZero();
    }
}

package dev.ccproxy.api.form;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** Money as the API gives it: dollars, exactly. */
final class Dollars {

    private static final int NANO_DIGITS = 9;

    private Dollars() {}

    static BigDecimal of(long nano) {
        BigDecimal dollars = BigDecimal.valueOf(nano, NANO_DIGITS).stripTrailingZeros();
        return dollars.scale() < 0 ? dollars.setScale(0) : dollars;
    }

    /** Null for nothing. */
    static @Nullable BigDecimal orNull(long nano) {
        return nano == 0 ? null : of(nano);
    }
}

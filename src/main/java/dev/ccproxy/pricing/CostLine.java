package dev.ccproxy.pricing;

import java.math.BigDecimal;

/**
 * One line of the arithmetic: {@code quantity / per * rate * factor = usd}, exactly.
 *
 * @param what such as {@code output tokens}
 * @param per how many of them the rate is for, such as 1,000,000
 * @param rate USD
 * @param factor of the service tier and the geography
 * @param note why the rate is a guess, or holds only here; empty where it is simply the listed one
 */
public record CostLine(
        String what, long quantity, long per, BigDecimal rate, BigDecimal factor, BigDecimal usd, String note) {}

/**
 * What tokens cost, and how sure we are. Prices are data with dates ({@code prices.json}); what no price covers is said to
 * be unpriced, never guessed silently.
 */
@NullMarked
package dev.ccproxy.pricing;

import org.jspecify.annotations.NullMarked;

package dev.ccproxy.exchange;

/**
 * What an exchange cost.
 *
 * @param nanoUsd billionths of a dollar; 0 where unpriced
 */
public record Charge(long nanoUsd, Certainty certainty) {}

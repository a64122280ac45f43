package dev.ccproxy.api.form;

/** A running exchange is being cancelled; its end comes by the live feed. */
public record CancellingForm(String id, boolean cancelling) {}

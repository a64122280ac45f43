package dev.ccproxy.api.form;

/** What a deletion did. */
public record DeletedForm(String message, long deleted) {}

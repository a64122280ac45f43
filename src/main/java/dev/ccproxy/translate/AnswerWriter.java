package dev.ccproxy.translate;

import java.util.function.Consumer;

/** Writes one answer in one format. */
interface AnswerWriter extends Consumer<AnswerPart> {}

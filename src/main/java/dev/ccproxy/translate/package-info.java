/**
 * Translates between the Messages API and OpenAI's two APIs: requests, answers, streams and errors. Pure.
 *
 * <p>Each format has a reader and a writer of requests and of answers, and both speak the vocabulary of this package
 * ({@link dev.ccproxy.translate.ModelRequest}, {@link dev.ccproxy.translate.AnswerPart}); a
 * {@link dev.ccproxy.translate.Translator} joins those of two formats for one exchange. What does not fit is named by a
 * {@link dev.ccproxy.translate.Loss}.
 */
@NullMarked
package dev.ccproxy.translate;

import org.jspecify.annotations.NullMarked;

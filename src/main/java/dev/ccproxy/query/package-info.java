/**
 * The language in which people say which exchanges they mean, such as {@code model:opus status:4xx -kind:title dur>10s}.
 *
 * <p>The dashboard reads the same language by itself. What is understood how stands in one table of cases that both pass,
 * {@code src/test/resources/query-cases.json}.
 */
@NullMarked
package dev.ccproxy.query;

import org.jspecify.annotations.NullMarked;

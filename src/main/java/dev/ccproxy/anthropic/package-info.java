/** The Messages API as data; folds a stream into its message. */
@NullMarked
package dev.ccproxy.anthropic;

import org.jspecify.annotations.NullMarked;

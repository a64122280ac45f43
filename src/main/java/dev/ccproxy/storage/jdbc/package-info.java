/** Keeps the promise of {@link dev.ccproxy.storage} over JDBC. */
@NullMarked
package dev.ccproxy.storage.jdbc;

import org.jspecify.annotations.NullMarked;

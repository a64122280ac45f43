/** What a store promises: writing and reading. */
@NullMarked
package dev.ccproxy.storage;

import org.jspecify.annotations.NullMarked;

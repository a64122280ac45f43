/** What a store promises: writing, reading and searching. */
@NullMarked
package dev.ccproxy.storage;

import org.jspecify.annotations.NullMarked;

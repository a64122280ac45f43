/**
 * Finds text in bodies as they are recorded: in the raw bytes of JSON and of event streams, without a tree.
 *
 * <p>Pure: what is searched in which order is the store's concern.
 */
@NullMarked
package dev.ccproxy.search;

import org.jspecify.annotations.NullMarked;

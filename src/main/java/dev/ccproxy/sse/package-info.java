/** Server-sent events as bytes in, events out. */
@NullMarked
package dev.ccproxy.sse;

import org.jspecify.annotations.NullMarked;

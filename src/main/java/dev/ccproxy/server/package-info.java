/** The HTTP server library, wrapped: listeners, strictness, router. */
@NullMarked
package dev.ccproxy.server;

import org.jspecify.annotations.NullMarked;

/** The real Claude Code client, through the proxy. */
@NullMarked
package dev.ccproxy.client;

import org.jspecify.annotations.NullMarked;

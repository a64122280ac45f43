/** Takes over what the original claude-code-proxy recorded. */
@NullMarked
package dev.ccproxy.original;

import org.jspecify.annotations.NullMarked;

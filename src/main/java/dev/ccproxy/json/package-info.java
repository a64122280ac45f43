/** The configured JSON mapper; byte spans, so that one value changes without re-serialising the rest. */
@NullMarked
package dev.ccproxy.json;

import org.jspecify.annotations.NullMarked;

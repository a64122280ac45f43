/** Talks to model servers. */
@NullMarked
package dev.ccproxy.upstream;

import org.jspecify.annotations.NullMarked;

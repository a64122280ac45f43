/** One request and its answer, as everyone else sees it. */
@NullMarked
package dev.ccproxy.exchange;

import org.jspecify.annotations.NullMarked;

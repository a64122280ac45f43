/** Live events to dashboards. */
@NullMarked
package dev.ccproxy.feed;

import org.jspecify.annotations.NullMarked;

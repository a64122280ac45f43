/** Live events to dashboards, and answers that are being written. */
@NullMarked
package dev.ccproxy.feed;

import org.jspecify.annotations.NullMarked;

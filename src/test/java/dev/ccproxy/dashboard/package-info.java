/** The dashboard in a real browser, against the real program. */
@NullMarked
package dev.ccproxy.dashboard;

import org.jspecify.annotations.NullMarked;

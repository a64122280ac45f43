/** What came last, up to a number; pure. */
@NullMarked
package dev.ccproxy.recent;

import org.jspecify.annotations.NullMarked;

/** What a route of our own HTTP surface is: where it answers, for whom, what it takes, what it gives. */
@NullMarked
package dev.ccproxy.api.route;

import org.jspecify.annotations.NullMarked;

/** Chooses who answers a request: rules in their order, and what they are told about it. Pure. */
@NullMarked
package dev.ccproxy.routing;

import org.jspecify.annotations.NullMarked;

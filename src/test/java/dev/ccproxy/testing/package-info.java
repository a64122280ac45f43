/**
 * The test bench: raw sockets on both sides of the proxy. A scripted upstream, a client and a tap that know HTTP only as
 * bytes, so that no library hides what really went over the wire.
 */
@NullMarked
package dev.ccproxy.testing;

import org.jspecify.annotations.NullMarked;

/** Threads, turns and the agent tree of a session, followed exchange by exchange; pure. */
@NullMarked
package dev.ccproxy.session;

import org.jspecify.annotations.NullMarked;

/** Starts, drains and stops the program; the command line; the only place where objects meet. */
@NullMarked
package dev.ccproxy.app;

import org.jspecify.annotations.NullMarked;

/** Tells what rules make of recorded exchanges, without sending anything anywhere. */
@NullMarked
package dev.ccproxy.simulation;

import org.jspecify.annotations.NullMarked;

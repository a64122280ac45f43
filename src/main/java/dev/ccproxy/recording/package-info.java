/** Turns exchanges into stored and derived ones, off the data path. */
@NullMarked
package dev.ccproxy.recording;

import org.jspecify.annotations.NullMarked;

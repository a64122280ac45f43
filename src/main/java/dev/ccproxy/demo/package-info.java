/**
 * A workload of the project's own: a client and a model that say what a script says, so that the program can be seen at
 * work without key and network.
 */
@NullMarked
package dev.ccproxy.demo;

import org.jspecify.annotations.NullMarked;

/** Reads YAML and environment into checked records, and prints its own reference. */
@NullMarked
package dev.ccproxy.config;

import org.jspecify.annotations.NullMarked;

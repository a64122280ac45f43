/** Tells which word was probably meant. */
@NullMarked
package dev.ccproxy.spelling;

import org.jspecify.annotations.NullMarked;

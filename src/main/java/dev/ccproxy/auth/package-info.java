/** Decides who may send requests and who may see what was recorded. */
@NullMarked
package dev.ccproxy.auth;

import org.jspecify.annotations.NullMarked;

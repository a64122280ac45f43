/** Carries an exchange from client to upstream and back. */
@NullMarked
package dev.ccproxy.proxy;

import org.jspecify.annotations.NullMarked;

/**
 * Cuts bodies into segments that later bodies share, and codes which segments make a body. Pure. What is written here is
 * a format: a rule may be changed, but what was cut by an older rule is read back all the same.
 */
@NullMarked
package dev.ccproxy.storage.segment;

import org.jspecify.annotations.NullMarked;

/** Tells which agent of Claude Code a request comes from: by definitions on disk, and by who called it. */
@NullMarked
package dev.ccproxy.agents;

import org.jspecify.annotations.NullMarked;

/**
 * Reads the session files that Claude Code itself keeps ({@code ~/.claude/projects}) and joins them to exchanges. Only reads,
 * only below the configured folder, and never follows a symbolic link there. Files may be larger than memory and may grow
 * while they are read.
 */
@NullMarked
package dev.ccproxy.transcript;

import org.jspecify.annotations.NullMarked;

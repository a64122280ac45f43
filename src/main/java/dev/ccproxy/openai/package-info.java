/** OpenAI's two APIs, Chat Completions and Responses, as data: chunks, events, usage, errors. */
@NullMarked
package dev.ccproxy.openai;

import org.jspecify.annotations.NullMarked;

package dev.ccproxy.storage;

import java.util.List;
import java.util.Optional;

/** Which system prompts and tools were sent. Blocking, safe for all threads. */
public interface PromptVersions {

    /** Those sent last, the latest first. */
    List<PromptVersion> latest(int limit);

    /** One of an agent; where that is empty, of the one that sent it last. */
    Optional<PromptVersion> find(PromptVersion.Part part, long print, String agent);

    /** The one that the same agent sent first before this one. */
    Optional<PromptVersion> before(PromptVersion version);
}

package dev.ccproxy.storage;

import java.util.List;
import java.util.Optional;

/** Which system prompts and tools were sent. Blocking, safe for all threads. */
public interface PromptVersions {

    /** Those sent last, the latest first. */
    List<PromptVersion> latest(int limit);

    /** One; of several agents that sent the same, the one that did last. */
    Optional<PromptVersion> find(PromptVersion.Part part, long print);

    /** The one that the same agent sent first before this one. */
    Optional<PromptVersion> before(PromptVersion version);
}

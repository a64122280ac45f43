package dev.ccproxy.app;

import dev.ccproxy.config.GeneratedFile;
import dev.ccproxy.config.Reference;
import dev.ccproxy.translate.TranslationGuide;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

/** Writes the generated documents of the project; run in its root. */
final class DocsCommand implements Callable<Integer> {

    private final Surroundings surroundings;

    DocsCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws IOException {
        List<GeneratedFile> files = new ArrayList<>(Reference.files());
        files.add(new GeneratedFile("docs/translation.md", TranslationGuide.text()));
        for (GeneratedFile file : files) {
            Path path = surroundings.workingDirectory().resolve(file.path());
            Files.createDirectories(path.toAbsolutePath().getParent());
            Files.writeString(path, file.text());
            surroundings.output().println(file.path());
        }
        return ExitCodes.DONE;
    }
}

package dev.ccproxy.translate;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class TranslationGuideTest {

    @Test
    void committedDocumentIsFresh() {
        assertThat(Path.of("docs/translation.md"))
                .as("docs/translation.md is out of date: run ./ccproxy docs")
                .content()
                .isEqualTo(TranslationGuide.text());
    }
}

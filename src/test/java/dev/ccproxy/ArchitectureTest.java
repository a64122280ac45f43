package dev.ccproxy;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Holds the code to the tables of {@code docs/architecture.md}. */
class ArchitectureTest {

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.ccproxy");

    private final ArchitectureDocument document;
    private final ArchitectureRules rules;

    ArchitectureTest() throws Exception {
        document = ArchitectureDocument.read();
        rules = new ArchitectureRules(document, CLASSES);
    }

    @Test
    void everyPackageIsInTheTable() {
        assertThat(rules.unlistedPackages()).isEmpty();
    }

    @Test
    void everyPackageOfTheTableHasClasses() {
        assertThat(document.arrows()).isNotEmpty();
        assertThat(rules.emptyPackages()).isEmpty();
    }

    @Test
    void packagesUseOnlyWhatTheirRowNames() {
        assertThat(rules.unnamedArrows()).isEmpty();
    }

    @Test
    void packagesHaveNoCycles() {
        assertThat(rules.cycles()).isEmpty();
    }

    @Test
    void librariesStayInTheirPackages() {
        assertThat(rules.strayLibraries()).isEmpty();
    }

    @Test
    void purePackagesNeitherLogNorTouchTheOutsideWorld() {
        assertThat(rules.impurities()).isEmpty();
    }

    @Test
    void packageNamesSayWhatIsInThem() {
        assertThat(rules.emptyNames()).isEmpty();
    }

    /** The rules themselves, against documents that the code breaks. */
    @Nested
    class TheRulesCanFail {

        @Test
        void aPackageWithoutARowIsFound() {
            Map<String, Set<String>> arrows = new LinkedHashMap<>(document.arrows());
            arrows.remove("exchange");
            assertThat(against(document.withArrows(arrows)).unlistedPackages())
                    .containsExactly("package exchange is not in the table");
        }

        @Test
        void aRowWithoutAPackageIsFound() {
            Map<String, Set<String>> arrows = new LinkedHashMap<>(document.arrows());
            arrows.put("nowhere", Set.of());
            assertThat(against(document.withArrows(arrows)).emptyPackages()).contains("package nowhere has no class");
        }

        @Test
        void anArrowThatNoRowNamesIsFound() {
            Map<String, Set<String>> arrows = new LinkedHashMap<>(document.arrows());
            arrows.put("exchange", Set.of());
            assertThat(against(document.withArrows(arrows)).unnamedArrows())
                    .isNotEmpty()
                    .allMatch(sentence -> sentence.startsWith("exchange may not use "));
        }

        @Test
        void aLibraryOutsideItsPackagesIsFound() {
            Map<String, Set<String>> libraries = new LinkedHashMap<>(document.libraries());
            libraries.put("java.util.UUID", Set.of("app"));
            assertThat(against(document.withLibraries(libraries)).strayLibraries())
                    .anyMatch(sentence -> sentence.startsWith("exchange may not use java.util.UUID"));
        }

        @Test
        void aLibraryOfNoRowIsFound() {
            Map<String, Set<String>> libraries = new LinkedHashMap<>(document.libraries());
            libraries.keySet().removeIf(prefix -> prefix.startsWith("tools.jackson"));
            assertThat(against(document.withLibraries(libraries)).strayLibraries())
                    .anyMatch(sentence -> sentence.startsWith("library of no row"));
        }

        @Test
        void aCircleIsFound() {
            Map<String, Set<String>> circle =
                    Map.of("one", Set.of("two"), "two", Set.of("three"), "three", Set.of("one"), "four", Set.of("one"));
            assertThat(ArchitectureRules.cycles(circle)).hasSize(3).noneMatch(text -> text.contains("package four"));
        }

        @Test
        void theTableIsReadWhole() {
            ArchitectureDocument small = ArchitectureDocument.parse(List.of(
                    "| package | one sentence | may use |",
                    "|---|---|---|",
                    "| `app` | Starts. | everything |",
                    "| `a.b` | Does. | c, d |",
                    "| `c` | Does not. | - |"));
            assertThat(small.arrows())
                    .isEqualTo(Map.of(
                            "app", Set.of(ArchitectureDocument.EVERYTHING), "a.b", Set.of("c", "d"), "c", Set.of()));
        }

        private ArchitectureRules against(ArchitectureDocument changed) {
            return new ArchitectureRules(changed, CLASSES);
        }
    }
}

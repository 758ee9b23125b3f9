package dev.johwa.source.compose;

import static org.assertj.core.api.Assertions.assertThat;

import dev.johwa.lib.text.Resource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Our reader and Compose's own give the same model, or both refuse. `-Djohwa.fuzz=10` for more, `-Djohwa.seed=N` for
/// others.
class ComposeOracleTest {
    private static final int PROJECTS = Integer.getInteger("johwa.fuzz", 1) * 400;
    private static final long SEED = Long.getLong("johwa.seed", 7);

    @TempDir
    static Path folder;

    private static ComposeOracle oracle;

    @BeforeAll
    static void start() {
        oracle = new ComposeOracle();
    }

    @AfterAll
    static void stop() throws IOException {
        oracle.close();
    }

    /// Shapes of the world, and every key, reference and line of an env file in the forms that people get wrong.
    static List<ComposeCase> corpus() {
        return Stream.of("corpus.txt", "forms.txt")
                .flatMap(name -> ComposeCase.read(Resource.text(ComposeOracleTest.class, name)).stream())
                .toList();
    }

    @ParameterizedTest
    @MethodSource("corpus")
    void aShapeOfTheWorldIsReadAsComposeReadsIt(ComposeCase project) throws IOException {
        compare(project);
    }

    private static void compare(ComposeCase project) throws IOException {
        var place = Files.createTempDirectory(folder, "shop").toRealPath();
        project.write(place);
        var theirs = project.theirs(oracle, place);
        assertThat(project.ours(place))
                .as(() -> project + "\n" + project.files() + "\n" + project.problems(place))
                .isEqualTo(theirs);
    }

    @Test
    void whatIsMadeByChanceIsReadAsComposeReadsIt() throws IOException {
        for (int i = 0; i < PROJECTS; i++) {
            var project = new ComposeMaker(new Random(SEED * 1_000_003 + i)).project("seed " + SEED + ", number " + i);
            compare(project);
        }
    }
}

package dev.johwa.source.dockerfile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.text.RawNames;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Files that a build is given, in real folders.
class BuildContextTest {
    @TempDir
    Path folder;

    private void write(String name, String text) throws IOException {
        var file = folder.resolve(RawNames.path(RawNames.ofText(name)));
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private List<String> files(String dockerfile) {
        return BuildContext.of(folder, folder.resolve(dockerfile)).files().stream()
                .map(each -> RawNames.text(RawNames.of(each)))
                .toList();
    }

    @Test
    void theIgnoreFileOfADockerfileWinsOverThatOfTheFolder() throws IOException {
        write("a", "");
        write("b", "");
        write(".dockerignore", "a\n*ocker*\n");
        write("docker/web", "FROM scratch\n");
        write("docker/web.dockerignore", "b\n");

        assertThat(files("Dockerfile")).containsExactly("b");
        assertThat(files("docker/web")).containsExactly(".dockerignore", "a", "docker/web", "docker/web.dockerignore");
    }

    @Test
    void aDockerfileThatIsIgnoredIsSentAllTheSameToWhoNeedsIt() throws IOException {
        write("Dockerfile", "FROM scratch\n");
        write(".dockerignore", "*\n!a\n");
        write("a", "");

        var context = BuildContext.of(folder, folder.resolve("Dockerfile"));
        assertThat(context.files()).extracting(Path::toString).containsExactly("a");
        assertThat(context.sent(Path.of("Dockerfile")))
                .extracting(Path::toString)
                .containsExactly(".dockerignore", "Dockerfile", "a");
    }

    @Test
    void linksAndOddNamesAreFilesAndNobodyFollowsThem() throws IOException {
        write("a\nb", "");
        write("é ü", "");
        write("real/x", "");
        Files.createSymbolicLink(folder.resolve("link"), Path.of("real"));
        Files.createSymbolicLink(folder.resolve("loop"), Path.of("."));

        assertThat(files("Dockerfile")).containsExactly("a\nb", "link", "loop", "real/x", "é ü");
        var link = Files.createSymbolicLink(folder.resolveSibling(folder.getFileName() + "-link"), folder);
        assertThat(BuildContext.of(link, link.resolve("Dockerfile")).files()).hasSize(5);
    }

    @Test
    void muchWithoutAnIgnoreFileIsTold() throws IOException {
        write("Dockerfile", "FROM a:1\nUSER 1\nCOPY big gone ./\n");
        Files.write(folder.resolve("big"), new byte[11_000_000]);

        var context = BuildContext.of(folder, folder.resolve("Dockerfile"));
        assertThat(context.problems()).extracting(Problem::code).containsExactly("dockerignore.missing");
        write(".dockerignore", "big\n");
        var less = BuildContext.of(folder, folder.resolve("Dockerfile"));
        assertThat(less.problems()).isEmpty();
        var file = Dockerfile.read("Dockerfile", Files.readAllBytes(folder.resolve("Dockerfile")));
        assertThat(file.missing(folder, less))
                .extracting(Problem::text)
                .containsExactly(
                        "Dockerfile:3:6: 'big' is ignored: the build is not given it — take it back in .dockerignore: !big",
                        "Dockerfile:3:10: there is no 'gone' — name a file of the repository, or make it in an earlier"
                                + " stage");
    }

    @Test
    void wrongPatternsAreToldWithTheirPlaces() {
        var rules = "# x\n[\n!\na\\\nok\n".getBytes(StandardCharsets.UTF_8);
        assertThat(BuildContext.problemsOf(".dockerignore", rules))
                .extracting(problem -> String.valueOf(problem.where()))
                .containsExactly(".dockerignore:2:1", ".dockerignore:3:1", ".dockerignore:4:1");
    }

    @Test
    void noPatternTakesLong() throws IOException {
        write("a".repeat(200), "");
        write(".dockerignore", "*a".repeat(60) + "b\n" + "**/".repeat(200) + "b\n");
        long start = System.nanoTime();
        assertThat(files("Dockerfile")).contains("a".repeat(200));
        assertThat(System.nanoTime() - start).isLessThan(5_000_000_000L);
    }

    @Test
    void theIgnoreFileThatWasObeyedIsAlwaysSent() throws IOException {
        write("services/api/Dockerfile", "FROM scratch\n");
        write("services/api/Dockerfile.dockerignore", "services/api/Dockerfile*\n");
        write(".dockerignore", "services/api\n");
        write("services/api/a", "");

        var file = Path.of("services/api/Dockerfile");
        assertThat(BuildContext.of(folder, folder.resolve(file)).sent(file))
                .extracting(Path::toString)
                .contains("services/api/Dockerfile.dockerignore", "services/api/a");
    }
}

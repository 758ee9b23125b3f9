package dev.johwa.door.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class LeftOutNameTest {
    private static final Surroundings NOTHING = new Surroundings(
            Map.of(),
            Path.of("/"),
            Path.of("/"),
            Path.of("/"),
            InputStream.nullInputStream(),
            new PrintStream(OutputStream.nullOutputStream()),
            new PrintStream(OutputStream.nullOutputStream()),
            false);

    @TempDir
    private Path folder;

    private String put(String typed) {
        var words = List.of(typed.split(" "));
        var options = new RootCommand();
        try (var session = new Session(NOTHING, options)) {
            var root = new CommandLine(options);
            Verbs.all().forEach(verb -> Cli.add(root, verb, session));
            return String.join(" ", LeftOutName.put(root, words, folder));
        }
    }

    @BeforeEach
    void beARepository() throws IOException {
        Files.createDirectories(folder.resolve("there"));
        Files.writeString(Files.createDirectory(folder.resolve(".git")).resolve("config"), """
                [remote "johwa"]
                    url = http://localhost:8080/shop.git
                """);
    }

    @ParameterizedTest
    @CsvSource({
        "data add postgres, data add . postgres",
        "data add --as OTHER_URL redis -e staging, data add --as OTHER_URL . redis -e staging",
        "data add uploads/, data add . uploads/",
        "data dump DATABASE_URL, data dump . DATABASE_URL",
        "data remove uploads/, data remove . uploads/",
        "secrets set KEY, secrets set . KEY",
        "secrets set A=1 B=2, secrets set . A=1 B=2",
        "envs set A=1 B=2, envs set . A=1 B=2",
        "envs unset A, envs unset . A",
        "-C there domains add shop.example.com, -C there domains add . shop.example.com",
        "deploy main, deploy . main",
        "jobs run nightly, jobs run . nightly",
        "rollback 12, rollback . 12",
        "explain 12, explain . 12",
        "scale 3, scale . 3",
        "scale web=2 worker=3, scale . web=2 worker=3",
        "maintenance on, maintenance . on",
    })
    void itIsPutBeforeWhatFollowsIt(String typed, String meant) {
        assertThat(put(typed)).isEqualTo(meant);
    }

    @ParameterizedTest
    @CsvSource({
        "data add shop postgres",
        "data dump shop",
        "data add",
        "data add shop",
        "secrets set shop",
        "secrets set shop/api",
        "secrets set shop KEY",
        "secrets shop",
        "rollback shop",
        "rollback shop 12",
        "scale shop",
        "scale shop 3",
        "maintenance shop",
        "domains add shop shop.example.com",
        "exec shop -- A=1 env",
        "logs shop -f",
        "run show 12",
        "status shop",
    })
    void nothingIsPutWhereItStandsOrIsNotNeeded(String typed) {
        assertThat(put(typed)).isEqualTo(typed);
    }

    @Test
    void aWordIsMissingWhereNoRemoteSaysWhichApp() {
        assertThat(put("-C / data add postgres")).isEqualTo("-C / data add postgres");
        assertThat(put("-C / envs set A=1")).isEqualTo("-C / envs set . A=1");
        assertThat(put("-C / domains add --app shop shop.example.com"))
                .isEqualTo("-C / domains add --app shop . shop.example.com");
    }

    @Test
    void whatNobodyKnowsStaysAsItWasTyped() {
        assertThat(put("data add --nothing")).isEqualTo("data add --nothing");
        assertThat(put("nothing here")).isEqualTo("nothing here");
    }
}

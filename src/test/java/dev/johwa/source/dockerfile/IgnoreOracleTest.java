package dev.johwa.source.dockerfile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.johwa.ContainerOracle;
import dev.johwa.lib.text.RawNames;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What an ignore file leaves of a folder is what BuildKit sends of it.
class IgnoreOracleTest {
    private static final int FILES = Integer.getInteger("johwa.fuzz", 1) * 1000;
    private static final long SEED = Long.getLong("johwa.seed", 7);
    private static final List<String> TREE = List.of(
            "a",
            "b.txt",
            "c.md",
            ".git/config",
            ".git/objects/ab/cd",
            ".env",
            "src/a",
            "src/b.txt",
            "src/main/a.go",
            "src/main/b/c.go",
            "src/test/a.go",
            "node_modules/x/index.js",
            "node_modules/x/node_modules/y/a",
            "docs/a.md",
            "docs/b/c.md",
            "docs/README.md",
            "README.md",
            "Dockerfile",
            ".dockerignore",
            "d e/f g",
            "[x]/a",
            "x/a",
            "é/ü",
            "a^b",
            "dir/sub/deep/file.tmp",
            "dir/file.tmp",
            "foo/bar/x",
            "foo/baz/x",
            "foo/x",
            "!bang",
            "#hash",
            "back\\slash",
            "star*",
            "q?",
            "UPPER/Case",
            "link-target",
            "tmp/.keep",
            "a.b.c",
            "dot./x",
            "w1/w2/w3/w4");
    private static final List<String> PARTS = List.of(
            "a",
            "b.txt",
            "*",
            "**",
            "*.md",
            "src",
            "main",
            "foo",
            "bar",
            "baz",
            "x",
            "?",
            "[a-c]",
            "[^a]",
            "[",
            "docs",
            "node_modules",
            ".git",
            ".",
            "..",
            "*.t?t",
            "é",
            "dir",
            "sub",
            "\\a",
            "\\*",
            "a^b",
            "**a",
            "a**",
            "*.*",
            "[x]",
            "\\[x\\]",
            "[a-",
            "[z-a]",
            "README.md",
            "!x",
            "\\d",
            "Dockerfile",
            "d e");

    @TempDir
    static Path folder;

    private static ContainerOracle oracle;

    @BeforeAll
    static void start() throws IOException {
        for (var name : TREE) {
            var file = folder.resolve(name);
            Files.createDirectories(file.getParent());
            Files.writeString(file, "x");
        }
        Files.createSymbolicLink(folder.resolve("link"), Path.of("link-target"));
        Files.createSymbolicLink(folder.resolve("src/outside"), Path.of("../../nowhere"));
        Files.createDirectories(folder.resolve("empty/inner"));
        oracle = new ContainerOracle("ignore");
    }

    @AfterAll
    static void stop() {
        oracle.close();
    }

    private static Optional<String> differs(String rules) throws IOException {
        var content = rules.getBytes(StandardCharsets.UTF_8);
        Files.write(folder.resolve(".dockerignore"), content);
        var answer = oracle.ask(Map.of("content", content, "folder", folder.toString()));
        var theirs = new ArrayList<String>();
        answer.path("files").forEach(each -> theirs.add(each.asString()));
        theirs.sort(null);
        var context = BuildContext.of(folder, folder.resolve("Dockerfile"));
        boolean isRefused = !answer.path("error").asString("").isEmpty();
        if (isRefused != context.hasErrors()) {
            return Optional.of("matcher: «" + answer.path("error").asString() + "», we: " + context.problems());
        }
        var ours = context.files().stream()
                .map(each -> RawNames.text(RawNames.of(each)))
                .sorted()
                .toList();
        if (isRefused || ours.equals(theirs)) {
            return Optional.empty();
        }
        var missing = new ArrayList<>(theirs);
        missing.removeAll(ours);
        var more = new ArrayList<>(ours);
        more.removeAll(theirs);
        return Optional.of("missing " + missing + ", more " + more);
    }

    @Test
    void rulesOfPeopleLeaveWhatBuildKitSends() throws IOException {
        var different = new ArrayList<String>();
        for (var rules : List.of(
                "",
                "# nothing\n\n",
                "*\n!src\n",
                "*\n!src/**\nsrc/test\n",
                "**/*.md\n!README.md\n",
                "*.md\n!README*.md\nREADME-secret.md\n",
                "node_modules\n",
                "**/node_modules\n",
                "/docs/\n",
                "docs/**\n!docs/README.md\n",
                "./src/./main/\n",
                "  src  \n",
                "\uFEFFsrc\n",
                "src\r\ndocs\r\n",
                "!\n",
                "! src\n*\n! docs\n",
                "*\n!foo/bar\nfoo\n",
                "*\n!**/a\n",
                "**\n!a\n",
                "**/\n",
                "..\n../x\n.\n/\n",
                "src/*\n!src/main\n",
                "src/**/a.go\n",
                "**/a.go\n",
                "a**\n",
                "**b\n",
                "foo/ba?\n",
                "foo/ba[rz]\n",
                "[x]\n",
                "\\[x\\]\n",
                "back\\\\slash\n",
                "star\\*\n",
                "\\#hash\n",
                "#hash\n",
                "[\n",
                "a\\\n",
                "Dockerfile\n.dockerignore\n",
                "d e\n",
                "é\n",
                "**/.git\n**/.env*\n!.env.example\n",
                "*/*/*\n",
                "*/**\n",
                ".*\n!.keep\n",
                "tmp/*\n!tmp/.keep\n")) {
            differs(rules).ifPresent(how -> different.add("«" + rules + "» " + how));
        }
        assertThat(different).isEmpty();
    }

    @Test
    void generatedRulesLeaveWhatBuildKitSends() throws IOException {
        var random = new Random(SEED);
        var different = new ArrayList<String>();
        int refused = 0;
        for (int i = 0; i < FILES && different.size() < 20; i++) {
            var rules = new StringBuilder();
            for (int lines = 1 + random.nextInt(5); lines > 0; lines--) {
                rules.append(random.nextInt(3) == 0 ? "!" : "").append(random.nextInt(8) == 0 ? "/" : "");
                for (int parts = 1 + random.nextInt(3); parts > 0; parts--) {
                    rules.append(PARTS.get(random.nextInt(PARTS.size()))).append(parts > 1 ? "/" : "");
                }
                rules.append(random.nextInt(8) == 0 ? "/" : "").append('\n');
            }
            differs(rules.toString()).ifPresent(how -> different.add("«" + rules + "» " + how));
            refused += BuildContext.problemsOf("x", rules.toString().getBytes(StandardCharsets.UTF_8))
                            .isEmpty()
                    ? 0
                    : 1;
        }
        assertThat(different).isEmpty();
        assertThat(refused).isLessThan(FILES / 2);
    }
}

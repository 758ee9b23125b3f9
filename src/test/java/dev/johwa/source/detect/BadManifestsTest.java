package dev.johwa.source.detect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.problem.ProblemException;
import dev.johwa.source.detect.stack.Folder;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Manifests of every kind, as bad as they come: the answer is a problem that names the file, or a sound guess that
/// warns of it.
class BadManifestsTest {
    private static final long LARGE = 50L << 20;
    /// Read no further than their beginning, or by their own tools only.
    private static final Set<String> LOCKS = Set.of(
            "package-lock.json",
            "pnpm-lock.yaml",
            "yarn.lock",
            "bun.lock",
            "uv.lock",
            "poetry.lock",
            "pdm.lock",
            "Pipfile.lock",
            "Cargo.lock",
            "composer.lock",
            "Gemfile.lock",
            "mix.lock",
            "deno.lock",
            "go.sum");
    /// Code and pages are no manifests: of what is as large as that, nothing is known, and the folder around it
    /// decides.
    private static final Set<String> CODE = Set.of("app.py", "main.go", "manage.py");
    /// That they are there is enough, or they are read for one word when their tool is at hand.
    private static final Set<String> BESIDE = Set.of(
            "gradle/libs.versions.toml",
            "gradle/wrapper/gradle-wrapper.properties",
            "angular.json",
            "nx.json",
            "turbo.json",
            "global.json",
            "stack.yaml",
            "rust-toolchain.toml",
            "_config.yml");
    /// XML, pip and PHP's JSON reader know it, or say so themselves.
    private static final Set<String> WIDE_IS_READ = Set.of("pom.xml", "a.csproj", "requirements.txt");
    private static final Set<String> MARKED_UP = Set.of(
            "package.json",
            "composer.json",
            "deno.json",
            "deno.jsonc",
            "lerna.json",
            "app.json",
            "pom.xml",
            "pyproject.toml",
            "Pipfile",
            "Cargo.toml",
            "gleam.toml",
            "mise.toml");

    private static final String TURBO = "{\"workspaces\":[\"a\"],\"devDependencies\":{\"turbo\":\"2\"}}";

    /// Kinds beside those of [AnyBytesTest], as its own are.
    private static final List<List<String>> MORE = List.of(
            List.of("deno.jsonc", "{\"tasks\":{\"start\":\"deno run main.ts\"}}", "main.ts", "Deno.serve(() => 1)"),
            List.of("nx.json", "{\"targetDefaults\":{\"build\":{}}}", "package.json", "{\"name\":\"a\"}"),
            List.of("turbo.json", "{\"tasks\":{\"build\":{}}}", "package.json", TURBO),
            List.of("lerna.json", "{\"packages\":[\"packages/*\"]}", "package.json", "{\"name\":\"a\"}"),
            List.of("global.json", "{\"sdk\":{\"version\":\"9.0.100\"}}", "a.csproj", "<Project/>"),
            List.of("settings.gradle.kts", "include(\"web\")\n", "web/build.gradle.kts", "plugins { application }\n"),
            List.of(
                    "gradle/libs.versions.toml",
                    "[plugins]\nboot = \"a:1\"\n",
                    "build.gradle",
                    "plugins { id 'java' }"),
            List.of(
                    "gradle/wrapper/gradle-wrapper.properties",
                    "distributionUrl=https\\://x/gradle-8.14.3-bin.zip\n",
                    "build.gradle",
                    "plugins { id 'java' }",
                    "gradlew",
                    "",
                    "gradle/wrapper/gradle-wrapper.jar",
                    ""),
            List.of("build.zig", "pub fn build(b: *std.Build) void {}\n", "src/main.zig", "pub fn main() !void {}"),
            List.of("stack.yaml", "resolver: lts-22.0\n", "a.cabal", "name: a\nexecutable a\n  main-is: Main.hs\n"),
            List.of(
                    "setup.py",
                    "from setuptools import setup\nsetup(name='a', install_requires=['flask'])\n",
                    "app.py",
                    ""),
            List.of("setup.cfg", "[options]\ninstall_requires =\n  flask\n", "setup.py", "", "app.py", ""),
            List.of(
                    "project.toml",
                    "[[build.env]]\nname = \"GOOGLE_FUNCTION_TARGET\"\nvalue = \"f\"\n",
                    "main.py",
                    "def f(r):\n  pass\n"),
            List.of("hugo.toml", "baseURL = \"/\"\n", "content/a.md", "a"),
            List.of("zola.toml", "base_url = \"/\"\n", "content/a.md", "a"),
            List.of("config.toml", "base_url = \"/\"\n", "content/a.md", "a", "templates/index.html", ""),
            List.of("_config.yml", "title: a\n", "index.md", "---\n---\na"),
            List.of("uv.lock", "version = 1\n", "pyproject.toml", "[project]\nname = \"a\"\n", "main.py", "print(1)"),
            List.of(
                    "poetry.lock",
                    "[metadata]\nlock-version = \"2.1\"\n",
                    "pyproject.toml",
                    "[tool.poetry]\n",
                    "main.py",
                    ""),
            List.of(
                    "pdm.lock",
                    "[metadata]\nlock_version = \"4.5.0\"\n",
                    "pyproject.toml",
                    "[project]\n",
                    "main.py",
                    ""),
            List.of("Pipfile.lock", "{\"_meta\":{\"pipfile-spec\":6}}", "Pipfile", "[packages]\n", "main.py", ""),
            List.of(
                    "Cargo.lock",
                    "version = 4\n",
                    "Cargo.toml",
                    "[package]\nname = \"a\"\n",
                    "src/main.rs",
                    "fn main() {}"),
            List.of(
                    "composer.lock",
                    "{\"packages\":[],\"plugin-api-version\":\"2.6.0\"}",
                    "composer.json",
                    "{}",
                    "index.php",
                    "<?php"),
            List.of("Gemfile.lock", "GEM\n  specs:\n    rack (3.0)\n", "Gemfile", "gem 'rack'\n", "config.ru", "run 1"),
            List.of("mix.lock", "%{}\n", "mix.exs", "use Mix.Project\n"),
            List.of("deno.lock", "{\"version\":\"5\"}", "deno.json", "{}", "main.ts", "Deno.serve(() => 1)"),
            List.of("bun.lock", "{\"lockfileVersion\": 1}", "package.json", "{\"name\":\"a\"}"),
            List.of("go.sum", "x/y v1.0.0 h1:a=\n", "go.mod", "module a\n", "main.go", "package main\n"),
            List.of(".sdkmanrc", "java=17.0.9-tem\n", "pom.xml", "<project/>"),
            List.of(".python-version", "3.11\n", "app.py", "print(1)"),
            List.of(".java-version", "17\n", "pom.xml", "<project/>"));

    @TempDir
    Path place;

    /// @param told warnings of what was found, or why nothing was
    private record Answer(Optional<Detection> detection, List<Problem> told) {
        Set<String> files() {
            return Set.copyOf(told.stream()
                    .flatMap(each -> Stream.ofNullable(each.where()).map(where -> where.file()))
                    .toList());
        }

        boolean tells(String file) {
            return files().contains(file)
                    || told.stream().anyMatch(each -> each.message().contains(file));
        }
    }

    private static Stream<List<String>> kinds() {
        return Stream.of(AnyBytesTest.FOLDERS, MORE).flatMap(List::stream);
    }

    private Stream<DynamicTest> each(BiConsumer<Path, List<String>> look) {
        return kinds().map(files -> DynamicTest.dynamicTest(files.getFirst(), () -> {
            var folder = Files.createTempDirectory(place, "app");
            for (int i = 0; i < files.size(); i += 2) {
                write(folder.resolve(files.get(i)), files.get(i + 1).getBytes(StandardCharsets.UTF_8));
            }
            look.accept(folder, files);
        }));
    }

    private static void write(Path file, byte[] bytes) {
        try {
            Files.createDirectories(file.getParent());
            Files.write(file, bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Answer ask(Path folder) {
        try {
            var found = new Detector(new Toolchains(List.of(), folder.resolve("home"), argv -> Optional.empty()))
                    .detect(folder);
            return new Answer(found, found.map(Detection::warnings).orElse(List.of()));
        } catch (ProblemException e) {
            return new Answer(Optional.empty(), e.problems());
        }
    }

    private static byte[] bytes(List<String> files) {
        return files.get(1).getBytes(StandardCharsets.UTF_8);
    }

    /// What nobody knows is no guess either.
    private static void isAnswered(Answer answer, String file) {
        assertThat(answer.detection().isPresent() || answer.tells(file) || isNobodys(file))
                .as("%s: %s", file, answer)
                .isTrue();
    }

    /// Known by what stands in them: a folder in which they say nothing is nobody's.
    private static boolean isNobodys(String file) {
        return Set.of("manage.py", "go.work", "config.toml", "zola.toml", "_config.yml", "setup.py", "setup.cfg")
                .contains(file);
    }

    @TestFactory
    Stream<DynamicTest> empty() {
        return each((folder, files) -> {
            write(folder.resolve(files.getFirst()), new byte[0]);
            isAnswered(ask(folder), files.getFirst());
        });
    }

    @TestFactory
    Stream<DynamicTest> truncated() {
        return each((folder, files) -> {
            var whole = bytes(files);
            write(folder.resolve(files.getFirst()), Arrays.copyOf(whole, whole.length / 2));
            var answer = ask(folder);

            isAnswered(answer, files.getFirst());
            if (MARKED_UP.contains(files.getFirst())) {
                assertThat(answer.told())
                        .as(files.getFirst())
                        .anySatisfy(each -> assertThat(each.where())
                                .isNotNull()
                                .matches(where -> where.file().equals(files.getFirst()) && where.line() > 0));
            }
        });
    }

    @TestFactory
    Stream<DynamicTest> of50Megabytes() {
        return each((folder, files) -> {
            enlarge(folder.resolve(files.getFirst()));
            var answer = ask(folder);

            boolean isManifest = Stream.of(LOCKS, CODE, BESIDE).noneMatch(kind -> kind.contains(files.getFirst()));
            if (isManifest) {
                assertThat(answer.tells(files.getFirst()))
                        .as("%s: %s", files.getFirst(), answer)
                        .isTrue();
            } else {
                isAnswered(answer, files.getFirst());
            }
        });
    }

    /// Without its bytes on the disk.
    private static void enlarge(Path file) {
        try (var random = new RandomAccessFile(file.toFile(), "rw")) {
            random.setLength(LARGE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @TestFactory
    Stream<DynamicTest> inUtf16() {
        return each((folder, files) -> {
            write(folder.resolve(files.getFirst()), ("\uFEFF" + files.get(1)).getBytes(StandardCharsets.UTF_16LE));
            var answer = ask(folder);

            boolean isRead =
                    Stream.of(WIDE_IS_READ, CODE, BESIDE, LOCKS).anyMatch(kind -> kind.contains(files.getFirst()));
            if (isRead || files.getFirst().startsWith("_")) {
                isAnswered(answer, files.getFirst());
            } else {
                assertThat(answer.tells(files.getFirst()))
                        .as("%s: %s", files.getFirst(), answer)
                        .isTrue();
            }
        });
    }

    @TestFactory
    Stream<DynamicTest> withAByteOrderMark() {
        return each((folder, files) -> {
            var plain = ask(folder);
            write(folder.resolve(files.getFirst()), ("\uFEFF" + files.get(1)).getBytes(StandardCharsets.UTF_8));
            var marked = ask(folder);

            assertThat(marked.detection().map(Detection::provider))
                    .isEqualTo(plain.detection().map(Detection::provider));
            assertThat(marked.detection().map(Detection::start))
                    .isEqualTo(plain.detection().map(Detection::start));
            assertThat(marked.told()).hasSameSizeAs(plain.told());
        });
    }

    /// Each says something twice.
    private static final Map<String, String> TWICE = Map.ofEntries(
            Map.entry("package.json", "{\"name\": \"a\",\n\"name\": \"b\"}"),
            Map.entry("composer.json", "{\"require\": {},\n\"require\": {}}"),
            Map.entry("deno.json", "{\"tasks\": {}, // why\n\"tasks\": {},}"),
            Map.entry("lerna.json", "{\"packages\": [\"a\"],\n\"packages\": [\"b\"]}"),
            Map.entry("app.json", "{\"scripts\": {},\n\"scripts\": {}}"),
            Map.entry("heroku.yml", "run:\n  web: a\nrun:\n  web: b\n"),
            Map.entry("pnpm-workspace.yaml", "packages: [a]\npackages: [b]\n"),
            Map.entry("pubspec.yaml", "name: a\nname: b\n"),
            Map.entry("shard.yml", "name: a\nname: b\n"),
            Map.entry("pyproject.toml", "[project]\nname = \"a\"\nname = \"b\"\n"),
            Map.entry("Pipfile", "[packages]\na = \"*\"\na = \"1\"\n"),
            Map.entry("Cargo.toml", "[package]\nname = \"a\"\nname = \"b\"\n"),
            Map.entry("gleam.toml", "name = \"a\"\nname = \"b\"\n"),
            Map.entry("mise.toml", "[tools]\nnode = \"20\"\nnode = \"22\"\n"),
            Map.entry("Procfile", "web: ./a\nweb: ./b\n"));

    @TestFactory
    Stream<DynamicTest> withAKeyThatStandsTwice() {
        return each((folder, files) -> {
                    var file = files.getFirst();
                    write(folder.resolve(file), TWICE.getOrDefault(file, "").getBytes(StandardCharsets.UTF_8));
                    assertThat(ask(folder).told())
                            .as(file)
                            .anySatisfy(each -> assertThat(each.where())
                                    .isNotNull()
                                    .matches(where -> where.file().equals(file) && where.line() > 1));
                })
                .filter(test -> TWICE.containsKey(test.getDisplayName()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "uv.lock|version = 9",
                "poetry.lock|[metadata]~lock-version = \"9.0\"",
                "pdm.lock|[metadata]~lock_version = \"9.0\"",
                "Pipfile.lock|{\"_meta\": {\"pipfile-spec\": 99}}",
                "Cargo.lock|version = 99",
                "composer.lock|{\"plugin-api-version\": \"9.0.0\"}",
                "deno.lock|{\"version\": \"99\"}",
                "package-lock.json|{\"lockfileVersion\": 99}",
                "pnpm-lock.yaml|lockfileVersion: '99.0'",
                "yarn.lock|__metadata:~  version: 99",
                "bun.lock|{\"lockfileVersion\": 99}"
            })
    void aLockOfAnUnknownFutureFormIsTold(String file, String text) {
        var files =
                kinds().filter(each -> each.getFirst().equals(file)).findFirst().orElseThrow();
        for (int i = 0; i < files.size(); i += 2) {
            write(place.resolve(files.get(i)), files.get(i + 1).getBytes(StandardCharsets.UTF_8));
        }
        assertThat(ask(place).told()).noneMatch(each -> each.code().equals("detect.lock-form"));

        write(place.resolve(file), text.replace('~', '\n').getBytes(StandardCharsets.UTF_8));

        assertThat(ask(place).told())
                .filteredOn(each -> each.code().equals("detect.lock-form"))
                .singleElement()
                .satisfies(each -> assertThat(each.message()).contains(file));
    }

    /// Whole folders in which names hold letters of the shell, by the words under which they must stand alone.
    private static final Map<String, List<String>> SHELLED = Map.of(
            "node", List.of("package.json", "{\"name\": \"NAME\", \"main\": \"NAME.js\"}", "NAME.js", "x.listen(1)"),
            "cargo", List.of("Cargo.toml", "[package]\nname = \"NAME\"\n", "src/main.rs", "fn main() {}"),
            "go", List.of("go.mod", "module example.com/NAME\n", "cmd/NAME/main.go", "package main\n"),
            "maven",
                    List.of(
                            "pom.xml",
                            "<project><artifactId>NAME</artifactId><modules><module>NAME</module></modules></project>",
                            "NAME/pom.xml",
                            "<project><artifactId>NAME</artifactId></project>",
                            "NAME/src/main/java/A.java",
                            "class A { public static void main(String[] a) { new ServerSocket(1); } }"),
            "gradle",
                    List.of("settings.gradle", "include 'NAME'\n", "NAME/build.gradle", "plugins { id 'application' }"),
            "python", List.of("pyproject.toml", "[project]\nname = \"NAME\"\n", "NAME.py", "print(1)"),
            "crystal", List.of("shard.yml", "name: 'NAME'\ntargets:\n  'NAME':\n    main: 'NAME.cr'\n", "NAME.cr", ""),
            "gleam", List.of("gleam.toml", "name = \"NAME\"\n", "src/NAME.gleam", "pub fn main() { 1 }"),
            "cmake",
                    List.of("CMakeLists.txt", "project(NAME)\nadd_executable(NAME main.c)\n", "main.c", "int main(){}"),
            "dotnet", List.of("NAME.csproj", "<Project Sdk=\"Microsoft.NET.Sdk.Web\"></Project>"));

    @ParameterizedTest
    @ValueSource(
            strings = {"$(touch stolen)", "a;touch stolen;b", "`touch stolen`", "a&touch stolen&b", "a'touch stolen'"})
    void aNameWithLettersOfTheShellStartsNothing(String name) throws Exception {
        for (var kind : SHELLED.entrySet()) {
            var folder = Files.createTempDirectory(place, kind.getKey());
            for (int i = 0; i < kind.getValue().size(); i += 2) {
                write(
                        folder.resolve(kind.getValue().get(i).replace("NAME", name)),
                        kind.getValue().get(i + 1).replace("NAME", name).getBytes(StandardCharsets.UTF_8));
            }
            var answer = ask(folder);

            answer.detection().stream()
                    .flatMap(found -> Stream.of(
                                    found.install(),
                                    found.build(),
                                    List.copyOf(found.start().values()))
                            .flatMap(List::stream))
                    .filter(argv -> argv.size() > 2
                            && argv.get(0).equals("sh")
                            && argv.get(1).equals("-c"))
                    .forEach(argv -> assertThat(argv.get(2))
                            .as("%s %s", kind.getKey(), name)
                            .doesNotContain("touch stolen"));
        }
    }

    @Test
    void modulesThatIncludeEachOtherInACircleAreReadOnce() throws Exception {
        var kinds = Map.of(
                "pom.xml",
                List.of(
                        "pom.xml", "<project><modules><module>a</module></modules></project>",
                        "a/pom.xml", "<project><modules><module>../a</module><module>.</module></modules></project>"),
                "Cargo.toml",
                List.of(
                        "Cargo.toml",
                                "[package]\nname = \"x\"\n[workspace]\nmembers = [\"a\"]\n[dependencies]\na = { path = \"a\" }\n",
                        "src/main.rs", "fn main() {}",
                        "a/Cargo.toml",
                                "[package]\nname = \"a\"\n[workspace]\nmembers = [\"..\"]\n[dependencies]\nx = { path = \"..\" }\n",
                        "a/src/main.rs", "fn main() {}"),
                "go.work",
                List.of(
                        "go.work",
                        "go 1.22\nuse (\n . \n ./a\n)\n",
                        "go.mod",
                        "module x\nreplace a => ./a\n",
                        "a/go.mod",
                        "module a\nreplace x => ../\n",
                        "a/main.go",
                        "package main\nfunc main() {}\n",
                        "main.go",
                        "package main\nfunc main() {}\n"),
                "settings.gradle",
                List.of(
                        "settings.gradle",
                        "include 'a'\nproject(':a').projectDir = file('.')\n",
                        "build.gradle",
                        "plugins { id 'java' }"),
                "requirements.txt",
                List.of(
                        "requirements.txt",
                        "-r more.txt\nflask\n",
                        "more.txt",
                        "-r requirements.txt\n",
                        "app.py",
                        "from flask import Flask\napp = Flask('a')\n"),
                "package.json",
                List.of(
                        "package.json",
                        "{\"workspaces\": [\".\", \"a\"]}",
                        "a/package.json",
                        "{\"name\": \"a\", \"workspaces\": [\"..\"], \"scripts\": {\"start\": \"node a.js\"}}"));
        for (var kind : kinds.entrySet()) {
            var folder = Files.createTempDirectory(place, "round");
            for (int i = 0; i < kind.getValue().size(); i += 2) {
                write(
                        folder.resolve(kind.getValue().get(i)),
                        kind.getValue().get(i + 1).getBytes(StandardCharsets.UTF_8));
            }
            var toolchains = new Toolchains(List.of(), folder.resolve("home"), argv -> Optional.empty());

            assertThat(ask(folder).detection()).as(kind.getKey()).isPresent();
            assertThat(new Applications(new Detector(toolchains))
                            .survey(new Folder(folder), "shop")
                            .found())
                    .as(kind.getKey())
                    .isNotEmpty();
        }
    }

    /// A link to itself, and a folder in a circle, in the place of each manifest.
    @TestFactory
    Stream<DynamicTest> asALinkInALoop() {
        return each((folder, files) -> {
            try {
                var file = folder.resolve(files.getFirst());
                Files.delete(file);
                Files.createSymbolicLink(file, file.getFileName());
                Files.createSymbolicLink(folder.resolve("round"), Path.of("."));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            ask(folder);
        });
    }
}

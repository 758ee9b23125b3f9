package dev.johwa.source.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.johwa.lib.problem.ProblemException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/// Whatever bytes a manifest holds, the answer is a detection, a problem that names the file, or that nobody knows the
/// folder; in bounded time, and never a bug's exception.
class AnyBytesTest {
    private static final Duration LONGEST = Duration.ofSeconds(20);

    @TempDir
    Path place;

    /// Each a folder as people have them: the manifest that is spoilt first, then what stands beside it.
    static final List<List<String>> FOLDERS = List.of(
            List.of(
                    "package.json",
                    "{\"name\":\"a\",\"packageManager\":\"pnpm@9.1.0\",\"workspaces\":[\"packages/*\"],"
                            + "\"engines\":{\"node\":\">=18 <23\"},\"scripts\":{\"start\":\"node server.js\","
                            + "\"build\":\"next build\",\"test\":\"jest\"},\"dependencies\":{\"next\":\"^15.0.0\"}}",
                    "server.js",
                    "require('http').createServer().listen(process.env.PORT)"),
            List.of("package-lock.json", "{\"lockfileVersion\":3,\"packages\":{}}", "package.json", "{\"name\":\"a\"}"),
            List.of(
                    "pnpm-lock.yaml",
                    "lockfileVersion: '9.0'\nimporters:\n  .: {}\n",
                    "package.json",
                    "{\"name\":\"a\"}"),
            List.of("pnpm-workspace.yaml", "packages:\n  - 'apps/*'\n", "package.json", "{\"name\":\"a\"}"),
            List.of("yarn.lock", "__metadata:\n  version: 8\n", "package.json", "{\"name\":\"a\"}"),
            List.of("angular.json", "{\"projects\":{\"a\":{\"architect\":{}}}}", "package.json", "{\"name\":\"a\"}"),
            List.of(
                    "pyproject.toml",
                    "[project]\nname = \"a\"\nrequires-python = \">=3.10,<4\"\ndependencies = [\n  \"flask>=3\",\n]\n"
                            + "[tool.poetry.dependencies]\npython = \"^3.11\"\n",
                    "app.py",
                    "from flask import Flask\napp = Flask(__name__)\n"),
            List.of(
                    "requirements.txt",
                    "flask==3.0.0\n-r other.txt\n",
                    "app.py",
                    "import flask\napp = flask.Flask('a')\n"),
            List.of("Pipfile", "[packages]\nflask = \"*\"\n[requires]\npython_version = \"3.11\"\n", "app.py", ""),
            List.of(
                    "app.py",
                    "# /// script\n# dependencies = [\"flask\"]\n# ///\nfrom flask import Flask\napp = Flask('a')\n"),
            List.of("manage.py", "import django\n", "site/settings.py", "ALLOWED_HOSTS = []\n"),
            List.of(
                    "pom.xml",
                    "<project><modelVersion>4.0.0</modelVersion><groupId>a</groupId><artifactId>b</artifactId>"
                            + "<version>1</version><properties><maven.compiler.release>21</maven.compiler.release>"
                            + "</properties><modules><module>web</module></modules></project>",
                    "web/pom.xml",
                    "<project><artifactId>web</artifactId></project>"),
            List.of("build.gradle.kts", "plugins { id(\"org.springframework.boot\") version \"3.4.0\" }\n"),
            List.of("build.gradle", "plugins { id 'application' }\napplication { mainClass = 'a.B' }\n"),
            List.of("build.sbt", "scalaVersion := \"3.3.1\"\n"),
            List.of("go.mod", "module example.com/a\n\ngo 1.22\n\nrequire x/y v1.0.0\n", "main.go", "package main\n"),
            List.of(
                    "go.work",
                    "go 1.22\nuse (\n  ./a\n  ./b\n)\n",
                    "a/go.mod",
                    "module a\n",
                    "a/main.go",
                    "package main\n"),
            List.of(
                    "main.go",
                    "package main\nfunc main() { http.ListenAndServe(\":8080\", nil) }\n",
                    "go.mod",
                    "module a\n"),
            List.of(
                    "Cargo.toml",
                    "[package]\nname = \"a\"\nversion = \"0.1.0\"\n[dependencies]\naxum = \"0.8\"\n[workspace]\n"
                            + "members = [\"b\"]\n",
                    "src/main.rs",
                    "fn main() {}\n"),
            List.of(
                    "rust-toolchain.toml",
                    "[toolchain]\nchannel = \"1.80\"\n",
                    "Cargo.toml",
                    "[package]\nname = \"a\"\n"),
            List.of("composer.json", "{\"require\":{\"php\":\">=8.1\"}}", "index.php", "<?php echo 1;"),
            List.of("Gemfile", "source 'https://rubygems.org'\ngem 'sinatra'\n", "config.ru", "run App\n"),
            List.of("mix.exs", "defmodule A.MixProject do\n  use Mix.Project\nend\n"),
            List.of("deno.json", "{\"tasks\":{\"start\":\"deno run -A main.ts\"}}", "main.ts", "Deno.serve(() => 1)"),
            List.of("a.csproj", "<Project Sdk=\"Microsoft.NET.Sdk.Web\"></Project>"),
            List.of("pubspec.yaml", "name: a\nenvironment:\n  sdk: ^3.0.0\n", "bin/server.dart", "void main() {}"),
            List.of("shard.yml", "name: a\nversion: 0.1.0\ntargets:\n  a:\n    main: src/a.cr\n"),
            List.of("gleam.toml", "name = \"a\"\n", "src/a.gleam", "pub fn main() { 1 }"),
            List.of("Package.swift", "let package = Package(name: \"a\")\n"),
            List.of("a.cabal", "name: a\nversion: 0.1\nexecutable a\n  main-is: Main.hs\n"),
            List.of("CMakeLists.txt", "project(a)\nadd_executable(a main.c)\n", "main.c", "int main(){}"),
            List.of("meson.build", "project('a', 'c')\nexecutable('a', 'main.c')\n"),
            List.of("Makefile", "build:\n\tcc main.c\nrun:\n\t./a\n", "main.c", "int main(){}"),
            List.of("Procfile", "web: python3 app.py\nrelease: python3 migrate.py\n", "app.py", ""),
            List.of(
                    "app.json",
                    "{\"scripts\":{\"postdeploy\":\"x\"},\"env\":{\"A\":{\"required\":true}}}",
                    "index.html",
                    ""),
            List.of(
                    "heroku.yml",
                    "build:\n  docker:\n    web: Dockerfile\nrelease:\n  command: [x]\n",
                    "index.html",
                    ""),
            List.of("Staticfile", "root: public\n", "public/index.html", "<h1>a</h1>"),
            List.of("_redirects", "/old/* /new/:splat 301\n", "index.html", "<h1>a</h1>"),
            List.of("_headers", "/*\n  X-A: b\n", "index.html", "<h1>a</h1>"),
            List.of("mkdocs.yml", "site_name: a\n", "docs/index.md", "# a"),
            List.of(".tool-versions", "nodejs 20.1.0\npython 3.11\n", "package.json", "{\"name\":\"a\"}"),
            List.of("mise.toml", "[tools]\nnode = \"22\"\n", "package.json", "{\"name\":\"a\"}"),
            List.of(".nvmrc", "lts/iron\n", "package.json", "{\"name\":\"a\"}"),
            List.of("runtime.txt", "python-3.11.7\n", "app.py", "print(1)"),
            List.of("system.properties", "java.runtime.version=21\n", "pom.xml", "<project/>"));

    /// Ways in which files are spoilt, by name.
    private static Map<String, UnaryOperator<byte[]>> spoilings() {
        var ways = new LinkedHashMap<String, UnaryOperator<byte[]>>();
        ways.put("as it is", bytes -> bytes);
        ways.put("empty", bytes -> new byte[0]);
        ways.put("blank", bytes -> " \n\t\n".getBytes(StandardCharsets.UTF_8));
        ways.put("UTF-16", bytes -> marked(bytes, 0xFF, 0xFE, true));
        ways.put("UTF-16 big-endian", bytes -> text(bytes).getBytes(StandardCharsets.UTF_16));
        ways.put("byte order mark", bytes -> join(new byte[] {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF}, bytes));
        ways.put("CRLF", bytes -> text(bytes).replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8));
        ways.put("twice", bytes -> join(bytes, bytes));
        ways.put("zeros", bytes -> new byte[4096]);
        ways.put("deep", bytes -> "[{\"a\":(".repeat(20_000).getBytes(StandardCharsets.UTF_8));
        ways.put("one long line", bytes -> join(bytes, "a".repeat(900_000).getBytes(StandardCharsets.UTF_8)));
        ways.put("spaces", bytes -> join(bytes, (" ".repeat(300_000) + "x").getBytes(StandardCharsets.UTF_8)));
        ways.put("2 MB", bytes -> join(bytes, new byte[2 << 20]));
        return ways;
    }

    @TestFactory
    Stream<DynamicTest> noFileBreaksDetection() {
        return FOLDERS.stream().map(folder -> DynamicTest.dynamicTest(folder.getFirst(), () -> spoil(folder)));
    }

    private void spoil(List<String> files) {
        var bytes = files.get(1).getBytes(StandardCharsets.UTF_8);
        spoilings().forEach((name, way) -> look(files, name, way.apply(bytes)));
        for (int end = 1; end < bytes.length; end += Math.max(1, bytes.length / 12)) {
            look(files, "cut at " + end, Arrays.copyOf(bytes, end));
        }
        var random = new Random(bytes.length);
        for (int i = 0; i < 25; i++) {
            look(files, "mutation " + i, mutated(bytes, random));
        }
    }

    private void look(List<String> files, String how, byte[] bytes) {
        var folder = place.resolve(Integer.toHexString((files.getFirst() + how).hashCode()));
        try {
            for (int i = 0; i < files.size(); i += 2) {
                var file = folder.resolve(files.get(i));
                Files.createDirectories(file.getParent());
                Files.write(file, i == 0 ? bytes : files.get(i + 1).getBytes(StandardCharsets.UTF_8));
            }
            Assertions.assertTimeoutPreemptively(LONGEST, () -> detect(folder, files.getFirst() + ", " + how));
            Files.deleteIfExists(folder.resolve(files.getFirst()));
        } catch (IOException e) {
            fail(e);
        }
    }

    static void detect(Path folder, String what) {
        try {
            new Detector(new Toolchains(List.of(), folder, argv -> Optional.empty())).detect(folder);
        } catch (ProblemException e) {
            assertThat(e.problems()).as(what).isNotEmpty();
            assertThat(e.problem().where()).as(what + ": " + e.getMessage()).isNotNull();
        } catch (RuntimeException | StackOverflowError e) {
            fail(what, e);
        }
    }

    private static byte[] mutated(byte[] bytes, Random random) {
        var changed = new ArrayList<Byte>();
        for (byte each : bytes) {
            switch (random.nextInt(60)) {
                case 0 -> changed.add((byte) random.nextInt(256));
                case 1 -> {}
                case 2 -> {
                    changed.add(each);
                    changed.add((byte) "{}[]()\"'\\:,#$%&*\n".charAt(random.nextInt(16)));
                }
                default -> changed.add(each);
            }
        }
        var array = new byte[changed.size()];
        for (int i = 0; i < array.length; i++) {
            array[i] = changed.get(i);
        }
        return array;
    }

    private static byte[] marked(byte[] bytes, int first, int second, boolean little) {
        var charset = little ? StandardCharsets.UTF_16LE : StandardCharsets.UTF_16BE;
        return join(new byte[] {(byte) first, (byte) second}, text(bytes).getBytes(charset));
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static byte[] join(byte[] one, byte[] other) {
        var both = new ByteArrayOutputStream();
        both.writeBytes(one);
        both.writeBytes(other);
        return both.toByteArray();
    }
}

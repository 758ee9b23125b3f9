package dev.johwa.build.bill;

import dev.johwa.Parser;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;

/// Those of lock files and of what is installed: a project brings them.
public final class BillParsers {
    private static final Map<String, String> LOCKS = Map.ofEntries(
            Map.entry(
                    "package-lock.json",
                    "{\"lockfileVersion\":3,\"packages\":{\"\":{\"dependencies\":{\"a\":\"1\"}},\"node_modules/a\":"
                            + "{\"version\":\"1.0.0\",\"dependencies\":{\"b\":\"2\"},\"license\":\"MIT\"},"
                            + "\"node_modules/a/node_modules/b\":{\"version\":\"2.0.0\",\"dev\":true}}}"),
            Map.entry("npm-shrinkwrap.json", "{\"dependencies\":{\"a\":{\"version\":\"1\",\"dependencies\":{}}}}"),
            Map.entry(
                    "yarn.lock",
                    "\"@a/b@^1.0.0\", c@npm:2:\n  version \"1.0.2\"\n  resolution: \"c@workspace:.\"\n"
                            + "  dependencies:\n    d \"^1\"\n"),
            Map.entry(
                    "pnpm-lock.yaml",
                    "lockfileVersion: '9.0'\nimporters:\n  .:\n    dependencies:\n      a: {specifier: ^1, version: 1.0.0}\n"
                            + "packages:\n  /a@1.0.0(b@2.0.0):\n    resolution: {}\nsnapshots:\n  a@1.0.0: {}\n"),
            Map.entry("bun.lock", "{\n \"packages\": {\n  \"a\": [\"@a/b@1.0.0\", \"\", {}, \"sha\"],\n },\n}\n"),
            Map.entry("uv.lock", "[[package]]\nname = \"a\"\nversion = \"1\"\ndependencies = [{ name = \"b\" }]\n"),
            Map.entry("poetry.lock", "[[package]]\nname = \"a\"\nversion = \"1\"\n[package.dependencies]\nb = \"*\"\n"),
            Map.entry("pdm.lock", "[[package]]\nname = \"a\"\nversion = \"1\"\ndependencies = [\"b>=1\"]\n"),
            Map.entry("Cargo.lock", "[[package]]\nname = \"a\"\nversion = \"1\"\ndependencies = [\"b 1.0\"]\n"),
            Map.entry("Pipfile.lock", "{\"default\":{\"a\":{\"version\":\"==1.0\"}},\"develop\":{}}"),
            Map.entry("requirements.txt", "a[b]==1.0 ; python_version > '3'\n-r x.txt\n# c\n"),
            Map.entry("gradle.lockfile", "# x\na.b:c:1.0=runtimeClasspath\nempty=\n"),
            Map.entry("go.mod", "module a\nrequire (\n\tx.y/z v1.0.0 // indirect\n)\nreplace x.y/z => ./z\n"));

    private BillParsers() {}

    /// One for each kind of file.
    public static List<Parser> all() {
        var all = new ArrayList<Parser>();
        LockFile.ALL.forEach((name, file) ->
                all.add(Parser.ofBytes(name, bytes -> lock(file, bytes), LOCKS.getOrDefault(name, ""))));
        all.sort((one, other) -> one.name().compareTo(other.name()));
        all.add(Parser.ofText(
                "METADATA of a wheel",
                text -> PythonFiles.installed(text, new Finding()),
                "Name: a\nVersion: 1\nLicense: MIT\nClassifier: License :: OSI Approved :: MIT License\n\nx\n"));
        all.add(Parser.ofText(
                "status of dpkg",
                text -> DebianFiles.status(text, new Finding()),
                "Package: a\nStatus: install ok installed\nSource: b (1.0)\nVersion: 1.0-2\n\nPackage: c\n x\n"));
        all.add(Parser.ofBytes(
                "program of Go",
                bytes -> GoFiles.program(new ByteArrayInputStream(bytes), new Finding()),
                "\u007fELF\u00ff Go buildinf:\b\2" + "\0".repeat(16) + "\6go1.22\20path\ta\ndep\tb\tv1\n"));
        all.add(Parser.ofText("licence", Licences::of, "MIT", "Apache License, Version 2.0"));
        return all;
    }

    /// What the library of a form says of one that is none stands in the bill as a warning.
    private static void lock(LockFile file, byte[] bytes) throws IOException {
        try {
            file.read(new String(bytes, StandardCharsets.UTF_8), new Finding());
        } catch (JacksonException e) {
            throw new IOException(e);
        }
    }
}

package dev.johwa.source.compose;

import dev.johwa.lib.json.Json;
import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.problem.ProblemException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A project of a test: its files, and what the command is given.
///
/// @param files texts by path
/// @param named by `-f`
record ComposeCase(
        String name,
        Map<String, String> files,
        List<String> named,
        List<String> profiles,
        Map<String, String> environment) {
    @Override
    public String toString() {
        return name;
    }

    /// `=== name -f FILE --profile P <NAME=value>`, then files after `--- path`.
    static List<ComposeCase> read(String corpus) {
        return Stream.of(corpus.split("(?m)^=== "))
                .filter(text -> !text.isBlank())
                .map(ComposeCase::one)
                .toList();
    }

    private static ComposeCase one(String text) {
        var head = text.lines().findFirst().orElseThrow();
        var files = new LinkedHashMap<String, String>();
        for (var part : text.split("(?m)^--- ")) {
            if (files.isEmpty() && part.startsWith(head)) {
                continue;
            }
            int end = part.indexOf('\n');
            files.put(end < 0 ? part : part.substring(0, end), end < 0 ? "" : part.substring(end + 1));
        }
        var named = new ArrayList<String>();
        var profiles = new ArrayList<String>();
        var environment = new LinkedHashMap<String, String>();
        var words = head.replaceAll("[<>]", " ").split(" ");
        for (int i = 0; i < words.length; i++) {
            switch (words[i]) {
                case "-f" -> named.add(words[++i]);
                case "--profile" -> profiles.add(words[++i]);
                case String word
                when head.contains("<") && word.matches("[A-Z_]+=.*") ->
                    environment.put(word.replaceFirst("=.*", ""), word.replaceFirst("[^=]*=", ""));
                case String _ -> {}
            }
        }
        return new ComposeCase(head, files, named, profiles, environment);
    }

    void write(Path folder) {
        files.forEach((name, text) -> {
            try {
                var file = folder.resolve(name);
                Files.createDirectories(file.getParent());
                Files.writeString(file, text);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    /// What we say: the model, or `refused`.
    String ours(Path folder) {
        try {
            return ComposeOracle.canonical(Json.tree(reading(folder).model().json()));
        } catch (ProblemException e) {
            return "refused";
        }
    }

    ComposeFile.Reading reading(Path folder) {
        return ComposeFile.read(new ComposeFile.Request(
                folder, named.stream().map(Path::of).toList(), profiles, around(folder), false));
    }

    /// All that is wrong, a line each.
    String problems(Path folder) {
        try {
            reading(folder);
            return "";
        } catch (ProblemException e) {
            return e.problems().stream().map(Problem::text).collect(Collectors.joining("\n"));
        }
    }

    /// What Compose says: the model, or `refused`.
    String theirs(ComposeOracle oracle, Path folder) {
        return oracle.ask(folder, named, profiles, around(folder))
                .model()
                .map(ComposeOracle::canonical)
                .orElse("refused");
    }

    private Map<String, String> around(Path folder) {
        var around = new LinkedHashMap<>(environment);
        around.put("HOME", "/home/someone");
        around.put("PWD", folder.toString());
        return around;
    }
}

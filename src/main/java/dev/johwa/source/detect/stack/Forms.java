package dev.johwa.source.detect.stack;

import dev.johwa.lib.json.Json;
import dev.johwa.lib.problem.Place;
import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.problem.ProblemException;
import dev.johwa.lib.yaml.Yaml;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// What is wrong with the form of a manifest: its tool would refuse it, or take something else than its reader thinks.
/// What is code or data is no manifest, and what its provider tells of by itself is not told here again.
final class Forms {
    private static final Set<String> JSON = Set.of("package.json", "composer.json", "global.json", "lerna.json");
    /// Their tools read comments.
    private static final Set<String> LOOSE_JSON = Set.of("deno.json", "deno.jsonc", "angular.json", "project.json");
    private static final Set<String> YAML =
            Set.of("pnpm-workspace.yaml", "pubspec.yaml", "shard.yml", "hugo.yaml", "hugo.yml");
    private static final Pattern OTHER = Pattern.compile("(?:[Mm]akefile|GNUmakefile|Procfile|Staticfile|Gemfile"
            + "|Pipfile|app\\.json|heroku\\.yml"
            + "|mkdocs\\.ya?ml|_config\\.yml|pyproject\\.toml|Cargo\\.toml|gleam\\.toml|hugo\\.toml"
            + "|zola\\.toml|config\\.toml|rust-toolchain(?:\\.toml)?|mise\\.toml|project\\.toml"
            + "|go\\.mod|go\\.work|pom\\.xml|(?:build|settings)\\.gradle(?:\\.kts)?|build\\.sbt"
            + "|build\\.zig|mix\\.exs|Package\\.swift|CMakeLists\\.txt|meson\\.build|setup\\.(?:py|cfg)"
            + "|runtime\\.txt|system\\.properties|\\.tool-versions|\\.nvmrc|\\.sdkmanrc"
            + "|\\.[a-z]+-version|[^/]+\\.(?:cs|fs|vb)proj|[^/]+\\.cabal)");
    /// What they stand for is not there while they are empty.
    private static final Set<String> NEVER_EMPTY = Set.of(
            "composer.json",
            "app.json",
            "deno.json",
            "pubspec.yaml",
            "shard.yml",
            "gleam.toml",
            "go.mod",
            "go.work",
            "mix.exs",
            "Package.swift",
            "CMakeLists.txt",
            "meson.build",
            "build.zig",
            "heroku.yml");
    /// XML names its encoding by itself; the others are told of by who reads them.
    private static final Pattern READ_AS_THEY_ARE =
            Pattern.compile("pom\\.xml|[^/]+\\.\\w+proj|package\\.json|pyproject\\.toml|Pipfile");

    private Forms() {}

    private static String name(String file) {
        return file.substring(file.lastIndexOf('/') + 1);
    }

    private static boolean isManifest(String name) {
        return JSON.contains(name)
                || LOOSE_JSON.contains(name)
                || YAML.contains(name)
                || OTHER.matcher(name).matches();
    }

    /// @param tooLarge files of which nothing was read
    static Stream<Problem> unread(Collection<String> tooLarge) {
        return tooLarge.stream()
                .filter(file -> isManifest(name(file)))
                .map(file -> Problem.user("detect.too-large", file + " is larger than 1 MiB, and nothing of it is read")
                        .at(Place.of(file))
                        .hint("keep in it what its tool needs, and the rest elsewhere"));
    }

    /// Of a file that was read.
    static Stream<Problem> of(Folder folder, String file) {
        var name = name(file);
        if (!isManifest(name)) {
            return Stream.empty();
        }
        var text = folder.read(file).orElse("");
        if (text.isBlank()) {
            return NEVER_EMPTY.contains(name)
                    ? Stream.of(problem("detect.empty", file + " is empty, which its tool refuses", file)
                            .hint("write what it has to say, or take it away"))
                    : Stream.empty();
        }
        var problems = new ArrayList<Problem>();
        if (!READ_AS_THEY_ARE.matcher(name).matches()) {
            folder.otherEncoding(file)
                    .ifPresent(encoding -> problems.add(problem(
                                    "detect.encoding",
                                    file + " is written in " + encoding + ", which its tools do not read",
                                    file)
                            .hint("save it as UTF-8")));
        }
        problems.addAll(slips(file, name, text));
        return problems.stream();
    }

    private static Problem problem(String code, String message, String file) {
        return Problem.user(code, message).at(new Place(file, 1, 1));
    }

    private static List<Problem> slips(String file, String name, String text) {
        boolean isLoose = LOOSE_JSON.contains(name);
        if (isLoose || JSON.contains(name)) {
            return json(file, text, isLoose).stream().toList();
        }
        return YAML.contains(name) ? yaml(file, text) : List.of();
    }

    private static Optional<Problem> json(String file, String text, boolean isLoose) {
        return Json.slip(file, text, isLoose)
                .map(slip -> slip.hint("mend it there; until then what it says is taken in part, or not at all"));
    }

    private static List<Problem> yaml(String file, String text) {
        var problems = new ArrayList<Problem>();
        try {
            Yaml.read(file, text, problems);
        } catch (ProblemException e) {
            problems.addAll(e.problems());
        }
        return problems;
    }
}

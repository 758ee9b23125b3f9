package dev.johwa.build.pipeline.results;

import dev.johwa.build.pipeline.results.TestResults.Failure;
import dev.johwa.lib.json.Json;
import dev.johwa.lib.problem.ProblemException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/// The JSON that Jest (and Vitest), Mocha and RSpec write to a file.
final class JsonReport {
    private static final double MILLIS = 1_000;

    private final Paths paths;
    private final Path file;
    private final Frames frames;
    private final Tally tally;

    JsonReport(Paths paths, Path file, Tally tally) {
        this.paths = paths;
        this.file = file;
        this.frames = new Frames(paths, file);
        this.tally = tally;
    }

    void read() {
        try {
            var tree = Json.tree(Files.readString(file));
            tree.path("testResults").forEach(this::jestFile);
            tree.path("examples").forEach(this::rspec);
            if (tree.path("stats").isObject()) {
                mocha(tree);
            }
        } catch (IOException | ProblemException e) {
            // No report, then; what the runner printed tells.
        }
    }

    private void jestFile(JsonNode result) {
        var name = paths.relative(text(result, "name"));
        tally.in(name);
        var assertions = result.path("assertionResults");
        if (assertions.isEmpty() && text(result, "status").equals("failed")) {
            var said = TestResults.clean(text(result, "message")).strip();
            var message = said.lines()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty() && !line.startsWith("●"))
                    .findFirst()
                    .orElse("the file cannot run");
            tally.ran(name);
            tally.failed(new Failure(name, message, frames.other(said).orElse(name)));
        }
        assertions.forEach(this::jestTest);
    }

    private void jestTest(JsonNode test) {
        var words = new ArrayList<String>();
        test.path("ancestorTitles").forEach(title -> words.add(title.asString("")));
        words.add(text(test, "title"));
        var name = String.join(" > ", words);
        switch (text(test, "status")) {
            case "passed" -> tally.ran(name, seconds(test, "duration"));
            case "failed" -> {
                tally.ran(name, seconds(test, "duration"));
                var said =
                        TestResults.clean(test.path("failureMessages").path(0).asString(""));
                tally.failed(new Failure(name, beforeFrames(said), frames.where("", said)));
            }
            case String _ -> tally.skipped(name);
        }
    }

    private static String beforeFrames(String said) {
        var lines = said.lines()
                .takeWhile(line -> !line.strip().startsWith("at "))
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .toList();
        return String.join("\n", lines);
    }

    private void rspec(JsonNode example) {
        var name = text(example, "full_description");
        tally.in(paths.relative(text(example, "file_path")));
        switch (text(example, "status")) {
            case "pending" -> tally.skipped(name);
            case "failed" -> {
                tally.ran(name, String.valueOf(example.path("run_time").asDouble(0)));
                var exception = example.path("exception");
                var place = paths.relative(text(example, "file_path")) + ":"
                        + example.path("line_number").asInt(0);
                var stack = String.join("\n", strings(exception.path("backtrace")));
                var message = String.join(
                        "\n",
                        text(exception, "message")
                                .lines()
                                .map(String::strip)
                                .filter(line -> !line.isEmpty())
                                .toList());
                tally.failed(new Failure(name, message, frames.other(stack).orElse(place)));
            }
            case String _ ->
                tally.ran(name, String.valueOf(example.path("run_time").asDouble(0)));
        }
    }

    private void mocha(JsonNode tree) {
        tree.path("passes").forEach(test -> tally.ran(text(test, "fullTitle"), seconds(test, "duration")));
        tree.path("pending").forEach(test -> tally.skipped(text(test, "fullTitle")));
        tree.path("failures").forEach(test -> {
            var name = text(test, "fullTitle");
            var error = test.path("err");
            var where = frames.where("", text(error, "stack"));
            tally.ran(name, seconds(test, "duration"));
            tally.failed(new Failure(
                    name, text(error, "message"), where.isEmpty() ? paths.relative(text(test, "file")) : where));
        });
    }

    private static List<String> strings(JsonNode array) {
        var all = new ArrayList<String>();
        array.forEach(each -> all.add(each.asString("")));
        return all;
    }

    private static String seconds(JsonNode test, String name) {
        return String.valueOf(test.path(name).asDouble(0) / MILLIS);
    }

    private static String text(JsonNode node, String name) {
        return node.path(name).asString("");
    }
}

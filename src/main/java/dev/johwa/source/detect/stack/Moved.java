package dev.johwa.source.detect.stack;

import dev.johwa.source.detect.Detection.Cache;
import dev.johwa.source.detect.Detection.Publish;
import dev.johwa.source.detect.Detection.Test;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A draft of a folder, meant from further up: its commands go down into the folder by themselves, its paths begin with
/// it.
///
/// @param place the folder, relative with `/`
public record Moved(String place) {
    public Draft of(Draft draft) {
        var moved = new Draft(draft.provider, draft.language);
        moved.packageManager = draft.packageManager;
        moved.version = draft.version;
        moved.service = draft.service;
        moved.testsNeedBuild = draft.testsNeedBuild;
        moved.port = draft.port;
        moved.health = draft.health;
        moved.publish = draft.publish.map(each -> new Publish(below(each.folder()), each.fallback()));
        moved.environment.putAll(draft.environment);
        moved.environment.computeIfPresent(
                "PATH",
                (name, path) -> Stream.of(path.split(":")).map(this::below).collect(Collectors.joining(":")));
        moved.buildEnvironment.putAll(draft.buildEnvironment);
        moved.testEnvironment.putAll(draft.testEnvironment);
        moved.tools.addAll(draft.tools);
        draft.evidence.forEach(each -> moved.because(below(each.file()), each.why()));
        moved.warnings.addAll(draft.warnings);
        moved.missing.addAll(draft.missing);
        commands(draft, moved);
        draft.caches.forEach(cache -> moved.caches.add(new Cache(
                below(cache.folder()), cache.key().stream().map(this::below).toList())));
        draft.layers.forEach(layer -> moved.layers.add(below(layer)));
        draft.leftovers.forEach(folder -> moved.leftovers.add(below(folder)));
        draft.kept.forEach(folder -> moved.kept.add(below(folder)));
        draft.madeOf.forEach((folder, of) ->
                moved.madeOf.put(below(folder), of.stream().map(this::below).toList()));
        return moved;
    }

    private void commands(Draft draft, Draft moved) {
        draft.install.forEach(command -> moved.install.add(within(command)));
        draft.build.forEach(command -> moved.build.add(within(command)));
        draft.lint.forEach(command -> moved.lint.add(within(command)));
        draft.release.forEach(command -> moved.release.add(within(command)));
        draft.start.forEach((name, command) -> moved.start.put(name, within(command)));
        draft.test.forEach(each -> moved.test.add(
                new Test(within(each.command()), each.runner(), each.reports().map(this::below), each.builds())));
    }

    /// The folder and the words stay words: nothing of them is read by the shell.
    private List<String> within(List<String> command) {
        var goDown = List.of("sh", "-c", "cd \"$1\" && shift && exec \"$@\"", "sh", place);
        return Stream.concat(goDown.stream(), command.stream()).toList();
    }

    private String below(String path) {
        return path.startsWith("/") || path.startsWith("~/")
                ? path
                : Path.of(place).resolve(path).normalize().toString();
    }
}

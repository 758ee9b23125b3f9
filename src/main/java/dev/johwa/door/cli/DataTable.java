package dev.johwa.door.cli;

import dev.johwa.door.api.DataList;
import dev.johwa.lib.text.Sizes;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// What apps have that outlives their releases, in a table.
final class DataTable {
    private DataTable() {}

    /// Databases and folders in columns, and below them what should be done.
    static void show(Screen screen, List<DataList.Item> data) {
        screen.table(
                List.of("APP", "ENVIRONMENT", "NAME", "KIND", "SIZE", "CONNECTIONS", "HEALTH"),
                data.stream().map(DataTable::row).toList());
        data.forEach(
                item -> notes(item).forEach(text -> screen.progress(item.app() + " " + item.variable() + ": " + text)));
    }

    private static List<String> notes(DataList.Item item) {
        var command =
                "`johwa data upgrade " + InEnvironment.words(item.app() + " " + item.variable(), item.environment());
        return Stream.of(
                        item.problem(),
                        item.newer()
                                .map(version -> item.kind() + " " + version + " is on the server; " + command
                                        + "` brings it there"),
                        item.kept()
                                .map(kept -> "what it was on " + item.kind() + " " + kept.version() + " is kept until "
                                        + Times.local(kept.until()) + "; " + command + " --forget` deletes it"))
                .flatMap(Optional::stream)
                .toList();
    }

    private static List<String> row(DataList.Item item) {
        return List.of(
                item.app(),
                item.environment(),
                item.variable(),
                item.kind() + item.version().map(version -> " " + version).orElse(item.isFolder() ? "" : " elsewhere"),
                item.bytes().isPresent() ? Sizes.text(item.bytes().getAsLong()) : "",
                item.connections().isPresent() ? connections(item) : "",
                item.health());
    }

    private static String connections(DataList.Item item) {
        var open = String.valueOf(item.connections().getAsInt());
        return open + item.limits().map(limits -> " of " + limits.connections()).orElse("");
    }
}

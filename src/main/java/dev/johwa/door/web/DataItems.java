package dev.johwa.door.web;

import dev.johwa.door.api.DataList;
import dev.johwa.serve.data.Data;
import dev.johwa.serve.data.DataStatus;
import dev.johwa.serve.data.Upgrade;
import dev.johwa.serve.release.AppEnvironment;
import dev.johwa.serve.release.AppFolders;
import dev.johwa.serve.release.Releases;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// What apps have that outlives their releases, as the API tells it.
final class DataItems {
    /// Where a folder goes when nobody says where.
    static final String USUAL_FOLDER = "data/";

    private static final Comparator<DataList.Item> ORDER = Comparator.comparing(DataList.Item::app)
            .thenComparing(DataList.Item::environment)
            .thenComparing(DataList.Item::variable);

    private final Data data;
    private final Releases releases;

    DataItems(Data data, Releases releases) {
        this.data = data;
        this.releases = releases;
    }

    /// Asked of the servers now.
    List<DataList.Item> all(Predicate<AppEnvironment> wanted) {
        return items(
                data.list(each -> wanted.test(AppEnvironment.of(each.owner()))),
                releases.folders().list(),
                wanted);
    }

    /// Of a project or of all with what is known: nobody is asked, and nothing measured.
    List<DataList.Item> known(Optional<String> project, Predicate<AppEnvironment> wanted) {
        return items(
                data.known().stream()
                        .filter(each ->
                                wanted.test(AppEnvironment.of(each.database().owner())))
                        .toList(),
                releases.folders().known(project),
                wanted);
    }

    private List<DataList.Item> items(
            List<DataStatus> databases, List<AppFolders.Folder> folders, Predicate<AppEnvironment> wanted) {
        var upgrades = data.upgrades().list();
        return Stream.concat(
                        databases.stream().map(status -> database(status, upgrades)),
                        folders.stream()
                                .filter(each -> wanted.test(each.where()))
                                .map(DataItems::folder))
                .sorted(ORDER)
                .toList();
    }

    private DataList.Item database(DataStatus status, List<Upgrade> upgrades) {
        var database = status.database();
        return new DataList.Item(
                database.owner().name(),
                database.owner().environment(),
                database.variable(),
                database.kind().word(),
                Optional.of(status.version()).filter(text -> !text.isEmpty()),
                status.bytes(),
                status.connections(),
                status.limits().map(DataItems::limits),
                database.isElsewhere() ? "unknown" : health(status.problem()),
                Optional.of(status.problem()).filter(text -> !text.isEmpty()),
                data.upgrades().newer(database),
                upgrades.stream()
                        .filter(each -> each.isKeptOf(database))
                        .map(each -> new DataList.Kept(
                                each.fromVersion(), data.upgrades().until(each)))
                        .findFirst());
    }

    private static DataList.Item folder(AppFolders.Folder folder) {
        return new DataList.Item(
                folder.where().name(),
                folder.where().environment(),
                folder.path(),
                DataList.FOLDER,
                Optional.empty(),
                folder.bytes(),
                OptionalInt.empty(),
                Optional.empty(),
                health(folder.problem()),
                Optional.of(folder.problem()).filter(text -> !text.isEmpty()),
                Optional.empty(),
                Optional.empty());
    }

    private static String health(String problem) {
        return problem.isEmpty() ? "healthy" : "unhealthy";
    }

    private static DataList.Limits limits(DataStatus.Limits limits) {
        var seconds = limits.statement().isZero()
                ? OptionalLong.empty()
                : OptionalLong.of(limits.statement().toSeconds());
        return new DataList.Limits(limits.connections(), limits.memoryBytes(), seconds);
    }
}

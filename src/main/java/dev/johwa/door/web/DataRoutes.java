package dev.johwa.door.web;

import dev.johwa.door.api.DataList;
import dev.johwa.door.api.Deployed;
import dev.johwa.door.api.DumpList;
import dev.johwa.door.api.Operation;
import dev.johwa.lib.problem.Problem;
import dev.johwa.serve.data.AppDatabase;
import dev.johwa.serve.data.AppFolder;
import dev.johwa.serve.data.Contained;
import dev.johwa.serve.data.Data;
import dev.johwa.serve.data.Dump;
import dev.johwa.serve.data.Kind;
import dev.johwa.serve.data.Owner;
import dev.johwa.serve.release.AppEnvironment;
import dev.johwa.serve.release.Releases;
import dev.johwa.source.git.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Databases and folders of apps. One that is added or removed becomes known to what is live by a new release.
final class DataRoutes {
    private static final String APP = "/api/v1/apps/{project}/{app}/data";
    static final String ONE = APP + "/{variable}";

    private final WebRooms rooms;
    private final Data data;
    private final Releases releases;
    private final LongWorks works;
    private final DataItems items;

    DataRoutes(WebRooms rooms, LongWorks works) {
        this.rooms = rooms;
        this.data = rooms.data();
        this.releases = rooms.releases();
        this.works = works;
        this.items = new DataItems(data, releases);
    }

    List<Route> all() {
        return Stream.concat(ofData().stream(), ofDumps().stream()).toList();
    }

    private List<Route> ofData() {
        return List.of(
                Route.get("/api/v1/data", Access.SIGNED_IN, "Databases and folders of all apps", this::listAll)
                        .gives(DataList.class),
                Route.get(
                                APP,
                                Access.READ,
                                "Databases and folders of an app, in all environments unless one is named",
                                this::list)
                        .query("environment", "those of this one only")
                        .gives(DataList.class),
                Route.post(APP, Access.OPERATE, "Add a database or a folder", this::add)
                        .query("environment", "production by default")
                        .takes(DataList.Order.class)
                        .gives(202, Operation.class),
                Route.delete(APP, Access.OPERATE, "Remove a folder and all that is in it", this::removeFolder)
                        .query("environment", "production by default")
                        .query("at", "where the app finds it: `uploads/`")
                        .gives(202, Operation.class),
                Route.delete(ONE, Access.OPERATE, "Remove a database and all that is in it", this::remove)
                        .query("environment", "production by default")
                        .gives(202, Operation.class),
                Route.get(
                                ONE + "/address",
                                Access.OPERATE,
                                "Where a database answers, with its password",
                                this::address)
                        .query("environment", "production by default")
                        .gives(DataList.Address.class));
    }

    private List<Route> ofDumps() {
        return List.of(
                Route.get(ONE + "/dumps", Access.READ, "Dumps of a database, newest first", this::dumps)
                        .query("environment", "production by default")
                        .gives(DumpList.class),
                Route.post(ONE + "/dumps", Access.OPERATE, "Dump a database", this::dump)
                        .query("environment", "production by default")
                        .gives(202, Operation.class),
                Route.get(ONE + "/dumps/{dump}", Access.OPERATE, "The bytes of a dump", this::fetch)
                        .query("environment", "production by default"),
                Route.post(ONE + "/brought", Access.OPERATE, "Bring a dump: its bytes are the body", this::bring)
                        .query("environment", "production by default")
                        .gives(201, DumpList.Item.class),
                Route.post(ONE + "/restore", Access.OPERATE, "Bring back what a dump holds", this::restore)
                        .query("environment", "production by default")
                        .takes(DumpList.Order.class)
                        .gives(202, Operation.class));
    }

    private void dumps(Call call) {
        call.answer(new DumpList(
                data.dumps().list(database(call)).stream().map(DataRoutes::item).toList()));
    }

    private static DumpList.Item item(Dump dump) {
        return new DumpList.Item(dump.id(), dump.at(), dump.why(), dump.bytes());
    }

    private void dump(Call call) {
        var database = database(call);
        var work = works.start("dump", database.owner().project(), progress -> {
            return item(data.dumps().make(database, "asked", progress));
        });
        call.answer(202, work.operation());
    }

    private void fetch(Call call) throws IOException {
        var dump = data.dumps().require(database(call), Optional.of(call.path("dump")));
        var context = call.context();
        context.res().setContentType("application/octet-stream");
        context.res().setContentLengthLong(dump.bytes());
        Files.copy(dump.file(), context.res().getOutputStream());
    }

    private void bring(Call call) throws IOException {
        call.answer(
                201, item(data.dumps().take(database(call), call.context().req().getInputStream())));
    }

    private void restore(Call call) throws IOException {
        var order = call.body(DumpList.Order.class);
        var database = database(call);
        data.upgrades().requireIdle(database);
        var dump = data.dumps().require(database, order.dump());
        var work = works.start("restore", database.owner().project(), progress -> {
            data.dumps().restore(database, dump, progress);
            return item(dump);
        });
        call.answer(202, work.operation());
    }

    private AppDatabase database(Call call) {
        return data.require(owner(where(call)), call.path("variable"));
    }

    private void listAll(Call call) {
        call.answer(new DataList(items.all(where -> call.maySee(where.project()))));
    }

    private void list(Call call) {
        var environment = call.query("environment");
        var found = items.all(where -> where.project().equals(call.path("project"))
                && where.app().equals(call.path("app"))
                && environment.map(where.environment()::equals).orElse(true));
        if (found.isEmpty()) {
            UnknownApp.requireProject(call, rooms, where(call));
        }
        call.answer(new DataList(found));
    }

    private void add(Call call) throws IOException {
        var order = call.body(DataList.Order.class);
        if (order.kind() == null) {
            throw Problem.user("data.kind", "no kind of database was given").exception();
        }
        if (order.version().isPresent()
                && (order.url().isPresent() || Kind.of(order.kind()).isEmpty())) {
            throw Problem.user("data.version", "only a database that is made here has a version to choose")
                    .hint("leave --version out")
                    .exception();
        }
        if (order.kind().equals(DataList.FOLDER)) {
            addFolder(call, order);
            return;
        }
        var kind = Kind.require(order.kind());
        var variable = order.as().orElse(kind.variable());
        EnvRoutes.names(List.of(variable));
        adding(call, (where, progress) -> {
            var added = order.url()
                    .map(url -> data.give(owner(where), kind, variable, url))
                    .orElseGet(() -> data.add(owner(where), kind, variable, order.version(), progress));
            return order.url().isEmpty() && releases.folders().hasServedSince(where, added.createdAt());
        });
    }

    private void addFolder(Call call, DataList.Order order) {
        if (order.as().isPresent() || order.url().isPresent()) {
            throw Problem.user("data.folder", "a folder has no address")
                    .hint("say where the app finds it: --at uploads/")
                    .exception();
        }
        var path = AppFolder.plain(order.at().orElse(DataItems.USUAL_FOLDER));
        adding(call, (where, progress) -> {
            boolean isKnown = releases.folders().add(where, path, progress);
            progress.say("  " + path + " of the app outlives its releases.");
            return isKnown;
        });
    }

    /// Adds something.
    @FunctionalInterface
    private interface Adding {
        /// @return whether what serves knows it already
        boolean isKnown(AppEnvironment where, Progress progress);
    }

    private void adding(Call call, Adding adding) {
        var where = where(call);
        var by = call.by();
        var work = works.start(
                "data",
                where.project(),
                progress -> releases.settings().meanwhile(where, by, () -> !adding.isKnown(where, progress))
                        ? known(where, EnvRoutes.apply(releases, where, by, progress))
                        : unchanged(where, progress));
        call.answer(202, work.operation());
    }

    /// Replaced instances that are kept warm know it not.
    private Deployed known(AppEnvironment where, Deployed deployed) {
        if (deployed.live()) {
            releases.folders().endReplaced(where);
        }
        return deployed;
    }

    private Deployed unchanged(AppEnvironment where, Progress progress) {
        progress.say("  It is there already, and what serves knows it.");
        int serving = releases.current(where).orElseThrow().number();
        return new Deployed(where.name(), where.environment(), serving, true, "", "");
    }

    private void remove(Call call) {
        var where = where(call);
        var database = database(call);
        Contained.requireServed(database);
        releases.folders().requireNotWanted(where, database.kind().word(), database.variable());
        data.upgrades().requireUnmoved(database);
        var by = call.by();
        var work = works.start("data", where.project(), progress -> {
            releases.settings().change(where, by, () -> {});
            data.remove(database);
            progress.say("  " + database.variable() + " of " + where + " is removed.");
            return EnvRoutes.apply(releases, where, by, progress);
        });
        call.answer(202, work.operation());
    }

    private void removeFolder(Call call) {
        var where = where(call);
        var path = call.query("at")
                .orElseThrow(() -> Problem.user("data.folder", "no folder was named")
                        .hint("say which: ?at=uploads/")
                        .exception());
        releases.folders().requireAdded(where, path);
        var by = call.by();
        var work = works.start(
                "data",
                where.project(),
                progress -> releases.folders()
                        .remove(where, path, () -> releases.settings().apply(where, by, progress), progress)
                        .map(ReleaseRoutes::deployed)
                        .orElseGet(() -> ReleaseRoutes.none(where)));
        call.answer(202, work.operation());
    }

    private void address(Call call) {
        var database = database(call);
        call.answer(
                new DataList.Address(database.kind().word(), releases.errands().address(database, call.by())));
    }

    static AppEnvironment where(Call call) {
        return ReleaseRoutes.where(call, call.query("environment").orElse(AppEnvironment.PRODUCTION));
    }

    static Owner owner(AppEnvironment where) {
        return new Owner(where.project(), where.app(), where.environment());
    }
}

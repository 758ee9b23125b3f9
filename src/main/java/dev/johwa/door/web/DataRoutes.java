package dev.johwa.door.web;

import dev.johwa.door.api.DataList;
import dev.johwa.door.api.Deployed;
import dev.johwa.door.api.DumpList;
import dev.johwa.door.api.Operation;
import dev.johwa.lib.problem.Problem;
import dev.johwa.serve.data.AppDatabase;
import dev.johwa.serve.data.Data;
import dev.johwa.serve.data.DataStatus;
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

/// Databases of apps. One that is added or removed becomes known to what is live by a new release.
final class DataRoutes {
    private static final String APP = "/api/v1/apps/{project}/{app}/data";
    private static final String ONE = APP + "/{variable}";

    private final Data data;
    private final Releases releases;
    private final LongWorks works;

    DataRoutes(Data data, Releases releases, LongWorks works) {
        this.data = data;
        this.releases = releases;
        this.works = works;
    }

    List<Route> all() {
        return List.of(
                Route.get("/api/v1/data", Access.SIGNED_IN, "Databases of all apps", this::listAll)
                        .gives(DataList.class),
                Route.get(APP, Access.READ, "Databases of an app, in all environments unless one is named", this::list)
                        .query("environment", "those of this one only")
                        .gives(DataList.class),
                Route.post(APP, Access.OPERATE, "Add a database", this::add)
                        .query("environment", "production by default")
                        .takes(DataList.Order.class)
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
                        .gives(DataList.Address.class),
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
        call.answer(new DataList(data.list(each -> call.maySee(each.owner().project())).stream()
                .map(DataRoutes::item)
                .toList()));
    }

    private void list(Call call) {
        var environment = call.query("environment");
        call.answer(new DataList(data
                .list(each -> each.owner().project().equals(call.path("project"))
                        && each.owner().app().equals(call.path("app"))
                        && environment.map(each.owner().environment()::equals).orElse(true))
                .stream()
                .map(DataRoutes::item)
                .toList()));
    }

    private static DataList.Item item(DataStatus status) {
        var database = status.database();
        return new DataList.Item(
                database.owner().name(),
                database.owner().environment(),
                database.variable(),
                database.kind().word(),
                Optional.of(status.version()).filter(text -> !text.isEmpty()),
                status.bytes(),
                status.connections(),
                Optional.of(status.problem()).filter(text -> !text.isEmpty()));
    }

    private void add(Call call) throws IOException {
        var order = call.body(DataList.Order.class);
        if (order.kind() == null) {
            throw Problem.user("data.kind", "no kind of database was given").exception();
        }
        var kind = Kind.require(order.kind());
        var variable = order.as().orElse(kind.variable());
        EnvRoutes.names(List.of(variable));
        var where = where(call);
        var by = call.by();
        var work = works.start("data", where.project(), progress -> {
            var added = order.url()
                    .map(url -> data.give(owner(where), kind, variable, url))
                    .orElseGet(() -> data.add(owner(where), kind, variable, progress));
            return order.url().isEmpty() && knows(where, added)
                    ? unchanged(where, progress)
                    : EnvRoutes.apply(releases, where, by, progress);
        });
        call.answer(202, work.operation());
    }

    /// Whether what serves was released with the database.
    private boolean knows(AppEnvironment where, AppDatabase database) {
        return releases.current(where)
                .filter(release -> release.createdAt().isAfter(database.createdAt()))
                .isPresent();
    }

    private Deployed unchanged(AppEnvironment where, Progress progress) {
        progress.say("  It is there already, and what serves knows it.");
        int serving = releases.current(where).orElseThrow().number();
        return new Deployed(where.name(), where.environment(), serving, true, "", "");
    }

    private void remove(Call call) {
        var where = where(call);
        var database = database(call);
        releases.requireNotWanted(where, database.kind().word(), database.variable());
        var by = call.by();
        var work = works.start("data", where.project(), progress -> {
            data.remove(database);
            progress.say("  " + database.variable() + " of " + where + " is removed.");
            return EnvRoutes.apply(releases, where, by, progress);
        });
        call.answer(202, work.operation());
    }

    private void address(Call call) {
        var database = database(call);
        call.answer(new DataList.Address(database.kind().word(), data.address(database)));
    }

    private static AppEnvironment where(Call call) {
        return ReleaseRoutes.where(call, call.query("environment").orElse(AppEnvironment.PRODUCTION));
    }

    private static Owner owner(AppEnvironment where) {
        return new Owner(where.project(), where.app(), where.environment());
    }
}

package dev.johwa.door.cli;

import dev.johwa.door.api.DataList;
import dev.johwa.lib.text.Sizes;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Databases of apps.
final class DataCommands {
    private DataCommands() {}

    static List<Verb> inner() {
        return List.of(
                new Verb(Group.SHIP, "list", "list", Data::new),
                new Verb(Group.SHIP, "add", "add", Add::new),
                new Verb(Group.SHIP, "remove", "remove", Remove::new),
                new Verb(Group.SHIP, "dump", "dump", DumpCommands.Dump::new),
                new Verb(Group.SHIP, "dumps", "dumps", DumpCommands.Dumps::new),
                new Verb(Group.SHIP, "restore", "restore", DumpCommands.Restore::new),
                new Verb(Group.SHIP, "connect", "connect", DataConnectCommand::new));
    }

    @Command(
            description =
                    "Lists the databases of an app, or of all: where it finds them, what they take, how they are.",
            footer = {"%nExample:", "  johwa data shop", "  johwa data add shop postgres"})
    static final class Data extends RemoteVerb {
        @Nullable
        @Parameters(
                arity = "0..1",
                paramLabel = "NAME",
                description = "PROJECT, or PROJECT/APP where a project has several; default: all.")
        String name;

        @Nullable
        @Option(
                names = {"-e", "--environment"},
                paramLabel = "E",
                description = "The environment; default: all.")
        String environment;

        Data(Session session) {
            super(session);
        }

        @Override
        public Integer call() {
            var list = client().data(Optional.ofNullable(name).map(session::app), Optional.ofNullable(environment));
            if (!toldAsJson(list)) {
                table(screen(), list.data());
            }
            return ExitCode.DONE;
        }
    }

    /// Databases in columns, and below them what should be done.
    static void table(Screen screen, List<DataList.Item> data) {
        screen.table(
                List.of("APP", "ENVIRONMENT", "NAME", "KIND", "SIZE", "CONNECTIONS"),
                data.stream().map(DataCommands::row).toList());
        data.forEach(item ->
                item.problem().ifPresent(text -> screen.progress(item.app() + " " + item.variable() + ": " + text)));
    }

    private static List<String> row(DataList.Item item) {
        return List.of(
                item.app(),
                item.environment(),
                item.variable(),
                item.kind() + item.version().map(version -> " " + version).orElse(" elsewhere"),
                item.bytes().isPresent() ? Sizes.text(item.bytes().getAsLong()) : "",
                item.connections().isPresent()
                        ? String.valueOf(item.connections().getAsInt())
                        : "");
    }

    @Command(
            description = "Adds a database to an app and makes a release that knows it. "
                    + "The app finds its address in DATABASE_URL (REDIS_URL); previews and tests get one of their own.",
            footer = {
                "%nExample:",
                "  johwa data add shop postgres",
                "  johwa data add shop postgres --as ANALYTICS_URL -e staging",
                "  johwa data add shop postgres --url postgresql://shop:secret@db.example.com/shop"
            })
    static final class Add extends AppVerb {
        @Parameters(index = "1", paramLabel = "KIND", description = "postgres, mariadb or redis.")
        String kind = "";

        @Nullable
        @Option(names = "--as", paramLabel = "VARIABLE", description = "Where the app finds the address.")
        String as;

        @Nullable
        @Option(
                names = "--url",
                paramLabel = "ADDRESS",
                description = "The address of a database elsewhere, as the app reads it; none is made then.")
        String url;

        Add(Session session) {
            super(session);
        }

        @Override
        public Integer call() {
            var order = new DataList.Order(kind, Optional.ofNullable(as), Optional.ofNullable(url));
            return changing(told -> client().addData(app(), environment, order, told));
        }
    }

    @Command(
            description = "Removes a database and all that is in it, and makes a release without it.",
            footer = {"%nExample:", "  johwa data remove shop DATABASE_URL --confirm shop"})
    static final class Remove extends DatabaseVerb {
        @Nullable
        @Option(
                names = "--confirm",
                paramLabel = "NAME",
                description = "The app's name once more, instead of being asked.")
        String confirmed;

        Remove(Session session) {
            super(session);
        }

        @Override
        public Integer call() throws IOException {
            var database = database();
            var what = "This deletes the database " + database.variable() + " of '" + database.app() + "' ("
                    + environment + ") and all that is in it; its dumps stay.";
            requireTyped(database.app().toString(), confirmed, what);
            return changing(told -> client().removeData(database, told));
        }
    }
}

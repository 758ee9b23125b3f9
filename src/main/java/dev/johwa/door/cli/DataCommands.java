package dev.johwa.door.cli;

import dev.johwa.door.api.DataList;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// What apps have that outlives their releases: databases and folders.
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
                new Verb(Group.SHIP, "upgrade", "upgrade", DataUpgradeCommand::new),
                new Verb(Group.SHIP, "connect", "connect", DataConnectCommand::new));
    }

    @Command(
            description =
                    "Lists databases and folders of an app, or of all: where it finds them, what they take, how they are.",
            footer = {
                "%nExample:",
                "  johwa data shop",
                "  johwa data add shop postgres",
                "  johwa data add shop uploads/"
            })
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
            var list =
                    client().data().list(Optional.ofNullable(name).map(session::app), Optional.ofNullable(environment));
            if (!toldAsJson(list)) {
                DataTable.show(screen(), list.data());
            }
            return ExitCode.DONE;
        }
    }

    @Command(
            description = {
                "Adds a database or a folder to an app and makes a release that knows it.",
                "The app finds the address of a database in DATABASE_URL (REDIS_URL), and a folder among its files. What "
                        + "is in them outlives releases and rollbacks. Previews get their own, empty."
            },
            footer = {
                "%nExample:",
                "  johwa data add shop postgres",
                "  johwa data add shop folder --at public/uploads/",
                "  johwa data add shop uploads/",
                "  johwa data add shop postgres --as ANALYTICS_URL -e staging",
                "  johwa data add shop postgres --version 15",
                "  johwa data add shop postgres --url postgresql://shop:secret@db.example.com/shop"
            })
    static final class Add extends AppVerb {
        @Parameters(
                index = "1",
                paramLabel = "KIND",
                description = "postgres, mariadb, redis or folder; or the path of a folder, which has a '/'.")
        String kind = "";

        @Nullable
        @Option(names = "--as", paramLabel = "VARIABLE", description = "Where the app finds the address.")
        String as;

        @Nullable
        @Option(
                names = "--at",
                paramLabel = "PATH",
                description = "Where the app finds the folder, from its own on; default: data/.")
        String at;

        @Nullable
        @Option(
                names = "--url",
                paramLabel = "ADDRESS",
                description = "The address of a database elsewhere, as the app reads it; none is made then.")
        String url;

        @Nullable
        @Option(
                names = "--version",
                paramLabel = "VERSION",
                description = "The major version of the database; default: the newest on the server.")
        String version;

        Add(Session session) {
            super(session);
        }

        @Override
        public Integer call() {
            boolean isPath = kind.contains("/") && at == null;
            var order = new DataList.Order(
                    isPath ? DataList.FOLDER : kind,
                    Optional.ofNullable(as),
                    Optional.ofNullable(url),
                    Optional.ofNullable(isPath ? kind : at),
                    Optional.ofNullable(version));
            return changing(told -> client().data().add(app(), environment, order, told));
        }
    }

    @Command(
            description = "Removes a database or a folder and all that is in it, and makes a release without it.",
            footer = {
                "%nExample:",
                "  johwa data remove shop DATABASE_URL",
                "  johwa data remove shop uploads/ --confirm shop"
            })
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
            var place = place();
            var what = "This deletes the " + (place.isFolder() ? "folder " : "database ") + place.name() + " of '"
                    + place.app() + "' (" + environment + ") and all that is in it; "
                    + (place.isFolder() ? "only backups have it then." : "its dumps stay.");
            requireTyped(place.app().toString(), confirmed, what);
            return changing(told -> client().data().remove(place, told));
        }
    }
}

package dev.johwa.door.cli;

import dev.johwa.door.api.DumpList;
import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.text.Sizes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// Dumps of databases.
final class DumpCommands {
    private DumpCommands() {}

    @Command(
            description = "Dumps a database now; the dump stays on the server, with --to it comes here too. "
                    + "A dump is made each day and before each release command by itself.",
            footer = {"%nExample:", "  johwa data dump shop", "  johwa data dump shop --to shop.dump"})
    static final class Dump extends DatabaseVerb {
        @Nullable
        @Option(names = "--to", paramLabel = "FILE", description = "Write the dump into this file, too.")
        Path to;

        Dump(Session session) {
            super(session);
        }

        @Override
        public Integer call() throws IOException {
            var database = database();
            var dump = client().data().dump(database, this::tell);
            if (to != null) {
                fetch(dump.id(), session.folder().resolve(to));
            }
            if (!json) {
                screen().line("dumped: " + dump.id());
            }
            return ExitCode.DONE;
        }

        /// A file that is there is written over only when all has come.
        private void fetch(String id, Path file) throws IOException {
            var part = file.resolveSibling(file.getFileName() + ".part");
            try {
                try (var out = Files.newOutputStream(part)) {
                    client().data().fetchDump(database(), id, out);
                }
                Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(part);
            }
        }
    }

    @Command(
            description = "Lists the dumps of a database, newest first.",
            footer = {"%nExample:", "  johwa data dumps shop"})
    static final class Dumps extends DatabaseVerb {
        Dumps(Session session) {
            super(session);
        }

        @Override
        public Integer call() {
            var list = client().data().dumps(database());
            if (!toldAsJson(list)) {
                screen().table(
                                List.of("DUMP", "WHEN", "WHY", "SIZE"),
                                list.dumps().stream().map(Dumps::row).toList());
            }
            return ExitCode.DONE;
        }

        private static List<String> row(DumpList.Item dump) {
            return List.of(dump.id(), Times.local(dump.at()), dump.why().replace('-', ' '), Sizes.text(dump.bytes()));
        }
    }

    @Command(
            description =
                    "Brings back what a dump holds: into a copy first, which then takes the place of the database. "
                            + "What is there now is dumped before.",
            footer = {
                "%nExample:",
                "  johwa data restore shop --confirm shop",
                "  johwa data restore shop --from shop.dump --confirm shop"
            })
    static final class Restore extends DatabaseVerb {
        @Nullable
        @Option(
                names = "--dump",
                paramLabel = "DUMP",
                description = "Which one, as `johwa data dumps` lists it; default: the newest.")
        String dump;

        @Nullable
        @Option(
                names = "--from",
                paramLabel = "FILE",
                description = "A file that `johwa data dump --to` or the program of the database wrote.")
        Path from;

        @Nullable
        @Option(
                names = "--confirm",
                paramLabel = "NAME",
                description = "The app's name once more, instead of being asked.")
        String confirmed;

        Restore(Session session) {
            super(session);
        }

        @Override
        public Integer call() throws IOException {
            if (dump != null && from != null) {
                throw Problem.user("usage.dump", "--dump and --from exclude each other")
                        .hint("name a dump of the server, or a file")
                        .exception();
            }
            var database = database();
            var what = "This puts what a dump holds in the place of " + database.name() + " of '" + database.app()
                    + "' (" + environment + ").";
            requireTyped(database.app().toString(), confirmed, what);
            var id = from == null
                    ? Optional.ofNullable(dump)
                    : Optional.of(client().data()
                            .bringDump(database, session.folder().resolve(from))
                            .id());
            var restored = client().data().restore(database, new DumpList.Order(id), this::tell);
            if (!toldAsJson(Map.of("restored", restored.id()))) {
                screen().line("restored: " + restored.id());
            }
            return ExitCode.DONE;
        }
    }
}

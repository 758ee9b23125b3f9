package dev.johwa.door.cli;

import dev.johwa.door.api.AppName;
import dev.johwa.door.api.DomainList;
import dev.johwa.lib.problem.Problem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Names that people point at the server.
final class DomainsCommands {
    private DomainsCommands() {}

    static List<Verb> inner() {
        return List.of(
                new Verb(Group.SHIP, "list", "list", Domains::new),
                new Verb(Group.SHIP, "add", "add", Add::new),
                new Verb(Group.SHIP, "remove", "remove", Remove::new));
    }

    @Command(
            description = "Lists names, whether they point here, and their certificates.",
            footer = {"%nExample:", "  johwa domains", "  johwa domains add shop shop.example.com"})
    static final class Domains extends RemoteVerb {
        Domains(Session session) {
            super(session);
        }

        @Override
        public Integer call() {
            var list = client().domains();
            if (!toldAsJson(list)) {
                screen().table(
                                List.of("NAME", "APP", "POINTS HERE", "CERTIFICATE", "UNTIL"),
                                list.domains().stream().map(Domains::row).toList());
                list.domains().forEach(domain -> domain.problem().ifPresent(screen()::progress));
            }
            return ExitCode.DONE;
        }

        private static List<String> row(DomainList.Item domain) {
            var environment = domain.environment().filter(name -> !name.equals("production"));
            return List.of(
                    domain.name(),
                    domain.app().orElse("the platform")
                            + environment.map(name -> " (" + name + ")").orElse(""),
                    domain.pointsHere() ? "yes" : "no",
                    domain.certificate(),
                    domain.until().map(Times::local).orElse(""));
        }
    }

    @Command(
            description =
                    "Adds a name of an app. Once it points at the server, it gets a certificate by itself. "
                            + "A name under the server's own domain, such as *.apps.example.com, needs a certificate and no app.",
            footer = {
                "%nExample:",
                "  johwa domains add shop.example.com",
                "  johwa domains add shop shop.example.com -e staging --cert chain.pem --key key.pem"
            })
    static final class Add extends AppVerb {
        @Parameters(index = "1", paramLabel = "DOMAIN", description = "The name, such as shop.example.com.")
        String domain = "";

        @Nullable
        @Option(names = "--app", paramLabel = "APP", description = "The app, where it does not stand first.")
        String app;

        @Nullable
        @Option(names = "--cert", paramLabel = "FILE", description = "Its certificate with those above it, PEM.")
        Path certificate;

        @Nullable
        @Option(names = "--key", paramLabel = "FILE", description = "The private key of that certificate, PEM.")
        Path key;

        @Option(names = "--platform", description = "A name of the platform itself; it has no app.")
        boolean platform;

        @Option(names = "--force", description = "It points here, whatever the server finds (behind a NAT).")
        boolean force;

        Add(Session session) {
            super(session);
        }

        @Override
        boolean leavesNameOut(List<String> words) {
            return words.size() == 1;
        }

        @Override
        public Integer call() {
            if ((certificate == null) != (key == null)) {
                throw Problem.user("usage.certificate", "--cert and --key go together")
                        .hint("name both files, or none for a certificate by ACME")
                        .exception();
            }
            var asked = app == null ? name : app;
            boolean isNamed = asked != null && !asked.equals(LeftOutName.HERE);
            var place = platform || domain.startsWith("*.") && !isNamed
                    ? Optional.<AppName>empty()
                    : Optional.of(session.app(asked));
            var added = client().addDomain(new DomainList.Order(
                    domain,
                    place.map(AppName::project),
                    place.map(AppName::app),
                    place.map(known -> environment),
                    force,
                    text(certificate),
                    text(key)));
            if (!toldAsJson(added)) {
                var answers =
                        added.app().map(known -> " is answered by " + known).orElse(" is kept");
                screen().line(added.name() + answers + "; certificate: " + added.certificate());
                added.problem().ifPresent(screen()::progress);
            }
            return ExitCode.DONE;
        }

        private Optional<String> text(@Nullable Path file) {
            if (file == null) {
                return Optional.empty();
            }
            try {
                return Optional.of(Files.readString(session.folder().resolve(file), StandardCharsets.ISO_8859_1));
            } catch (IOException e) {
                throw Problem.user("usage.file", "the file " + file + " cannot be read: " + e)
                        .hint("name a file in PEM")
                        .exception();
            }
        }
    }

    @Command(
            description = "Removes a name and its certificate.",
            footer = {"%nExample:", "  johwa domains remove shop.example.com"})
    static final class Remove extends RemoteVerb {
        @Parameters(paramLabel = "NAME", description = "As `johwa domains` lists it.")
        String name = "";

        Remove(Session session) {
            super(session);
        }

        @Override
        public Integer call() {
            client().removeDomain(name);
            if (!toldAsJson(Map.of("removed", name))) {
                screen().line("removed: " + name);
            }
            return ExitCode.DONE;
        }
    }
}

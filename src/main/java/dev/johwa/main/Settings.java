package dev.johwa.main;

import dev.johwa.door.cli.Surroundings;
import dev.johwa.lib.db.StateChoice;
import dev.johwa.lib.db.StatePlace;
import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.problem.ProblemException;
import dev.johwa.lib.process.Processes;
import dev.johwa.serve.backup.Places;
import dev.johwa.serve.backup.Plan;
import dev.johwa.serve.domain.DomainSettings;
import dev.johwa.serve.router.EdgeSettings;
import dev.johwa.serve.router.EdgeSettings.Opening;
import dev.johwa.serve.target.Accounts;
import dev.johwa.source.config.ServerSpec;
import dev.johwa.watch.log.ForwardPort;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/// What the control plane was started with.
///
/// @param data the folder of all state
/// @param state a PostgreSQL that somebody named for the database; without one the folder knows
/// @param listen where API and git answer; port 0 takes a free one
/// @param edge where apps answer
/// @param spec the server spec, when there is one
/// @param domain under which apps get their names
/// @param edgeCommand words that start the edge process
/// @param program names the program that they start, as [Version#toString] and the bytes of its jars
/// @param machine values of our own environment that tools need to reach registries
/// @param path folders of programs
/// @param home of the user who runs the server
/// @param tools where fetched tools are kept
/// @param warm how long a replaced release stays ready
/// @param budgets what may take how much of the disk
/// @param fetch whether runtimes that projects ask for may be fetched from registries
/// @param edgeSocket descriptor of the socket that whoever started us opened for the edge
/// @param tls names and TLS
/// @param backup which backups are made by themselves
/// @param places where backups can be kept
/// @param engine socket of the container engine, whether or not one is there
/// @param buildkit address of a BuildKit daemon that somebody named
/// @param forward where records of others are taken by Fluentd's forward protocol
/// @param proxies ranges of addresses of those before the edge whose word of their clients is believed
record Settings(
        Path data,
        Optional<StateChoice> state,
        InetSocketAddress listen,
        InetSocketAddress edge,
        Optional<Path> spec,
        String domain,
        List<String> edgeCommand,
        String program,
        Map<String, String> machine,
        List<Path> path,
        Path home,
        Path tools,
        Duration warm,
        Budgets budgets,
        boolean fetch,
        OptionalInt edgeSocket,
        TlsSettings tls,
        Plan backup,
        Places places,
        List<String> proxies,
        Path engine,
        Optional<String> buildkit,
        Optional<ForwardPort.Opening> forward) {
    /// A platform for a short while, in a folder of its own and on free ports of this machine.
    static Settings ofItsOwn(Path data, Surroundings around, Duration warm) {
        return ofItsOwn(data, around, warm, TlsSettings.NONE);
    }

    /// The same with TLS.
    static Settings ofItsOwn(Path data, Surroundings around, Duration warm, TlsSettings tls) {
        var anyPort = new InetSocketAddress("127.0.0.1", 0);
        return new Settings(
                data,
                Optional.empty(),
                anyPort,
                anyPort,
                Optional.empty(),
                "localhost",
                Environment.edgeCommand(around),
                Environment.program(around),
                Environment.forTools(around),
                Environment.path(around),
                around.home(),
                Environment.tools(around),
                warm,
                Budgets.USUAL,
                true,
                OptionalInt.empty(),
                tls,
                Plan.NONE,
                Environment.places(around),
                List.of(),
                around.engine(),
                around.buildkit(),
                Optional.empty());
    }

    /// Where the database is.
    StatePlace place() {
        return StatePlace.of(data);
    }

    Path run() {
        return data.resolve("run");
    }

    /// Where runs work.
    static Path work(Path data) {
        return data.resolve("run/work");
    }

    /// What the edge has: its sockets, its last table, its logs.
    Path edgeFolder() {
        return data.resolve("edge");
    }

    Path logs() {
        return data.resolve("logs");
    }

    /// Lines of logs that are kept.
    Path keptLogs() {
        return logs().resolve("kept");
    }

    Path apps() {
        return data.resolve("apps");
    }

    /// Unix accounts that were given to apps and servers of databases.
    Path accounts() {
        return apps().resolve(".accounts");
    }

    /// Servers of databases, with what they keep.
    Path databases() {
        return data.resolve("data");
    }

    /// Runtimes that were fetched.
    Path toolchains() {
        return data.resolve("toolchains");
    }

    /// Folders that grow by what people bring, which may lie on several disks.
    List<Path> written() {
        return List.of(data, apps(), toolchains());
    }

    /// What the operators decided.
    ServerSpec serverSpec() {
        return spec.map(Settings::read).orElseGet(ServerSpec::none);
    }

    private static ServerSpec read(Path file) {
        try {
            return ServerSpec.parse(file.toString(), Files.readString(file));
        } catch (IOException e) {
            throw new ProblemException(
                    Problem.user("usage.spec", "the server spec " + file + " cannot be read: " + e)
                            .hint("name a YAML file with the maps 'defaults' and 'rules'"),
                    e);
        }
    }

    /// Certificates and their keys.
    Path certificates() {
        return data.resolve("tls");
    }

    /// How the edge is started.
    EdgeSettings edgeSettings() {
        var account =
                Processes.isRoot() ? OptionalInt.of(new Accounts(accounts()).of("the edge", "")) : OptionalInt.empty();
        return new EdgeSettings(
                edgeFolder(),
                edgeFolder(),
                new Opening(edge, edgeSocket),
                tls.opening(),
                account,
                proxies,
                edgeCommand,
                program);
    }

    /// Names and certificates that were asked for at the start.
    DomainSettings domainSettings() {
        return new DomainSettings(
                certificates(), domain, tls.name(), tls.strict(), tls.authority(), tls.mail(), tls.binding());
    }

    Path control() {
        return Control.file(data);
    }
}

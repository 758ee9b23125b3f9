package dev.johwa.main.setup;

import dev.johwa.door.cli.ExitCode;
import dev.johwa.door.cli.Session;
import dev.johwa.lib.json.Json;
import dev.johwa.lib.problem.Problem;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `johwa setup root@ADDRESS`: from an empty server to one that takes a push.
@Command(
        name = "setup",
        description =
                "Makes a Debian or Ubuntu server run Johwa, over your own ssh: looks at it, says what is missing, installs "
                        + "that, and adds login and remote to the repository here. Again, it changes nothing, goes on where it was "
                        + "interrupted, or upgrades.",
        footer = {
            "",
            "Example:",
            "  johwa setup root@203.0.113.5 --check",
            "  johwa setup root@203.0.113.5 --domain example.com"
        })
public final class SetupCommand implements Callable<Integer> {
    private static final Pattern DOMAIN =
            Pattern.compile("[a-z0-9]([a-z0-9-]*[a-z0-9])?(\\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*");

    private final Session session;

    @Parameters(paramLabel = "ADDRESS", description = "USER@HOST, as for ssh; USER is root or may use sudo.")
    String address = "";

    @Option(names = "--port", paramLabel = "N", description = "Where sshd listens (default: as ssh decides).")
    int port;

    @Option(names = "--check", description = "Only tell: change nothing.")
    boolean check;

    @Option(names = "--domain", paramLabel = "NAME", description = "Apps are called APP.NAME (default: as it is).")
    String domain = "";

    @Option(names = "--yes", description = "Take the key of a server that was never seen here, without a question.")
    boolean yes;

    @Option(
            names = "--archive",
            paramLabel = "FILE",
            description = "Install this archive of `johwa package` (default: the program that runs here).")
    @Nullable
    Path archive;

    @Option(names = "--json", description = "One JSON document.")
    boolean json;

    public SetupCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws IOException {
        if (!domain.isEmpty() && !DOMAIN.matcher(domain).matches()) {
            throw Problem.user("setup.domain", "--domain is '" + domain + "', which is no name of a domain")
                    .hint("write it in lower case, such as example.com")
                    .exception();
        }
        var destination = Destination.parse(address, port);
        var around = session.surroundings();
        var sockets = around.cache().resolve("johwa/ssh");
        var ssh = new Ssh(around, destination, sockets);
        boolean stays = ssh.isConnected();
        try {
            new Login(session, ssh, destination).in(yes);
            var machine = Server.look(ssh, destination.toString());
            session.screen().progress(destination.host() + ": " + machine.summary());
            var installation = new Installation(session, archive);
            installation.require(machine.problems());
            var program = installation.program(machine);
            var host = new Host.Far(ssh, machine.isBySudo());
            var server = new Server(host, program.sha256(), domain, Installation.name(ssh, machine));
            var missing = server.missing();
            installation.plan(missing);
            if (check) {
                return tellCheck(machine, missing);
            }
            var made = installation.make(server, program, step -> true);
            var way = new Way(session, ssh);
            var reach = way.open(server);
            stays |= reach.tunnel();
            return connect(server, made, way, reach);
        } finally {
            if (!stays) {
                ssh.disconnect();
            }
        }
    }

    private int tellCheck(Machine machine, List<Step> missing) {
        if (json) {
            var document = new LinkedHashMap<String, Object>();
            document.put("address", address);
            document.put("system", machine.system());
            document.put("architecture", machine.architecture());
            document.put("missing", missing.stream().map(Step::name).toList());
            document.put(
                    "problems", machine.problems().stream().map(Problem::text).toList());
            session.screen().line(Json.pretty(document));
        } else {
            session.screen()
                    .line(missing.isEmpty() ? "Nothing is missing." : "Nothing was changed: --check only tells.");
        }
        return ExitCode.DONE;
    }

    private int connect(Server server, Set<Step> made, Way way, Way.Reach reach) throws IOException {
        var url = reach.url();
        var changed = new ArrayList<>(made.stream().map(Step::name).toList());
        if (!way.isLoggedIn(url)) {
            way.login(url, server.token(person()));
            changed.add("login");
        }
        var remote = way.remote(url);
        if (remote == Way.Remote.ADDED) {
            changed.add("remote");
        }
        tell(reach, changed, remote);
        return ExitCode.DONE;
    }

    private String person() {
        var name = System.getProperty("user.name", "").replaceAll("[^A-Za-z0-9._-]", "");
        return name.matches("[A-Za-z0-9].*") ? name : "owner";
    }

    private void tell(Way.Reach reach, List<String> changed, Way.Remote remote) {
        var screen = session.screen();
        if (json) {
            var document = new LinkedHashMap<String, Object>();
            document.put("address", address);
            document.put("url", reach.url());
            document.put("changed", changed);
            document.put("remote", remote.name().toLowerCase(Locale.ROOT));
            screen.line(Json.pretty(document));
            return;
        }
        screen.line(
                changed.isEmpty()
                        ? "Nothing was missing: nothing is changed."
                        : "Johwa runs on " + address + ". Changed: " + String.join(", ", changed) + ".");
        if (reach.tunnel()) {
            screen.line("  API and git  " + reach.url() + ", through this machine's ssh to the server");
            screen.line("               (after a restart of this machine: johwa setup " + address + ")");
        } else {
            screen.line("  API and git  " + reach.url() + ", believed by the certificate that it showed over ssh");
        }
        switch (remote) {
            case NONE -> screen.line("Next, in a repository: johwa init && git push johwa HEAD:main");
            case KEPT, ADDED -> screen.line("Next: git push johwa HEAD:main");
            case OTHER ->
                screen.line("The remote johwa here names another server, and was left: johwa init --server "
                        + reach.url() + " changes it.");
        }
        if (domain.isEmpty() && changed.contains("options")) {
            screen.line("Apps answer to the header Host: APP.localhost. Give them names that others can open: "
                    + "--domain NAME, where *.NAME points to the server.");
        }
    }
}

package dev.johwa.door.cli.local;

import dev.johwa.door.cli.ExitCode;
import dev.johwa.door.cli.Playbook;
import dev.johwa.door.cli.Session;
import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.problem.ProblemException;
import dev.johwa.lib.text.Near;
import dev.johwa.source.eject.EjectedProject;
import dev.johwa.source.eject.Ejection;
import dev.johwa.source.eject.Target;
import dev.johwa.watch.tool.Tool;
import dev.johwa.watch.tool.WatchFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `johwa eject`: what this program does, as files of tools that do without it.
@Command(
        name = "eject",
        description = {
            "Writes standard files that do without this program what it does.",
            "dockerfile: a Dockerfile for each app, with a stage named test that runs its tests.",
            "compose: compose.yaml with every process, databases, and what runs before a release.",
            "github: a workflow of GitHub that tests and builds each app.",
            "traefik: routes to the services of compose, with TLS, redirects, addresses, passwords and canaries.",
            "prometheus, alertmanager, grafana: scrape configuration, rules of the apps' objectives, routes, a dashboard.",
            "fluentd, fluent-bit, vector: how their lines come to this server.",
            "ansible: a playbook that makes servers run Johwa as `johwa setup` does, with the program beside it."
        },
        footer = {
            "",
            "Example:",
            "  johwa eject . --to dockerfile,compose,github",
            "  johwa eject . --to compose,traefik",
            "  johwa eject --to prometheus,alertmanager,grafana --out watch",
            "  johwa eject --to ansible --out ansible --host root@203.0.113.5",
            "  ansible-playbook -i ansible/inventory.ini ansible/playbook.yml"
        })
final class EjectCommand implements Callable<Integer> {
    private static final String ANSIBLE = "ansible";

    private final Session session;
    private final Playbook ansible;

    @Parameters(
            paramLabel = "DIR",
            arity = "0..1",
            defaultValue = ".",
            description = "The project; default: this folder.")
    String folder = ".";

    @Option(
            names = "--to",
            required = true,
            split = ",",
            paramLabel = "TOOL",
            description =
                    "dockerfile, compose, github, traefik, prometheus, alertmanager, grafana, fluentd, fluent-bit,"
                            + " vector, ansible; several with commas.")
    List<String> to = new ArrayList<>();

    @Nullable
    @Option(
            names = "--out",
            paramLabel = "OUT",
            description = "Where the files go (default: into the project; those of ansible into ansible).")
    Path out;

    @Option(names = "--force", description = "Also over files that are there and differ.")
    boolean force;

    @Nullable
    @Option(names = "--host", paramLabel = "ADDRESS", description = "USER@HOST of a server, for ansible's inventory.")
    String host;

    @Nullable
    @Option(
            names = "--archive",
            paramLabel = "FILE",
            description = "Of `johwa package`, for ansible, instead of this program.")
    Path archive;

    @Option(
            names = "--own-metrics",
            description = "Prometheus, on the server itself, also scrapes what the apps tell of themselves.")
    boolean ownMetrics;

    @Option(
            names = "--preview",
            split = ",",
            paramLabel = "BRANCH",
            description = "Traefik gets routes to the previews of these branches, too.")
    List<String> previews = new ArrayList<>();

    @Option(names = "--json", description = "One JSON document.")
    boolean json;

    EjectCommand(Session session, Playbook ansible) {
        this.session = session;
        this.ansible = ansible;
    }

    @Override
    public Integer call() {
        var targets = targets();
        var report = new EjectReport(session, to, json);
        try {
            if (!targets.isEmpty() || !tools().isEmpty()) {
                var project = new EjectedFolder(session, folder).project(previews);
                if (!targets.isEmpty()) {
                    eject(Ejection.of(project, targets), report);
                }
                watch(project, report);
            }
            if (to.contains(ANSIBLE)) {
                var name = out == null ? Path.of(ANSIBLE) : targets.isEmpty() ? out : out.resolve(ANSIBLE);
                var place = session.folder().resolve(name).normalize();
                report.playbook(name, place, ansible.write(session, place, host, archive));
            }
        } catch (IOException e) {
            throw new ProblemException(
                    Problem.user("eject.unwritable", "the files cannot be written: " + e)
                            .hint("name another folder with --out"),
                    e);
        }
        return report.tell() ? ExitCode.DONE : ExitCode.NO;
    }

    private void watch(EjectedProject project, EjectReport report) throws IOException {
        var tools = tools();
        if (!tools.isEmpty()) {
            var watched = new WatchedProject(session, project, ownMetrics, tools.contains(Tool.PROMETHEUS));
            eject(WatchFiles.of(watched.watched(), tools), report);
        }
    }

    private void eject(Ejection ejection, EjectReport report) throws IOException {
        var place =
                session.folder().resolve(out == null ? Path.of(folder) : out).normalize();
        report.ejected(ejection, new EjectFiles(place, force).write(ejection));
    }

    private Set<Tool> tools() {
        var tools = EnumSet.noneOf(Tool.class);
        to.forEach(word -> Tool.of(word).ifPresent(tools::add));
        return tools;
    }

    private Set<Target> targets() {
        var targets = EnumSet.noneOf(Target.class);
        var known = Stream.of(Target.words(), Tool.words(), List.of(ANSIBLE))
                .flatMap(List::stream)
                .toList();
        for (var word : to) {
            if (!known.contains(word)) {
                var near = Near.question(word, known)
                        .map(question -> question + " ")
                        .orElse("");
                throw Problem.user("eject.to", "--to is '" + word + "', to which nothing is ejected")
                        .hint(near + "there is: " + String.join(", ", known))
                        .exception();
            }
            Target.of(word).ifPresent(targets::add);
        }
        return targets;
    }
}

package dev.johwa.main.setup;

import dev.johwa.door.cli.Cli;
import dev.johwa.door.cli.ExitCode;
import dev.johwa.door.cli.Session;
import dev.johwa.lib.json.Json;
import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.problem.ProblemException;
import dev.johwa.lib.text.Resource;
import dev.johwa.main.ship.Archive;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `johwa eject`: what this program does, as files of a tool that does without it.
@Command(
        name = "eject",
        description = {
            "Writes standard files that do without this program what it does.",
            "dockerfile: an image of each app, with its tests as the stage `test`.",
            "compose: all processes with their databases, jobs before them and folders that are kept.",
            "github: a workflow that installs, builds and tests.",
            "ansible: a playbook that makes servers run Johwa as `johwa setup` does, with the program beside it."
        },
        footer = {
            "",
            "Example:",
            "  johwa eject --to dockerfile,compose,github",
            "  johwa eject --to ansible --out ansible --host root@203.0.113.5",
            "  ansible-playbook -i ansible/inventory.ini ansible/playbook.yml"
        })
public final class EjectCommand implements Callable<Integer> {
    private static final String ANSIBLE = "ansible";
    private static final String ARCHIVE = "johwa.tar.gz";
    private static final List<String> FILES = List.of("playbook.yml", "inventory.ini", ARCHIVE);

    private final Session session;

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "DIR",
            defaultValue = ".",
            description = "Folder of the project; default: this one.")
    String project = ".";

    @Option(
            names = "--to",
            required = true,
            split = ",",
            paramLabel = "TOOL",
            description = "dockerfile, compose, github or ansible; several with a comma between.")
    List<String> to = List.of();

    @Nullable
    @Option(
            names = "--out",
            paramLabel = "OUT",
            description = "Where the files go; default: the project's folder, `ansible` for a playbook.")
    Path out;

    @Option(names = "--force", description = "Write over files that are there.")
    boolean force;

    @Nullable
    @Option(names = "--host", paramLabel = "ADDRESS", description = "USER@HOST of a server, for the inventory.")
    String host;

    @Nullable
    @Option(names = "--archive", paramLabel = "FILE", description = "Of `johwa package`, instead of this program.")
    Path archive;

    @Option(names = "--json", description = "One JSON document.")
    boolean json;

    public EjectCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        if (!to.contains(ANSIBLE)) {
            return files();
        }
        if (to.size() > 1) {
            throw Problem.user("eject.to", "a playbook is about servers, the other files about a project")
                    .hint("have them written one after another")
                    .exception();
        }
        return playbook(Optional.ofNullable(out).orElse(Path.of(ANSIBLE)));
    }

    /// What is there stays, unless it is said otherwise.
    private int files() {
        var ejection = Cli.ejection(session, project, to);
        var folder = session.folder()
                .resolve(Optional.ofNullable(out).orElse(Path.of(project)))
                .normalize();
        var written = new ArrayList<String>();
        var notes = new ArrayList<>(ejection.notes());
        for (var file : ejection.texts().entrySet()) {
            var path = folder.resolve(file.getKey());
            if (Files.exists(path) && !force) {
                notes.add(file.getKey() + " is there and stays; --force writes over it");
                continue;
            }
            try {
                Files.createDirectories(path.resolveSibling(""));
                Files.writeString(path, file.getValue());
            } catch (IOException e) {
                throw unwritable(path, e);
            }
            written.add(file.getKey());
        }
        if (json) {
            session.screen()
                    .line(Json.pretty(Map.of("to", to, "out", folder.toString(), "files", written, "notes", notes)));
            return ExitCode.DONE;
        }
        session.screen()
                .line("Written to " + folder + ": " + (written.isEmpty() ? "nothing" : String.join(", ", written)));
        notes.forEach(note -> session.screen().progress("note: " + note));
        next(written).ifPresent(line -> session.screen().progress("Next: " + line));
        return ExitCode.DONE;
    }

    private static Optional<String> next(List<String> written) {
        if (written.contains("compose.yaml")) {
            return Optional.of((written.contains(".env.example") ? "cp .env.example .env, fill it in; " : "")
                    + "docker compose up --build");
        }
        return written.contains("Dockerfile")
                ? Optional.of("docker build --target test . && docker build .")
                : Optional.empty();
    }

    private static ProblemException unwritable(Path path, IOException e) {
        return new ProblemException(
                Problem.user("eject.unwritable", path + " cannot be written: " + e)
                        .hint("name another with --out"),
                e);
    }

    private int playbook(Path out) {
        var inventory = inventory();
        var folder = session.folder().resolve(out).normalize();
        try {
            write(folder, inventory);
        } catch (IOException e) {
            throw unwritable(folder, e);
        }
        if (json) {
            var document = new LinkedHashMap<String, Object>();
            document.put("to", ANSIBLE);
            document.put(
                    "files",
                    FILES.stream().map(folder::resolve).map(Path::toString).toList());
            session.screen().line(Json.pretty(document));
            return ExitCode.DONE;
        }
        session.screen().line("Written to " + folder + ": " + String.join(", ", FILES));
        session.screen()
                .progress("Next: ansible-playbook -i " + out.resolve("inventory.ini") + " "
                        + out.resolve("playbook.yml"));
        return ExitCode.DONE;
    }

    private String inventory() {
        if (host == null) {
            return "[johwa]\n# server.example.com ansible_user=root\n";
        }
        var destination = Destination.parse(host, 0);
        var user = destination.user().isEmpty() ? "" : " ansible_user=" + destination.user();
        return "[johwa]\n" + destination.host() + user + "\n";
    }

    private void write(Path folder, String inventory) throws IOException {
        var program = archive == null
                ? Archive.kept(session.surroundings())
                : new Archive(session.folder().resolve(archive), "");
        var playbook = Resource.text(EjectCommand.class, "playbook.yml")
                .replace("@ID@", program.sha256())
                .replace("@PACKAGES@", String.join(", ", Step.PACKAGES));
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("playbook.yml"), playbook);
        // What a person wrote into it stays.
        if (!Files.exists(folder.resolve("inventory.ini"))) {
            Files.writeString(folder.resolve("inventory.ini"), inventory);
        }
        Files.copy(program.file(), folder.resolve(ARCHIVE), StandardCopyOption.REPLACE_EXISTING);
    }
}

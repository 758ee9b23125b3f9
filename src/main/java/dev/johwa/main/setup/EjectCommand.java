package dev.johwa.main.setup;

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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `johwa eject`: what this program does, as files of a tool that does without it.
@Command(
        name = "eject",
        description = {
            "Writes standard files that do without this program what it does.",
            "ansible: a playbook that makes servers run Johwa as `johwa setup` does, with the program beside it."
        },
        footer = {
            "",
            "Example:",
            "  johwa eject --to ansible --out ansible --host root@203.0.113.5",
            "  ansible-playbook -i ansible/inventory.ini ansible/playbook.yml"
        })
public final class EjectCommand implements Callable<Integer> {
    private static final String ARCHIVE = "johwa.tar.gz";
    private static final List<String> FILES = List.of("playbook.yml", "inventory.ini", ARCHIVE);

    private final Session session;

    @Option(names = "--to", required = true, paramLabel = "TOOL", description = "ansible.")
    String to = "";

    @Option(names = "--out", paramLabel = "DIR", description = "Where the files go (default: ansible).")
    Path out = Path.of("ansible");

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
    public Integer call() throws IOException {
        if (!to.equals("ansible")) {
            throw Problem.user("eject.to", "--to is '" + to + "', to which nothing is ejected yet")
                    .hint("there is: ansible")
                    .exception();
        }
        var inventory = inventory();
        var folder = session.folder().resolve(out).normalize();
        try {
            write(folder, inventory);
        } catch (IOException e) {
            throw new ProblemException(
                    Problem.user("eject.unwritable", folder + " cannot be written: " + e)
                            .hint("name another with --out"),
                    e);
        }
        if (json) {
            var document = new LinkedHashMap<String, Object>();
            document.put("to", to);
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

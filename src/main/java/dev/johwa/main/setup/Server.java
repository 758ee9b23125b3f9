package dev.johwa.main.setup;

import dev.johwa.lib.json.Json;
import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.problem.ProblemException;
import dev.johwa.lib.text.Resource;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/// The machine at the other end, as root: looked at, changed step by step, asked for a token.
///
/// @param id SHA-256 of the archive that it is to run
/// @param domain of its apps; empty: as it is
/// @param name of API and git by TLS; empty where it has none
record Server(Host host, String id, String domain, String name) {
    private static final String LOOK = Resource.text(Server.class, "look.sh");

    /// @param user who logged in, as told to a person
    static Machine look(Ssh ssh, String user) throws IOException {
        var machine = Machine.of(new Host.Far(ssh, false).said(LOOK));
        if (machine.isRoot()) {
            return machine;
        }
        var told = new Host.Far(ssh, true).said(LOOK);
        if (!told.contains("account=0")) {
            throw Problem.user("setup.root", user + " logs in without the rights of root: " + told.strip())
                    .hint("log in as root, or let that account use sudo without a password")
                    .exception();
        }
        return Machine.of("sudo=yes\n" + told);
    }

    /// The steps that do not hold.
    List<Step> missing() throws IOException {
        return missing(Step.all());
    }

    List<Step> missing(List<Step> steps) throws IOException {
        var script = new StringBuilder(values());
        for (var step : steps) {
            // A script that is read from standard input must not be eaten by what it starts.
            script.append("(\nset -e\n").append(step.holds()).append(") </dev/null >/dev/null 2>&1\n");
            script.append("echo ").append(step.name()).append("=$?\n");
        }
        var told = host.said(script.toString()).lines().toList();
        return steps.stream().filter(step -> !told.contains(step.name() + "=0")).toList();
    }

    private String values() {
        return "id=" + id + "\narchive=" + place() + "\ndomain='" + domain + "'\nname='" + name + "'\n";
    }

    private String place() {
        return "/opt/.johwa-" + id.substring(0, 12) + ".tar.gz";
    }

    /// @param progress hears what the step says
    void make(Step step, Consumer<String> progress) throws IOException {
        // Of several at once, one after the other.
        var script =
                "{\nset -e\nexec 9>/run/lock/johwa-setup\nflock -w 600 9\n" + values() + step.make() + "} </dev/null\n";
        var told = new Lines(progress);
        int status = host.script(script, told);
        if (status != 0) {
            throw Problem.external("setup." + step.name(), "the server could not " + step.does() + ": " + told.last())
                    .hint("mend that there (" + host.words() + ") and run setup again; it goes on where it ended")
                    .exception();
        }
    }

    /// Copies the archive, unless it is there already.
    void copy(Path archive) throws IOException {
        var check = "[ \"$(sha256sum <" + place() + " | cut -c1-64)\" = " + id + " ]";
        if (line("test -f " + place() + " && " + check, InputStream.nullInputStream()) == 0) {
            return;
        }
        int status;
        try (var in = Files.newInputStream(archive)) {
            status = line("mkdir -p /opt && cat >" + place() + " && " + check, in);
        }
        if (status != 0) {
            throw Problem.external("setup.copy", "the program could not be copied to the server (" + status + ")")
                    .hint("is the disk full there, or the connection gone? Run setup again")
                    .exception();
        }
    }

    /// @param line of ours, without a `'`
    private int line(String line, InputStream in) throws IOException {
        return host.line(line, in, OutputStream.nullOutputStream());
    }

    /// The certificate that it made for itself, and which only who has seen it this way can believe; empty without one.
    String certificate() throws IOException {
        var told = host.said("cat /var/lib/johwa/tls/self-made.pem 2>/dev/null\n");
        return told.startsWith("-----BEGIN CERTIFICATE-----") ? told : "";
    }

    /// @param person whose it is, of letters, digits, dots and dashes
    String token(String person) throws IOException {
        var told = host.said("/opt/johwa/johwa tokens new --owner " + person + " --json </dev/null 2>&1\n");
        try {
            return Json.tree(told.substring(Math.max(0, told.indexOf('{'))))
                    .path("token")
                    .asString("");
        } catch (ProblemException e) {
            throw Problem.external("setup.token", "the server makes no token: " + told.strip())
                    .hint("what does `johwa tokens new --owner` say there?")
                    .exception();
        }
    }
}

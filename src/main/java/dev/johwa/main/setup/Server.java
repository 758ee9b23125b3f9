package dev.johwa.main.setup;

import dev.johwa.lib.json.Json;
import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.problem.ProblemException;
import dev.johwa.lib.text.Resource;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/// The machine at the other end, as root: looked at, changed step by step, asked for a token.
///
/// @param sudo whether the account that logs in becomes root by sudo
/// @param id SHA-256 of the archive that it is to run
/// @param domain of its apps; empty: as it is
/// @param name of API and git by TLS; empty where it has none
record Server(Ssh ssh, boolean sudo, String id, String domain, String name) {
    private static final String LOOK = Resource.text(Server.class, "look.sh");

    /// @param user who logged in, as told to a person
    static Machine look(Ssh ssh, String user) throws IOException {
        var machine = Machine.of(said(ssh, LOOK, false));
        if (machine.isRoot()) {
            return machine;
        }
        var told = said(ssh, LOOK, true);
        if (!told.contains("account=0")) {
            throw Problem.user("setup.root", user + " logs in without the rights of root: " + told.strip())
                    .hint("log in as root, or let that account use sudo without a password")
                    .exception();
        }
        return Machine.of("sudo=yes\n" + told);
    }

    private static String said(Ssh ssh, String script, boolean sudo) throws IOException {
        var out = new ByteArrayOutputStream();
        ssh.script(script, sudo, out);
        return out.toString(StandardCharsets.UTF_8);
    }

    /// The steps that do not hold.
    List<Step> missing() throws IOException {
        var script = new StringBuilder(values());
        for (var step : Step.all()) {
            // A script that is read from standard input must not be eaten by what it starts.
            script.append("(\nset -e\n").append(step.holds()).append(") </dev/null >/dev/null 2>&1\n");
            script.append("echo ").append(step.name()).append("=$?\n");
        }
        var told = said(ssh, script.toString(), sudo).lines().toList();
        return Step.all().stream()
                .filter(step -> !told.contains(step.name() + "=0"))
                .toList();
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
        int status = ssh.script(script, sudo, told);
        if (status != 0) {
            throw Problem.external("setup." + step.name(), "the server could not " + step.does() + ": " + told.last())
                    .hint("mend that there (" + ssh.words() + ") and run setup again; it goes on where it ended")
                    .exception();
        }
    }

    /// Copies the archive, unless it is there already.
    void copy(Path archive) throws IOException {
        var check = "[ \"$(sha256sum <" + place() + " | cut -d' ' -f1)\" = " + id + " ]";
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

    private int line(String line, InputStream in) throws IOException {
        var shell = sudo ? "sudo -n sh -c " : "sh -c ";
        return ssh.remote(shell + "'" + line.replace("'", "'\\''") + "'", in, OutputStream.nullOutputStream());
    }

    /// The certificate that it made for itself, and which only who has seen it this way can believe; empty without one.
    String certificate() throws IOException {
        var told = said(ssh, "cat /var/lib/johwa/tls/self-made.pem 2>/dev/null\n", sudo);
        return told.startsWith("-----BEGIN CERTIFICATE-----") ? told : "";
    }

    /// @param person whose it is, of letters, digits, dots and dashes
    String token(String person) throws IOException {
        var told = said(ssh, "/opt/johwa/johwa tokens new --owner " + person + " --json </dev/null 2>&1\n", sudo);
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

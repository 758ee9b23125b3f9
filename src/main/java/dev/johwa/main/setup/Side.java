package dev.johwa.main.setup;

import dev.johwa.door.cli.Screen;
import dev.johwa.lib.json.Json;
import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.problem.ProblemException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/// One of the two machines of a move, and what is said there.
///
/// @param name as a person is told
record Side(Host host, String name, Screen screen) {
    /// Where the platform of a service lies.
    static final String DATA = "/var/lib/johwa";
    /// Where backups of a move lie meanwhile.
    static final String BACKUPS = "/var/lib/johwa-move";

    /// Who led an earlier move may have vanished, and what it had said here goes on. The lock is of this shell alone:
    /// what the script leaves in the background must not keep it.
    private static final String ALONE = """
            export PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
            {
            set -e
            exec 9>/run/johwa-move.lock
            flock -n 9 || {
                echo 'waits for what an earlier move had begun here'
                flock -w 3600 9
            }
            (
            %s
            ) 9>&-
            } </dev/null
            """;

    /// Runs a script of ours after all that went before it, whose last line that begins with `{` is its answer; the
    /// others are told.
    ///
    /// @param what a person is told that the machine could not do
    String script(String what, String script) throws IOException {
        var answer = new StringBuilder();
        var told = new Lines(line -> {
            if (line.startsWith("{")) {
                answer.setLength(0);
                answer.append(line);
            } else {
                screen.progress("  " + line.strip());
            }
        });
        int status = host.script(ALONE.formatted(script), told);
        if (status != 0) {
            throw Problem.external("move.side", name + " could not " + what + ": " + told.last())
                    .hint("mend that there (" + host.words() + ") and say the move again; it goes on where it can")
                    .exception();
        }
        return answer.toString();
    }

    /// A step of `johwa move-step` there.
    String step(String what, String words) throws IOException {
        return script(what, "johwa move-step " + words + " --backups " + BACKUPS + " --data " + DATA);
    }

    Looked look() throws IOException {
        try {
            return Json.read(step("tell how its platform is", "look").getBytes(StandardCharsets.UTF_8), Looked.class);
        } catch (ProblemException e) {
            throw e.problem().message().contains("no command 'move-step'")
                    ? Problem.user("move.old", "the Johwa on " + name + " is too old for a move")
                            .hint("upgrade it first: johwa setup ADDRESS")
                            .exception()
                    : e;
        }
    }

    /// Whether it is the machine of the other, by whatever address: a mark on the one is seen on the other.
    boolean isSame(Side other) throws IOException {
        var mark = "/run/johwa-move-" + UUID.randomUUID();
        quietly("touch " + mark);
        try {
            return other.host().line("test -e " + mark, InputStream.nullInputStream(), OutputStream.nullOutputStream())
                    == 0;
        } finally {
            quietly("rm -f " + mark);
        }
    }

    /// The sizes of all files of the backups there, by their paths.
    Map<String, Long> files() throws IOException {
        var all = new HashMap<String, Long>();
        var out = new Lines(line -> {
            var words = line.split(" ", 2);
            all.put(words[1], Long.valueOf(words[0]));
        });
        int status = host.line(
                "mkdir -p -m 700 " + BACKUPS + " && cd " + BACKUPS
                        + " && find objects backups -type f ! -name \"*.part\" -printf \"%s %p\\n\" 2>/dev/null || test -d .",
                InputStream.nullInputStream(),
                out);
        if (status != 0) {
            throw Problem.external("move.side", name + " does not tell what is in " + BACKUPS)
                    .exception();
        }
        return all;
    }

    /// SHA-256 of a file of the backups there, in hex.
    String sum(String file) throws IOException {
        return host.said("sha256sum " + BACKUPS + "/" + file + " | cut -c1-64\n")
                .strip();
    }

    /// Runs something whose outcome does not matter.
    void quietly(String script) throws IOException {
        var _ = host.script("{\n" + script + "\n} </dev/null\n", OutputStream.nullOutputStream());
    }
}

package dev.johwa.main.setup;

import dev.johwa.door.cli.Session;
import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.text.Sizes;
import dev.johwa.main.ship.Archive;
import java.io.IOException;
import java.util.List;

/// The machine to which a platform goes.
///
/// @param to what the old machine is told where its platform goes
/// @param address where the old machine finds it
/// @param settings the words for `johwa up` of the old one: its file, with what names a machine changed
record Arrival(
        Session session,
        Side side,
        Machine machine,
        Server server,
        Archive program,
        String to,
        String address,
        String settings) {
    private static final String DATA = Side.DATA;
    private static final String GROWING = "/var/lib/.johwa.restoring";
    private static final String RESTORE = "johwa restore " + Side.BACKUPS + " --data " + DATA + " --json --backup ";

    /// Installs everything, and makes room: what stands in the way goes aside, but a platform that is used never.
    void prepare(Looked before) throws IOException {
        requireRoom(before.bytes());
        clear(before.platform());
        side.script("take the settings", "umask 077\ncat >/etc/default/johwa <<'SETTINGS'\n" + settings + "SETTINGS");
        var _ = installation().make(server, program, step -> !step.name().equals(Step.SERVICE));
        if (!before.packages().isEmpty()) {
            var step = Step.databases(before.packages());
            if (!server.missing(List.of(step)).isEmpty()) {
                session.screen().progress("… " + step.does());
                server.make(step, line -> session.screen().progress("  " + line));
            }
        }
    }

    private Installation installation() {
        return new Installation(session, null);
    }

    /// Pieces and what is made of them.
    private void requireRoom(long bytes) {
        if (machine.freeBytes() < 2 * bytes) {
            throw Problem.user(
                            "move.room",
                            side.name() + " has " + Sizes.text(machine.freeBytes()) + " free in /var/lib, and "
                                    + Sizes.text(2 * bytes) + " are needed")
                    .hint("take a larger disk; `johwa gc` on the old one may make what moves smaller")
                    .exception();
        }
    }

    private void clear(String platform) throws IOException {
        var found = side.host().said("""
                if [ ! -d %1$s ] || [ -z "$(ls -A %1$s)" ]; then echo none
                elif grep -qs '"gone":true' %1$s/moved.json; then echo moved
                elif [ -n '%2$s' ] && [ "$(cat %1$s/platform 2>/dev/null)" = '%2$s' ]; then echo ours
                elif ls -d %1$s/git/*.git >/dev/null 2>&1; then echo used
                else echo blank; fi
                """.formatted(DATA, platform)).strip();
        switch (found) {
            case "none" -> {}
            // An earlier move got so far, and what it brought is of use.
            case "ours" -> side.script("make room", ended() + "rm -rf " + GROWING + "\nmv " + DATA + " " + GROWING);
            case "moved", "blank" ->
                side.script("make room", ended() + "mv " + DATA + " " + DATA + "-before-$(date +%s)");
            default ->
                throw Problem.user("move.used", "there is a platform with projects on " + side.name())
                        .hint("a move needs a machine without one; if it may go, take it away there: "
                                + "johwa down --data " + DATA + " --apps && mv " + DATA + " " + DATA + "-old")
                        .exception();
        }
    }

    /// Whether that platform lies there, begun or not, and has not gone on to another machine.
    boolean holds(String platform) throws IOException {
        return isIn(DATA, platform);
    }

    /// Whether that platform lay there and was taken aside again, by a move that did not come to an end.
    boolean isUndone(String platform) throws IOException {
        return !holds(platform) && isIn(GROWING, platform);
    }

    private boolean isIn(String folder, String platform) throws IOException {
        return !platform.isEmpty()
                && side.host()
                        .said("grep -qs '\"gone\":true' " + folder + "/moved.json || cat " + folder
                                + "/platform 2>/dev/null\n")
                        .strip()
                        .equals(platform);
    }

    private static String ended() {
        return """
                systemctl -q disable --now johwa-moved.socket johwa-moved-tls.socket 2>/dev/null || :
                systemctl -q disable --now johwa.socket johwa-tls.socket johwa.service 2>/dev/null || :
                if [ -d %1$s/run ]; then johwa down --data %1$s --apps; fi
                rm -f /opt/johwa/started
                """.formatted(DATA);
    }

    /// Files come back beside the place where they will be.
    void grow(String backup) throws IOException {
        side.script("take in a copy", RESTORE + backup + " --grow >/dev/null");
    }

    /// All of the last backup is there and proven, databases are made from their dumps, and nothing works yet.
    void takeIn(String backup) throws IOException {
        side.script("take in the last copy", RESTORE + backup + " >/dev/null");
        var _ = side.step("make the databases", "arrive");
    }

    void start() throws IOException {
        var _ = installation().make(server, program, step -> true);
    }

    /// Nothing works there any more, and what was brought goes aside.
    void undo() throws IOException {
        side.script("end what was begun", ended() + "rm -rf " + GROWING + "\nmv " + DATA + " " + GROWING);
    }

    /// What was only for the move goes.
    void tidy() throws IOException {
        side.quietly("rm -rf " + Side.BACKUPS + " " + GROWING);
    }
}

package dev.johwa.door.cli;

import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.text.ShellLine;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// The remote named `johwa` of a person's repository. git gets the token from the logins; no address carries it.
public final class ProjectRemote {
    private final Session session;
    private final Path folder;

    public ProjectRemote(Session session, Path folder) {
        this.session = session;
        this.folder = folder;
    }

    /// The server that it names, without a slash at its end; empty where there is no such remote.
    public Optional<String> server() {
        return GitRemote.find(folder).map(GitRemote::server);
    }

    /// What a project is called that nobody named: as its folder.
    public static String projectName(Path folder) {
        var plain = folder.getFileName().toString().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
        return plain.replaceAll("^-+|-+$", "");
    }

    /// @param server without a slash at its end
    public void point(String server, String project) {
        var url = server + "/" + project + ".git";
        git("remote", GitRemote.find(folder).isPresent() ? "set-url" : "add", "johwa", url);
        var helper = "credential." + server + ".helper";
        // The empty one forgets the machine's own: a token is kept in one place.
        git("config", "--replace-all", helper, "");
        new Logins(session.surroundings())
                .certificate(server)
                .ifPresent(file -> git("config", "http." + server + ".sslCAInfo", file.toString()));
        git("config", "--add", helper, "!" + program() + " login git");
    }

    private String program() {
        var launcher = session.surroundings().program().resolve("johwa");
        return Files.isExecutable(launcher) ? ShellLine.quoted(launcher.toString()) : "johwa";
    }

    void git(String... words) {
        var argv = new ArrayList<>(List.of("git", "-C", folder.toString()));
        argv.addAll(List.of(words));
        var said = new Programs(session.surroundings()).run(folder, argv);
        if (!said.exit().isSuccess()) {
            var why = said.exit().text() + ": " + String.join(" ", said.lines());
            throw Problem.external("init.git", "git " + words[0] + " failed (" + why + ")")
                    .hint("is git installed? `johwa doctor` checks it")
                    .exception();
        }
    }
}

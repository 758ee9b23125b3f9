package dev.johwa.door.cli;

import dev.johwa.lib.problem.Problem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        description = "Makes this folder a project: a git repository with a remote named johwa. "
                + "Nothing is added to your files; the first push creates the project on the server. With --github "
                + "also the workflow by which GitHub pushes here, and the secret that it needs.",
        footer = {
            "%nExample:",
            "  cd shop && johwa init",
            "  johwa init --name shop -C ~/code/shop",
            "  johwa init --github                  then commit .github/workflows/johwa.yml"
        })
final class InitCommand extends RemoteVerb {
    @Nullable
    @Parameters(arity = "0..1", paramLabel = "DIR", description = "The folder; default: this one.")
    Path directory;

    @Nullable
    @Option(names = "--name", paramLabel = "NAME", description = "The project's name; default: the folder's.")
    String name;

    @Option(
            names = "--github",
            description =
                    "Write .github/workflows/johwa.yml, whose one step is a git push to the server, make a token for "
                            + "it, and give it to GitHub by `gh secret set` (without gh: shown to be pasted).")
    boolean github;

    @Option(names = "--force", description = "With --github: write over a workflow that says something else.")
    boolean force;

    InitCommand(Session session) {
        super(session);
    }

    @Override
    public Integer call() {
        var folder = directory == null
                ? session.folder()
                : session.folder().resolve(directory).normalize();
        if (!Files.isDirectory(folder)) {
            throw Problem.user("init.folder", "'" + folder + "' is no folder").exception();
        }
        if (force && !github) {
            throw Problem.user("usage.init", "--force goes with --github only").exception();
        }
        var choice = ServerChoice.of(session);
        var project = name == null ? ProjectRemote.projectName(folder) : name;
        boolean fresh = !Files.exists(folder.resolve(".git"));
        var remote = new ProjectRemote(session, folder);
        if (fresh) {
            remote.git("init", "--quiet", "--initial-branch=main");
        }
        var logins = new Logins(session.surroundings());
        // For git, which asks there.
        choice.token()
                .filter(token -> !logins.token(choice.url()).equals(Optional.of(token)))
                .ifPresent(token -> logins.keep(new Logins.Login(choice.url(), token)));
        remote.point(choice.url(), project);
        if (github) {
            return toGitHub(folder, project, choice.url());
        }
        tell(folder, project, choice.url(), fresh);
        return ExitCode.DONE;
    }

    private int toGitHub(Path folder, String project, String server) {
        var given = new GitHubSetup(session, folder).give(project, server, force);
        if (!toldAsJson(given)) {
            given.lines().forEach(screen()::line);
        }
        return ExitCode.DONE;
    }

    private void tell(Path folder, String project, String server, boolean fresh) {
        if (toldAsJson(Map.of("project", project, "folder", folder.toString(), "server", server, "created", fresh))) {
            return;
        }
        screen().line((fresh ? "Made a git repository and its" : "Set the") + " remote named johwa: " + server + "/"
                + project + ".git");
        screen().line("");
        screen().line("Next:");
        if (fresh) {
            screen().line("  git add -A && git commit -m 'First'");
        }
        screen().line("  git push johwa HEAD:main     tests it, ships it, and says where it is live");
    }
}

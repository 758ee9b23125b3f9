package dev.johwa.door.cli;

import dev.johwa.lib.problem.Problem;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        description = {
            "Makes this folder a project: a git repository with a remote named johwa.",
            "Nothing is added to your files; the first push creates the project on the server."
        },
        footer = {"%nExample:", "  cd shop && johwa init", "  johwa init --name shop -C ~/code/shop"})
final class InitCommand extends RemoteVerb {
    @Nullable
    @Parameters(arity = "0..1", paramLabel = "DIR", description = "The folder; default: this one.")
    Path directory;

    @Nullable
    @Option(names = "--name", paramLabel = "NAME", description = "The project's name; default: the folder's.")
    String name;

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
        var choice = ServerChoice.of(session);
        var project = name == null ? projectName(folder) : name;
        boolean fresh = !Files.exists(folder.resolve(".git"));
        if (fresh) {
            git(folder, "init", "--quiet", "--initial-branch=main");
        }
        var url = remote(choice, project);
        boolean known = GitRemote.find(folder).isPresent();
        git(folder, "remote", known ? "set-url" : "add", "johwa", url);
        tell(folder, project, choice.url(), fresh);
        return ExitCode.DONE;
    }

    private static String projectName(Path folder) {
        var plain = folder.getFileName().toString().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
        return plain.replaceAll("^-+|-+$", "");
    }

    /// With the token in it, so that git asks for nothing.
    private static String remote(ServerChoice choice, String project) {
        var server = URI.create(choice.url());
        var who = choice.token().map(token -> "johwa:" + token + "@").orElse("");
        var path = server.getRawPath() == null ? "" : server.getRawPath();
        return server.getScheme() + "://" + who + server.getRawAuthority() + path + "/" + project + ".git";
    }

    private void git(Path folder, String... words) {
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

package dev.johwa.door.cli;

import dev.johwa.door.api.Protection;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        description = "Protects a branch: a push to it is refused unless its run passes, and nobody deletes it or moves"
                + " it back. Without BRANCH, lists the protected ones.",
        footer = {"%nExample:", "  johwa apps protect shop main", "  johwa apps protect shop main --off"})
final class AppsProtectCommand extends RemoteVerb {
    @Parameters(index = "0", paramLabel = "PROJECT", description = "The project.")
    String project = "";

    @Nullable
    @Parameters(index = "1", arity = "0..1", paramLabel = "BRANCH", description = "The branch, such as main.")
    String branch;

    @Option(names = "--off", description = "Protect it no longer.")
    boolean off;

    AppsProtectCommand(Session session) {
        super(session);
    }

    @Override
    public Integer call() {
        var now = branch == null
                ? client().protection(project)
                : client().protect(project, new Protection.Change(branch, !off));
        if (!toldAsJson(now)) {
            screen().line(
                            now.branches().isEmpty()
                                    ? "No branch of " + project + " is protected."
                                    : "protected: " + String.join(", ", now.branches()));
        }
        return ExitCode.DONE;
    }
}

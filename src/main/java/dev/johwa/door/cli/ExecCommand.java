package dev.johwa.door.cli;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        description = {
            "Runs a command within an instance that runs: its files, account, environment and limits.",
            "With a terminal where you sit at one; else standard input, output and error go through as they are.",
            "Its exit status is that of the command; it ends when you leave."
        },
        footer = {
            "%nExample:",
            "  johwa exec shop -- sh",
            "  johwa exec shop --process worker -- ps aux",
            "  johwa exec shop -- tar cz uploads > uploads.tar.gz"
        })
final class ExecCommand extends HandsVerb {
    @Nullable
    @Option(
            names = {"-p", "--process"},
            paramLabel = "P",
            description = "Whose instance, such as worker, or the instance by its name; default: web.")
    String process;

    ExecCommand(Session session) {
        super(session);
    }

    @Override
    public Integer call() {
        return connect(command(), true, Optional.ofNullable(process));
    }
}

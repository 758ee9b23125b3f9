package dev.johwa.main;

import dev.johwa.door.cli.Cli;
import dev.johwa.door.cli.Surroundings;
import dev.johwa.serve.router.EdgeProgram;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.slf4j.LoggerFactory;

/// Where the program starts.
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        if (arguments.length > 0 && arguments[0].equals("edge")) {
            System.exit(edge(List.of(arguments).subList(1, arguments.length)));
        }
        int code = new Cli(surroundings(), OwnVerbs.all()).run(List.of(arguments));
        System.out.flush();
        // To exit first asks each jar for a logger, which takes longer than all of `--help`.
        if (code != 0 || Thread.activeCount() > 1) {
            System.exit(code);
        }
    }

    /// One that fails ends, though threads of it would go on: the control plane starts another.
    private static int edge(List<String> arguments) {
        Logging.configure(System.getenv("JOHWA_LOG"));
        try {
            EdgeProgram.run(arguments);
            return 0;
        } catch (IOException | RuntimeException | Error e) {
            LoggerFactory.getLogger(Main.class).error("the edge ends", e);
            return 1;
        }
    }

    /// As other programs have it, who may be told another one than the account has.
    private static Path home() {
        var told = System.getenv("HOME");
        return Path.of(told != null && told.startsWith("/") ? told : System.getProperty("user.home"));
    }

    static Surroundings surroundings() {
        var console = System.console();
        return new Surroundings(
                System.getenv(),
                Path.of("").toAbsolutePath(),
                home(),
                Path.of(System.getProperty("johwa.home", "")).toAbsolutePath(),
                System.in,
                System.out,
                System.err,
                console != null && console.isTerminal());
    }
}

package dev.johwa.main;

import dev.johwa.door.cli.Cli;
import dev.johwa.door.cli.Surroundings;
import dev.johwa.serve.router.EdgeProgram;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/// Where the program starts.
public final class Main {
    private Main() {}

    public static void main(String[] arguments) throws IOException {
        if (arguments.length > 0 && arguments[0].equals("edge")) {
            Logging.configure(System.getenv("JOHWA_LOG"));
            EdgeProgram.run(List.of(arguments).subList(1, arguments.length));
            System.exit(0);
        }
        int code = new Cli(surroundings(), OwnVerbs.all()).run(List.of(arguments));
        System.out.flush();
        System.exit(code);
    }

    static Surroundings surroundings() {
        var console = System.console();
        return new Surroundings(
                System.getenv(),
                Path.of("").toAbsolutePath(),
                Path.of(System.getProperty("user.home")),
                Path.of(System.getProperty("johwa.home", "")).toAbsolutePath(),
                System.in,
                System.out,
                System.err,
                console != null && console.isTerminal());
    }
}

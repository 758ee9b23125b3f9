package dev.johwa.main.setup;

import dev.johwa.door.cli.Surroundings;
import dev.johwa.lib.process.Command;
import dev.johwa.lib.process.Piped;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/// A machine on which our scripts run as root: this one, or one behind ssh.
sealed interface Host {
    /// Runs a script of ours.
    ///
    /// @param out hears both of its streams
    /// @return its exit status
    int script(String script, OutputStream out) throws IOException;

    /// Runs a line of ours, which has no `'`, between two streams.
    int line(String line, InputStream in, OutputStream out) throws IOException;

    /// What a person types to get there.
    String words();

    /// What a script says on both streams, however it ends.
    default String said(String script) throws IOException {
        var out = new ByteArrayOutputStream();
        script(script, out);
        return out.toString(StandardCharsets.UTF_8);
    }

    /// @param sudo whether the account that logs in becomes root by sudo
    record Far(Ssh ssh, boolean sudo) implements Host {
        @Override
        public int script(String script, OutputStream out) throws IOException {
            return ssh.script(script, sudo, out);
        }

        @Override
        public int line(String line, InputStream in, OutputStream out) throws IOException {
            return ssh.remote((sudo ? "sudo -n sh -c '" : "sh -c '") + line + "'", in, out);
        }

        @Override
        public String words() {
            return ssh.words();
        }
    }

    /// This machine, on which we are root.
    record Here(Surroundings around) implements Host {
        private static final Duration LIMIT = Duration.ofHours(6);

        @Override
        public int script(String script, OutputStream out) throws IOException {
            return run("sh -s 2>&1", new ByteArrayInputStream(script.getBytes(StandardCharsets.UTF_8)), out);
        }

        @Override
        public int line(String line, InputStream in, OutputStream out) throws IOException {
            return run(line, in, out);
        }

        private int run(String line, InputStream in, OutputStream out) throws IOException {
            var command = new Command(List.of("sh", "-c", line), Path.of("/"), around.environment());
            return Piped.run(command, in, out, LIMIT).status();
        }

        @Override
        public String words() {
            return "here";
        }
    }
}

package dev.johwa.lib.process;

import java.io.File;
import java.io.IOException;

/// Starts programs, where there are files enough for it to open.
///
/// Java 25 makes five pipes for each program. When one of them cannot be made, it closes descriptors whose numbers it
/// never set, and so any file, socket or part of itself that is open under such a number: the database's, or the JDK's
/// classes, after which the next one that is needed ends the program without a word (SIGSEGV). So nothing is started
/// that could fail like this.
final class Spawn {
    private static final File OPEN = ProcFolder.SELF.resolve("fd").toFile();
    /// As the system says it (errno(3)).
    private static final String TOO_MANY = "Too many open files";
    /// Ten for the pipes, some for what the program loads, and the others for threads that open files meanwhile.
    private static final int NEEDED = 64;

    private Spawn() {}

    /// Starts it as [ProcessBuilder#start()] does.
    ///
    /// @throws IOException also when too few files can be opened
    static Process start(ProcessBuilder builder) throws IOException {
        requireFiles();
        return builder.start();
    }

    private static void requireFiles() throws IOException {
        if (!OPEN.isDirectory()) {
            return;
        }
        var open = OPEN.list();
        if (open == null) {
            // There is no descriptor left to look with.
            throw new IOException(TOO_MANY);
        }
        long limit = ProcFolder.mostFiles(ProcFolder.SELF);
        if (open.length + NEEDED > limit) {
            throw new IOException(TOO_MANY + ": " + open.length + " of " + limit + ", and a program needs " + NEEDED);
        }
    }
}

package dev.johwa.serve.data;

import java.nio.file.Path;

/// Where a server works: its programs, its folder, and the port at which it answers on the loopback.
///
/// @param version the major one: `15`
/// @param programs folder of the server's programs
/// @param folder that holds `files` and `socket`, which are the server's own, and `settings`, which are ours
record Site(String version, Path programs, Path folder, int port) {
    /// What the server keeps.
    Path files() {
        return folder.resolve("files");
    }

    /// Where its socket lies: who can enter here is its master.
    Path socket() {
        return folder.resolve("socket");
    }

    /// What we tell it, which it may read only.
    Path settings() {
        return folder.resolve("settings");
    }

    String program(String name) {
        return programs.resolve(name).toString();
    }
}

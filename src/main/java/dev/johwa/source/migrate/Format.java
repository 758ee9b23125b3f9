package dev.johwa.source.migrate;

import java.util.List;

/// A file of another platform.
///
/// @param who whose it is, as people say it
/// @param names of the file; it lies at the top of a folder
/// @param rules what it may say
record Format(String who, List<String> names, Syntax syntax, Rules rules) {
    /// How it is written.
    enum Syntax {
        YAML,
        JSON,
        TOML,
        /// `NAME: COMMAND` a line.
        PROCESSES,
        /// `NAME=VALUE` a line.
        VALUES
    }

    /// All that are known, in the order in which what they say counts.
    static List<Format> all() {
        return List.of(
                Processes.procfile(),
                Processes.scaling(),
                Processes.values(),
                Heroku.appJson(),
                Heroku.herokuYml(),
                Render.file(),
                Railway.toml(),
                Railway.json(),
                Netlify.file(),
                Vercel.file(),
                Fly.file());
    }
}

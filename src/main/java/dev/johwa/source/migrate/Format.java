package dev.johwa.source.migrate;

import dev.johwa.lib.problem.Place;
import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.problem.ProblemException;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// A file of another platform.
///
/// @param who whose it is, as people say it
/// @param names of the file, from the top of a folder; `*` stands for any letters of the last part
/// @param rules what it may say
/// @param isIts whether a text is of that platform, where others have files of the name too
record Format(String who, List<String> names, Syntax syntax, Rules rules, Predicate<String> isIts) {
    Format(String who, List<String> names, Syntax syntax, Rules rules) {
        this(who, names, syntax, rules, text -> true);
    }

    /// How it is written.
    enum Syntax {
        YAML,
        /// YAML with Ruby in `<% %>`.
        RUBY,
        JSON,
        TOML,
        /// `NAME: COMMAND` a line.
        PROCESSES,
        /// `NAME=VALUE` a line.
        VALUES,
        /// `NAME=VALUE` for a shell: what goes on over lines is one value.
        SHELL,
        /// A program: it says nothing but its name.
        PROGRAM
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
                Fly.file(),
                KamalFiles.secrets(),
                Kamal.file(),
                KamalFiles.hooks(),
                CapRover.file(),
                Coolify.file());
    }

    /// Its files in a folder, by their names from there.
    List<String> in(Path folder) {
        return names.stream().flatMap(name -> found(folder, name)).toList();
    }

    private static Stream<String> found(Path folder, String name) {
        if (!name.contains("*")) {
            return Files.isRegularFile(folder.resolve(name)) ? Stream.of(name) : Stream.empty();
        }
        int slash = name.lastIndexOf('/') + 1;
        var above = name.substring(0, slash);
        var found = new ArrayList<String>();
        try (var files = Files.newDirectoryStream(folder.resolve(above), name.substring(slash))) {
            files.forEach(file -> found.add(above + file.getFileName()));
        } catch (NotDirectoryException | NoSuchFileException e) {
            return Stream.empty();
        } catch (IOException | DirectoryIteratorException e) {
            throw new ProblemException(
                    Problem.user("migrate.unreadable", above + " is not readable: " + e.getMessage())
                            .at(Place.of(above)),
                    e);
        }
        return found.stream()
                .filter(file -> Files.isRegularFile(folder.resolve(file)))
                .sorted();
    }
}

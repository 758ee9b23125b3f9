package dev.johwa.source.dockerfile;

import dev.johwa.lib.problem.Place;
import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.text.RawNames;
import dev.johwa.source.dockerfile.ignore.IgnoreRules;
import dev.johwa.source.dockerfile.ignore.IgnoreRules.Match;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Walks through a folder and finds what is not ignored. Of one thread, once.
final class ContextWalk extends SimpleFileVisitor<Path> {
    /// More is no context of a build.
    private static final int MOST_FILES = 2_000_000;

    private final Path top;
    private final IgnoreRules rules;
    /// What was said of each folder on the way down, the nearest last.
    private final ArrayDeque<Match> above = new ArrayDeque<>();
    private final TreeMap<String, Path> files = new TreeMap<>();
    private final TreeSet<String> folders = new TreeSet<>();
    private final List<Problem> problems = new ArrayList<>();
    private long bytes;

    ContextWalk(Path top, IgnoreRules rules) {
        this.top = top;
        this.rules = rules;
    }

    void all() {
        try {
            Files.walkFileTree(top, this);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    List<Path> files() {
        return List.copyOf(files.values());
    }

    List<Path> folders() {
        return folders.stream().map(RawNames::path).toList();
    }

    long bytes() {
        return bytes;
    }

    List<Problem> problems() {
        return problems;
    }

    private Match match(String raw) {
        return rules.match(raw, above.isEmpty() ? Match.TOP : above.getLast());
    }

    private boolean isBroken(Match match) {
        match.flaw().ifPresent(problems::add);
        return match.flaw().isPresent();
    }

    @Override
    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
        if (folder.equals(top)) {
            above.addLast(Match.TOP);
            return FileVisitResult.CONTINUE;
        }
        var raw = RawNames.of(top.relativize(folder));
        var match = match(raw);
        if (isBroken(match)) {
            return FileVisitResult.TERMINATE;
        }
        if (match.isIgnored() && rules.isClosed(raw)) {
            return FileVisitResult.SKIP_SUBTREE;
        }
        above.addLast(match);
        if (!match.isIgnored()) {
            folders.add(raw);
        }
        return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException failure) {
        above.removeLast();
        if (failure != null) {
            problems.add(unreadable(RawNames.of(top.relativize(folder))));
        }
        return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
        var path = top.relativize(file);
        var raw = RawNames.of(path);
        var match = match(raw);
        if (isBroken(match)) {
            return FileVisitResult.TERMINATE;
        }
        if (match.isIgnored() || attributes.isOther()) {
            return FileVisitResult.CONTINUE;
        }
        if (files.size() == MOST_FILES) {
            problems.add(Problem.user("context.files", "the folder holds more than " + MOST_FILES + " files")
                    .hint("name in .dockerignore what no COPY needs"));
            return FileVisitResult.TERMINATE;
        }
        files.put(raw, path);
        bytes += attributes.isRegularFile() ? attributes.size() : 0;
        return FileVisitResult.CONTINUE;
    }

    /// What cannot be read stops a build, unless it is ignored.
    @Override
    public FileVisitResult visitFileFailed(Path file, IOException failure) {
        var raw = RawNames.of(top.relativize(file));
        if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS) || match(raw).isIgnored()) {
            return FileVisitResult.CONTINUE;
        }
        problems.add(unreadable(raw));
        return FileVisitResult.CONTINUE;
    }

    private static Problem unreadable(String raw) {
        return Problem.resource("context.unreadable", "'" + RawNames.text(raw) + "' cannot be read")
                .at(Place.of(RawNames.text(raw)))
                .hint("change who may read it, or name it in .dockerignore");
    }
}

package dev.johwa.build.pipeline;

import dev.johwa.lib.file.Trees;
import dev.johwa.lib.file.Whole;
import dev.johwa.lib.json.Json;
import dev.johwa.source.git.CheckedOut;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Where one run after another works: a folder with the files of a commit, the dependencies that were installed for
/// them, and what tools left half finished. What it says of itself is true at any instant, so that a run that is cut
/// off leaves a desk for the next one. Changed by the one run that has it; asked by any thread.
///
/// `source/` holds the files, `checked-out` what the checkout wrote, `desk.json` the rest.
final class Desk {
    private static final String ABSENT = " absent";

    private final Path folder;
    private volatile State state;
    /// Files of the commit, and the folders that they lie in.
    private volatile Set<String> own = Set.of();

    /// @param branch of the last run
    /// @param boot of the machine; what was written before a power cut may be halves
    /// @param installed folders of dependencies that are whole, relative to the source, with their keys
    /// @param kept folders of half-finished work
    /// @param madeOf of some of those, what they are made of: a change in it takes them away
    record State(
            String branch,
            String boot,
            Map<String, String> installed,
            Set<String> kept,
            Map<String, List<String>> madeOf) {
        /// What an earlier version of the program wrote lacks what was added since.
        State {
            installed = Map.copyOf(installed);
            kept = Set.copyOf(kept);
            madeOf = madeOf == null ? Map.of() : Map.copyOf(madeOf);
        }

        State(String branch, String boot) {
            this(branch, boot, Map.of(), Set.of(), Map.of());
        }

        State with(Map<String, String> installed, Set<String> kept) {
            return new State(branch, boot, installed, kept, madeOf);
        }
    }

    private Desk(Path folder, State state) {
        this.folder = folder;
        this.state = state;
    }

    static Desk make(Path folder, String boot) {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        var desk = new Desk(folder, new State("", boot));
        desk.say(desk.state);
        return desk;
    }

    /// One that is there; whatever it says of itself cannot be read is unknown.
    static Desk at(Path folder) {
        try {
            return new Desk(folder, Json.read(Files.readString(folder.resolve("desk.json")), State.class));
        } catch (IOException | RuntimeException e) {
            return new Desk(folder, new State("", ""));
        }
    }

    Path folder() {
        return folder;
    }

    Path source() {
        return folder.resolve("source");
    }

    String branch() {
        return state.branch();
    }

    boolean isOf(String boot) {
        return state.boot().equals(boot);
    }

    long usedAt() {
        return folder.resolve("desk.json").toFile().lastModified();
    }

    /// Takes what the last checkout wrote out of the records, since the next one begins: cut off, it begins anew.
    CheckedOut takeCheckedOut() {
        var record = folder.resolve("checked-out");
        var before = CheckedOut.load(record);
        Trees.delete(record);
        return before;
    }

    /// @param isKnown whether the checkout knew what was there before; else any file may have gone
    void checkedOut(CheckedOut written, String branch, boolean isKnown) {
        own = written.paths();
        var installed = new HashMap<>(state.installed());
        installed.keySet().removeAll(own);
        var kept = new HashSet<>(state.kept());
        kept.removeAll(own);
        say(new State(branch, state.boot(), installed, kept, state.madeOf()));
        if (!isKnown || !written.gone().isEmpty()) {
            forgetMadeOfFiles();
        }
        forgetMadeOf(written.changed());
        // Last: cut off before it, the next checkout knows that it does not know.
        written.save(folder.resolve("checked-out"));
    }

    /// Whether the commit itself has this, or files in it: then it is the commit's, whatever else is put there.
    boolean isOfCommit(String place) {
        return own.contains(place);
    }

    /// What a checkout leaves alone.
    Set<String> spared() {
        var spared = new HashSet<>(state.kept());
        spared.addAll(state.installed().keySet());
        return spared;
    }

    /// Whether the folder is as its key says; a package of a workspace may well have none of its own.
    boolean holds(String place, String key) {
        return named(place, key).equals(state.installed().get(place));
    }

    /// Whether the key says that there is no such folder, and there is none.
    boolean needsNone(String place, String key) {
        return (key + ABSENT).equals(state.installed().get(place)) && !isFolder(place);
    }

    private String named(String place, String key) {
        return isFolder(place) ? key : key + ABSENT;
    }

    /// And no link on the way to it leads elsewhere: what lies there may be another project's.
    boolean isFolder(String place) {
        return Files.isDirectory(source().resolve(place), LinkOption.NOFOLLOW_LINKS) && Trees.holds(source(), place);
    }

    /// From now on the folder is being changed: nobody may count on it.
    synchronized void installing(String place) {
        var installed = new HashMap<>(state.installed());
        installed.remove(place);
        say(state.with(installed, state.kept()));
    }

    synchronized void installed(String place, String key) {
        if (isOfCommit(place)) {
            return;
        }
        var installed = new HashMap<>(state.installed());
        installed.put(place, named(place, key));
        say(state.with(installed, state.kept()));
    }

    /// From now on these folders stay, and what was kept beside them goes.
    ///
    /// @param halfFinished folders with what they are made of, nothing where their tool minds changes
    /// @param dependencies folders that may hold dependencies, when they do
    void keep(Map<String, List<String>> halfFinished, Set<String> dependencies) {
        var installed = new HashMap<>(state.installed());
        installed.keySet().retainAll(dependencies);
        var before = spared();
        say(new State(state.branch(), state.boot(), installed, halfFinished.keySet(), halfFinished));
        before.stream()
                .filter(place -> !halfFinished.containsKey(place) && !dependencies.contains(place))
                .forEach(this::delete);
    }

    /// Files went: what was made of them lies on in half-finished work, and not every tool takes it away. Folders that
    /// call themselves caches stay, since their tools do (https://bford.info/cachedir/).
    void forgetMadeOfFiles() {
        var kept = new HashSet<String>();
        for (var place : state.kept()) {
            if (isCache(place)) {
                kept.add(place);
            } else {
                delete(place);
            }
        }
        say(state.with(state.installed(), kept));
    }

    /// Files changed: so goes what is made of them where its tool would leave something of the old ones.
    private void forgetMadeOf(List<String> changed) {
        var kept = new HashSet<>(state.kept());
        for (var place : state.kept()) {
            boolean isOld = state.madeOf().getOrDefault(place, List.of()).stream()
                    .anyMatch(part -> changed.stream().anyMatch(path -> (path + "/").startsWith(part + "/")));
            if (isOld) {
                delete(place);
                kept.remove(place);
            }
        }
        say(state.with(state.installed(), kept));
    }

    /// Whether there is half-finished work that calls itself a cache.
    boolean hasCache(String place) {
        return state.kept().contains(place) && isCache(place);
    }

    private boolean isCache(String place) {
        return isFolder(place) && Files.exists(source().resolve(place).resolve("CACHEDIR.TAG"));
    }

    /// Together with the folders around it that hold nothing else, since a commit has no empty ones.
    private void delete(String place) {
        if (!isInside(place)) {
            return;
        }
        var gone = source().resolve(place);
        Trees.delete(gone);
        for (var around = gone.getParent();
                around != null && !around.equals(source()) && around.startsWith(source());
                around = around.getParent()) {
            if (!Files.isDirectory(around, LinkOption.NOFOLLOW_LINKS)
                    || !around.toFile().delete()) {
                return;
            }
        }
    }

    /// Whether the way to a place stays in the source; a step may have put a link on it that leads elsewhere.
    boolean isInside(String place) {
        try {
            var around = source().resolve(place).normalize().getParent();
            while (around != null && !Files.exists(around, LinkOption.NOFOLLOW_LINKS)) {
                around = around.getParent();
            }
            return around != null
                    && (around.equals(folder) || around.toRealPath().startsWith(source().toRealPath()));
        } catch (IOException e) {
            return false;
        }
    }

    private void say(State now) {
        try {
            Whole.write(folder.resolve("desk.json"), Json.bytes(now));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        state = now;
    }
}

package dev.johwa.serve.backup;

import dev.johwa.source.git.Progress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Marks at a place of backups that were begun: each is written before the first piece of its backup, and goes when
/// that is whole. So the next one knows what was cut off, and takes away what nobody needs of it.
final class Begun {
    private static final String FOLDER = "unfinished/";
    /// A backup of another machine that takes longer has ended somehow.
    private static final Duration LONGEST = Duration.ofDays(2);

    private final Place place;
    private final Path data;
    private final Instant now;

    /// @param data folder of this platform, which remembers its own
    Begun(Place place, Path data, Instant now) {
        this.place = place;
        this.data = data;
        this.now = now;
    }

    private List<String> names() {
        return place.list("unfinished").keySet().stream()
                .map(path -> path.substring(FOLDER.length()))
                .sorted()
                .toList();
    }

    /// Those that nobody makes any more. Where nothing locks the place, another machine may be making one.
    private Set<String> cutOff() {
        var own = Unfinished.at(data).map(Unfinished::name);
        return names().stream()
                .filter(name -> place.isLocked() || own.filter(name::equals).isPresent() || isOld(name))
                .collect(Collectors.toSet());
    }

    private boolean isOld(String name) {
        return Manifests.at(name).filter(at -> at.plus(LONGEST).isAfter(now)).isEmpty();
    }

    /// One that another machine may be making now.
    Optional<String> elsewhere(String own) {
        var over = cutOff();
        return names().stream()
                .filter(name -> !name.equals(own) && !over.contains(name))
                .findFirst();
    }

    /// From now on that one is under way; marks of those that were cut off go, so that our folder need not remember
    /// more than one.
    void begin(String name, String where) {
        cutOff().forEach(each -> place.delete(FOLDER + each));
        new Unfinished(name, where).keep(data);
        place.write(FOLDER + name, "begun\n".getBytes(StandardCharsets.UTF_8));
    }

    /// That one is whole, and what was cut off before it is taken away.
    void end(String name) {
        place.delete(FOLDER + name);
        Unfinished.forget(data);
    }

    /// Tells of those that were cut off and are no backups.
    void tell(List<String> whole, Progress progress) {
        cutOff().stream()
                .filter(name -> !whole.contains(name))
                .sorted()
                .forEach(name -> progress.say("the backup " + name
                        + " was not ended and is none; this one uses what it can of its pieces, and the rest goes"));
    }
}

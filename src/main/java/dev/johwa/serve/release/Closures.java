package dev.johwa.serve.release;

import dev.johwa.lib.http.AddressRange;
import dev.johwa.lib.problem.Problem;
import dev.johwa.serve.router.RoutingTable.Notice;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Closes apps for people while somebody works on them, and opens them again. What is wanted is stored before the edge
/// hears of it. Safe for use by many threads.
public final class Closures {
    /// The page for visitors, in the repository.
    public static final String PAGE = "maintenance.html";
    public static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);
    private static final Duration SETTLE = Duration.ofSeconds(5);
    private static final int LARGEST_PAGE = 128 << 10;
    private static final int MOST_WORDS = 500;
    private static final int MOST_RANGES = 50;
    private static final long ASK_AGAIN_SECONDS = 120;

    private final Ports ports;
    private final Steps steps;
    private final ClosureStore store;

    Closures(Ports ports, Steps steps) {
        this.ports = ports;
        this.steps = steps;
        this.store = new ClosureStore(ports.database());
    }

    public Optional<Closure> of(AppEnvironment where) {
        steps.environments().requireKnown(where);
        return store.of(where);
    }

    /// A pause that holds.
    ///
    /// @param underWay requests that go on at instances, as they began before it: long ones, or open WebSockets
    public record Paused(Closure closure, int underWay) {}

    /// Lets requests wait until [#resume], at most so long; those that come later are told to come again. Returns when
    /// those before have ended, or some seconds later.
    ///
    /// @throws dev.johwa.lib.problem.ProblemException when there is no such app, or it is in maintenance
    public Paused pause(AppEnvironment where, Duration atMost, String by) {
        steps.environments().requireKnown(where);
        if (atMost.compareTo(Duration.ofSeconds(1)) < 0 || atMost.compareTo(LONGEST_PAUSE) > 0) {
            throw Problem.user("pause.time", "requests cannot wait for " + atMost.toSeconds() + " s")
                    .hint("choose from 1 s to " + LONGEST_PAUSE.toMinutes() + " min; for longer, `johwa maintenance "
                            + where.typed() + " on`")
                    .exception();
        }
        if (store.of(where).filter(Closure::isMaintenance).isPresent()) {
            throw Problem.user("pause.maintenance", where + " is in maintenance already, so nobody waits for it")
                    .hint("`johwa maintenance " + where.typed() + " off` ends that")
                    .exception();
        }
        var now = ports.clock().now();
        var closure = new Closure(where, Closure.Kind.PAUSE, now, now.plus(atMost), by, "", List.of());
        change(() -> store.put(closure));
        var instances = steps.instances().of(where).stream()
                .map(kept -> kept.instance().id())
                .collect(Collectors.toSet());
        var given = atMost.compareTo(SETTLE) < 0 ? atMost : SETTLE;
        return new Paused(closure, ports.edge().settle(instances, given));
    }

    /// Lets requests go on.
    ///
    /// @return the pause that was, when there was one
    public Optional<Closure> resume(AppEnvironment where) {
        return end(where, Closure.Kind.PAUSE);
    }

    /// Shows everybody but the team a page.
    ///
    /// @param words for people, as plain text; empty for the usual ones
    /// @param team ranges of addresses that are let in
    public Closure maintain(AppEnvironment where, String words, List<String> team, String by) {
        steps.environments().requireKnown(where);
        if (words.length() > MOST_WORDS || team.size() > MOST_RANGES) {
            throw Problem.user(
                            "maintenance.large",
                            "a message has at most " + MOST_WORDS + " characters, and a team " + MOST_RANGES
                                    + " ranges of addresses")
                    .hint("say more in a page of your own: " + PAGE + " in the repository")
                    .exception();
        }
        team.forEach(AddressRange::of);
        var now = ports.clock().now();
        var closure = new Closure(where, Closure.Kind.MAINTENANCE, now, now, by, words, team);
        change(() -> store.put(closure));
        return closure;
    }

    /// Ends maintenance.
    ///
    /// @return the one that was, when there was one
    public Optional<Closure> open(AppEnvironment where) {
        return end(where, Closure.Kind.MAINTENANCE);
    }

    /// Ends all of either kind that somebody made.
    ///
    /// @param by who
    void endThoseOf(String by) {
        store.all().values().stream()
                .filter(closure -> closure.by().equals(by))
                .map(Closure::where)
                .forEach(where -> change(() -> store.remove(where)));
    }

    private Optional<Closure> end(AppEnvironment where, Closure.Kind kind) {
        steps.environments().requireKnown(where);
        var there = store.of(where).filter(closure -> closure.kind() == kind);
        if (there.isPresent()) {
            change(() -> store.remove(where));
        }
        return there;
    }

    private void change(Runnable stored) {
        stored.run();
        steps.live().routes().apply();
    }

    /// Whether visitors see the page of the repository, and not ours.
    public boolean hasOwnPage(AppEnvironment where) {
        return steps.serving(where)
                .filter(release -> !page(ports, release).isEmpty())
                .isPresent();
    }

    /// What visitors of a release are told.
    static Notice notice(Ports ports, Release release, Closure closure) {
        return new Notice(page(ports, release), closure.words(), ASK_AGAIN_SECONDS, closure.team());
    }

    /// Of its folder, else of the repository; empty when there is none, or it is too large.
    private static String page(Ports ports, Release release) {
        var folder = release.settings().folder();
        var own = folder.equals(".") ? Stream.<String>empty() : Stream.of(folder + "/" + PAGE);
        return Stream.concat(own, Stream.of(PAGE))
                .flatMap(path -> ports.repositories().file(release.where().project(), release.commit(), path).stream())
                .findFirst()
                .filter(text -> text.length() <= LARGEST_PAGE)
                .orElse("");
    }

    /// Of this moment, for a table.
    static Map<AppEnvironment, Closure> now(Ports ports) {
        return new ClosureStore(ports.database()).all();
    }
}

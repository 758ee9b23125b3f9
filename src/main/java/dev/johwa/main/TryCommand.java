package dev.johwa.main;

import dev.johwa.door.cli.ExitCode;
import dev.johwa.door.cli.Session;
import dev.johwa.lib.clock.SystemClock;
import dev.johwa.lib.json.Json;
import dev.johwa.lib.problem.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `johwa try`: the application of a folder, here and now, as the platform would run it.
@Command(
        name = "try",
        description = "Installs, tests, builds and starts the application of a folder here and now, as a push to the "
                + "platform would: changed and new files too, ignored ones not. Ctrl-C ends it and cleans up.",
        footer = {"", "Example:", "  johwa try . --watch --env DATABASE_URL"})
final class TryCommand implements Callable<Integer> {
    private final Session session;
    private final AtomicBoolean isOver = new AtomicBoolean();
    private final CountDownLatch cleaned = new CountDownLatch(1);
    private volatile boolean isLive;

    @Parameters(paramLabel = "DIR", arity = "0..1", defaultValue = ".", description = "The folder; default: this one.")
    String folder = ".";

    @Option(
            names = "--watch",
            description = "Start again when files change; the old one serves until the new one answers.")
    boolean watch;

    @Option(
            names = "--env",
            paramLabel = "NAME[=VALUE]",
            description = "A value that the application gets; without VALUE, the one set here.")
    List<String> values = new ArrayList<>();

    @Option(names = "--json", description = "One JSON object a line.")
    boolean json;

    TryCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        var place = session.folder().resolve(folder).toAbsolutePath().normalize();
        if (!Files.isDirectory(place)) {
            throw Problem.user("folder.missing", "there is no folder " + place)
                    .hint("name the folder of an application: johwa try DIR")
                    .exception();
        }
        requireApplication(place);
        var set = values();
        try (var trial = new Trial(session.surroundings(), place, this::say)) {
            Runtime.getRuntime().addShutdownHook(new Thread(() -> end(trial)));
            try {
                return run(trial, set);
            } finally {
                if (isOver.getAndSet(true)) {
                    // Ctrl-C came first, and ends the process when everything is cleaned up.
                    cleaned.await();
                }
            }
        }
    }

    /// Whoever is in the wrong folder would have all of it tried.
    private void requireApplication(Path place) throws IOException {
        var home = session.surroundings().home();
        var real = place.toRealPath();
        if (home.startsWith(place) || Files.exists(home) && home.toRealPath().startsWith(real)) {
            throw Problem.user("try.too-much", place + " holds all your folders, and would be tried with all of them")
                    .hint("name the folder of one application: johwa try DIR")
                    .exception();
        }
    }

    private int run(Trial trial, Map<String, String> set) throws InterruptedException {
        try {
            trial.start(set);
            return follow(trial);
        } catch (RuntimeException e) {
            if (isOver.get()) {
                // It was ended under our hands.
                return ExitCode.CANCELLED;
            }
            throw e;
        }
    }

    private int follow(Trial trial) throws InterruptedException {
        boolean good = attempt(trial);
        if (!watch && (!good || trial.addresses().isEmpty())) {
            return good ? ExitCode.DONE : ExitCode.NO;
        }
        var clock = new SystemClock();
        while (!isOver.get()) {
            clock.sleep(Trial.PAUSE);
            if (watch && trial.hasChanged()) {
                say("");
                say("  Files changed: once more.");
                attempt(trial);
            }
        }
        return ExitCode.DONE;
    }

    private boolean attempt(Trial trial) {
        var failure = trial.push();
        if (failure.isPresent()) {
            event("failed", Map.of("reason", failure.get()));
            return false;
        }
        isLive = true;
        if (trial.addresses().isEmpty()) {
            event("done", Map.of());
            say("  It has nothing to start: what there is to test and to build holds.");
        }
        trial.addresses().forEach(this::tell);
        return true;
    }

    private void tell(String app, Trial.Address address) {
        event(
                "live",
                Map.of("app", app, "url", address.url(), "direct", address.direct(), "release", address.release()));
        if (!json) {
            session.screen().line(address.url());
            say(address.direct().isEmpty() ? "" : "  (or " + address.direct() + ", past the edge)");
            say("  Ctrl-C ends it.");
        }
    }

    private Map<String, String> values() {
        var set = new TreeMap<String, String>();
        for (var each : values) {
            int equals = each.indexOf('=');
            var name = equals < 0 ? each : each.substring(0, equals);
            var value = equals < 0 ? session.surroundings().value(name).orElse("") : each.substring(equals + 1);
            if (equals < 0 && value.isEmpty()) {
                throw Problem.user("usage.env", "--env " + name + ": no such value is set here")
                        .hint("write --env " + name + "=VALUE")
                        .exception();
            }
            set.put(name, value);
        }
        return set;
    }

    /// In the process' last moments, when a signal ends it; a trial that ended by itself has nothing left to clean.
    private void end(Trial trial) {
        if (isOver.getAndSet(true)) {
            return;
        }
        try (trial) {
            trial.cancel();
        }
        event("ended", Map.of());
        session.surroundings().out().flush();
        cleaned.countDown();
        Runtime.getRuntime().halt(isLive ? ExitCode.DONE : ExitCode.CANCELLED);
    }

    private synchronized void say(String line) {
        if (json) {
            event("line", Map.of("text", line));
        } else {
            session.screen().progress(line);
        }
    }

    private synchronized void event(String name, Map<String, Object> more) {
        if (!json) {
            return;
        }
        var event = new LinkedHashMap<String, Object>();
        event.put("event", name);
        event.putAll(new TreeMap<>(more));
        event.put("at", new SystemClock().now());
        session.screen().line(Json.write(event));
        session.surroundings().out().flush();
    }
}

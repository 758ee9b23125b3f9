package dev.johwa.main;

import dev.johwa.build.pipeline.Run;
import dev.johwa.lib.clock.SystemClock;
import dev.johwa.lib.http.Probe;
import dev.johwa.lib.process.Command;
import dev.johwa.lib.process.Confinement;
import dev.johwa.lib.process.Exit;
import dev.johwa.lib.process.Output;
import dev.johwa.lib.process.Processes;
import dev.johwa.lib.task.Cancel;
import dev.johwa.serve.release.AppEnvironment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/// The story of the demo: a push that goes live, a second one, a bad one that changes nothing, and the way back; then
/// an application in another language, where one is on this machine.
final class Demo {
    private static final Duration PATIENCE = Duration.ofMinutes(15);

    private final Server server;
    private final DemoTeller teller;
    private final Path folder;
    private final Path examples;
    private final DemoExample shown;
    private final Processes processes = new Processes(new SystemClock(), List.of());
    private final Probe probe = new Probe();
    private int commands;

    Demo(Server server, DemoTeller teller, Path folder, Path examples) {
        this.server = server;
        this.teller = teller;
        this.folder = folder;
        this.examples = examples;
        this.shown = DemoExample.ALL.stream()
                .filter(this::isAtHand)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no language of the examples is at hand, not even Java"));
    }

    /// The application that the story is about.
    DemoExample shown() {
        return shown;
    }

    private boolean isAtHand(DemoExample example) {
        return server.hasTool(example.tool());
    }

    /// @return whether every step held
    boolean run() throws IOException {
        return firstPush() && secondPush() && badPush() && rollBack() && figures() && otherLanguage();
    }

    private boolean firstPush() throws IOException {
        teller.chapter("1. Push an application: " + shown.language() + ", with tests, and no file of ours in it");
        make(shown);
        long start = teller.ticks();
        push(shown);
        long pushed = teller.millisSince(start);
        var run = server.pipelines().find(shown.name(), 1);
        boolean passed = run.map(each -> each.state() == Run.State.PASSED).orElse(false);
        var test = stage(run, "test");
        var artifact = stage(run, "artifact");
        boolean good = teller.step("push", passed, pushed, "The push came through");
        good &= teller.step("tests", isDone(test), millis(test), "Its tests ran by default: " + detail(test));
        good &= teller.step(
                "artifact",
                isDone(artifact),
                millis(artifact),
                "What was built is an image, by digest: " + detail(artifact));
        return good && answers("live", shown, "Hello", "It answers at " + url(shown));
    }

    private boolean secondPush() throws IOException {
        teller.chapter("2. Change it, push again: the new release is verified before the old one goes");
        edit(shown.greeting());
        commit(shown, "Say hello again");
        push(shown);
        return answers("live-again", shown, "Hello again", "The change is live");
    }

    private boolean badPush() throws IOException {
        teller.chapter("3. Push a mistake: the tests stop it");
        edit(shown.slip());
        commit(shown, "A slip of the pen");
        long start = teller.ticks();
        push(shown);
        var run = server.pipelines().find(shown.name(), 3);
        boolean stopped = run.map(each -> each.state() == Run.State.FAILED).orElse(false)
                && stage(run, "test").map(each -> each.state().equals("failed")).orElse(false);
        boolean good = teller.step(
                "bad-push-rejected",
                stopped,
                teller.millisSince(start),
                "The tests stopped it, and say which and where");
        return good && answers("old-still-serving", shown, "Hello again", "The release before keeps serving");
    }

    private boolean rollBack() {
        teller.chapter("4. Go back: a switch, not a build");
        long start = teller.ticks();
        var where = new AppEnvironment(shown.name(), shown.name(), AppEnvironment.PRODUCTION);
        var outcome = server.releases().rollBack(where, OptionalInt.empty(), false, "demo", teller::quote);
        boolean back = outcome.live()
                && body(shown).map(text -> !text.contains("again")).orElse(false);
        return teller.step(
                "rollback", back, teller.millisSince(start), "Release " + outcome.release() + " serves again");
    }

    private boolean figures() {
        teller.chapter("5. What the team can learn from it: the DORA figures");
        long start = teller.ticks();
        var figures = server.figures(shown.name());
        figures.lines().forEach(teller::quote);
        return teller.step(
                "dora",
                figures.isGood(),
                teller.millisSince(start),
                "Counted from what happened, nothing to configure");
    }

    /// The last one that this machine can run: Java, unless the story was about it.
    private boolean otherLanguage() throws IOException {
        var other = DemoExample.ALL.reversed().stream()
                .filter(each -> each != shown && isAtHand(each))
                .findFirst();
        if (other.isEmpty()) {
            return true;
        }
        var example = other.get();
        teller.chapter("6. And one in " + example.language() + ", which is at hand too");
        make(example);
        push(example);
        return answers(example.tool(), example, "Hello", "It answers at " + url(example));
    }

    /// Its repository, with all of it committed.
    private void make(DemoExample example) throws IOException {
        copy(example.name());
        git(example, "init", "-q", "-b", "main");
        git(example, "remote", "add", "johwa", server.gitUrl(example.name()));
        commit(example, "A greeting");
    }

    private static Optional<Run.Stage> stage(Optional<Run> run, String name) {
        return run.flatMap(each -> each.stages().stream()
                .filter(stage -> stage.name().equals(name))
                .findFirst());
    }

    private static boolean isDone(Optional<Run.Stage> stage) {
        return stage.map(each -> each.state().equals("done")).orElse(false);
    }

    private static long millis(Optional<Run.Stage> stage) {
        return stage.map(Run.Stage::millis).orElse(0L);
    }

    private static String detail(Optional<Run.Stage> stage) {
        return stage.map(Run.Stage::detail).orElse("missing");
    }

    private boolean answers(String step, DemoExample example, String text, String told) {
        long start = teller.ticks();
        boolean good = body(example).map(body -> body.contains(text)).orElse(false);
        return teller.step(step, good, teller.millisSince(start), told);
    }

    private Optional<String> body(DemoExample example) {
        return probe.body(
                server.edgeUrl().replaceFirst("http://", ""),
                "/",
                Map.of("Host", example.name() + ".localhost"),
                Duration.ofSeconds(10));
    }

    private String url(DemoExample example) {
        return server.edgeUrl().replaceFirst("127\\.0\\.0\\.1", example.name() + ".localhost") + "/";
    }

    private void copy(String name) throws IOException {
        var from = examples.resolve(name);
        var to = folder.resolve(name);
        try (var all = Files.walk(from)) {
            for (var each : all.toList()) {
                var place = to.resolve(from.relativize(each).toString());
                if (Files.isDirectory(each)) {
                    Files.createDirectories(place);
                } else {
                    Files.copy(each, place);
                }
            }
        }
    }

    private void edit(DemoExample.Edit edit) throws IOException {
        var path = folder.resolve(shown.name()).resolve(edit.file());
        Files.writeString(path, Files.readString(path).replace(edit.before(), edit.after()));
    }

    private void commit(DemoExample example, String message) {
        git(example, "add", "-A");
        git(example, "-c", "user.name=Demo", "-c", "user.email=demo@example.com", "commit", "-q", "-m", message);
    }

    private void push(DemoExample example) {
        teller.say("$ git push johwa main");
        var _ = run(example, (channel, line) -> teller.quote(line), "push", "--no-progress", "johwa", "main");
    }

    private void git(DemoExample example, String... words) {
        var exit = run(example, (channel, line) -> teller.quote(line), words);
        if (!exit.isSuccess()) {
            throw new IllegalStateException("git " + String.join(" ", words) + ": " + exit.text());
        }
    }

    private Exit run(DemoExample example, Output output, String... words) {
        var argv = new ArrayList<>(List.of("git"));
        argv.addAll(Arrays.asList(words));
        var environment = new HashMap<String, String>();
        environment.put("PATH", "/usr/local/bin:/usr/bin:/bin");
        environment.put("HOME", folder.toString());
        environment.put("GIT_TERMINAL_PROMPT", "0");
        var command = new Command(argv, folder.resolve(example.name()), environment);
        var place = folder.resolve("commands").resolve(String.valueOf(++commands));
        return processes.run(new Processes.Task(command, Confinement.none(), place, PATIENCE), output, new Cancel());
    }
}

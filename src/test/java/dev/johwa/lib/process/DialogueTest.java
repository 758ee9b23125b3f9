package dev.johwa.lib.process;

import static dev.johwa.Wait.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.johwa.lib.clock.SystemClock;
import dev.johwa.lib.process.Confinement.Bind;
import dev.johwa.lib.process.Confinement.Isolation;
import dev.johwa.lib.process.Confinement.Limits;
import dev.johwa.lib.process.Dialogue.Heard;
import dev.johwa.lib.process.Dialogue.Said;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Real programs with somebody's hands at them, in a sandbox and as another account where this machine can.
@Timeout(40)
class DialogueTest {
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final Optional<TerminalSize> SIZE = Optional.of(new TerminalSize(100, 30));
    private static final int ACCOUNT = 312_345;

    @TempDir
    Path folder;

    private final Processes processes = new Processes(new SystemClock(), List.of(Path.of("/usr/bin/bwrap")));
    private final List<Exit> over = new ArrayList<>();
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final List<Dialogue> open = new ArrayList<>();
    private Path app;
    private int count;

    @BeforeEach
    void make() throws IOException {
        app = Files.createDirectories(folder.resolve("app"));
        assertThat(app.toFile().setWritable(true, false)).isTrue();
        Files.writeString(app.resolve("mine"), "of the app\n");
    }

    @AfterEach
    void end() {
        open.forEach(Dialogue::close);
    }

    private Confinement confined() {
        return new Confinement(Isolation.FILES, ACCOUNT, List.of(new Bind(app, Path.of("/app"), true)), Limits.none());
    }

    private Command shell(String script) {
        boolean isConfined = processes.ability().sandbox().isPresent();
        return new Command(
                List.of("sh", "-c", script),
                isConfined ? Path.of("/app") : app,
                Map.of("PATH", "/usr/bin:/bin", "GREETING", "it's \"me\"", "TERM", "xterm"));
    }

    private Dialogue begin(String script, Optional<TerminalSize> terminal) {
        var attached = processes.attach(shell(script), confined(), folder.resolve("run" + ++count), terminal);
        return speakWith(attached, terminal.isPresent());
    }

    private Dialogue speakWith(Attached attached, boolean isTerminal) {
        var dialogue = new Dialogue(attached, isTerminal, over::add);
        open.add(dialogue);
        return dialogue;
    }

    private String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    /// Listens until it says this.
    private void await(Dialogue dialogue, String text) throws InterruptedException {
        while (!out().contains(text)) {
            var said = dialogue.next(LONG).orElseThrow(() -> new AssertionError("it says no more than " + out()));
            assertThat(said).as(out()).isInstanceOf(Said.Bytes.class);
            keep((Said.Bytes) said);
        }
    }

    private void keep(Said.Bytes bytes) {
        (bytes.channel() == Output.Channel.OUT ? out : err).writeBytes(bytes.bytes());
    }

    /// Listens until it has ended.
    private Exit end(Dialogue dialogue) throws InterruptedException {
        while (true) {
            var said = dialogue.next(LONG).orElseThrow(() -> new AssertionError("it does not end: " + out()));
            switch (said) {
                case Said.Bytes bytes -> keep(bytes);
                case Said.Ended(var exit) -> {
                    return exit;
                }
            }
        }
    }

    private static void type(Dialogue dialogue, String keys) throws InterruptedException {
        assertThat(dialogue.tell(keys.getBytes(StandardCharsets.UTF_8), LONG)).isEqualTo(Heard.TAKEN);
    }

    @Test
    void pipesCarryEveryByteAndTellOutputAndErrorsApart() throws Exception {
        var dialogue = begin("cat; echo $GREETING $(id -u) >&2; cat mine; exit 7", Optional.empty());
        var bytes = new byte[2_000_000];
        new Random(5).nextBytes(bytes);
        var fed = CompletableFuture.runAsync(() -> feed(dialogue, bytes));
        assertThat(end(dialogue)).isEqualTo(new Exit.Status(7));
        fed.join();
        assertThat(Arrays.copyOf(out.toByteArray(), bytes.length)).isEqualTo(bytes);
        assertThat(Arrays.copyOfRange(out.toByteArray(), bytes.length, out.size()))
                .asString()
                .isEqualTo("of the app\n");
        assertThat(err.toString(StandardCharsets.UTF_8)).startsWith("it's \"me\" ");
        assertThat(over).containsExactly(new Exit.Status(7));
    }

    private static void feed(Dialogue dialogue, byte[] bytes) {
        try {
            for (int at = 0; at < bytes.length; at += 100_000) {
                dialogue.tell(Arrays.copyOfRange(bytes, at, Math.min(bytes.length, at + 100_000)), LONG);
            }
            dialogue.endInput(LONG);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void whoSaysMoreThanIsTakenWaitsAndIsEnded() throws Exception {
        var endless = begin("yes", Optional.empty());
        assertThat(endless.next(LONG)).isPresent();
        endless.close();
        assertThat(over).hasSize(1).first().isInstanceOf(Exit.Cancelled.class);
        assertThat(endless.tell(new byte[] {1}, LONG)).isEqualTo(Heard.CLOSED);
    }

    @Test
    void aTerminalHasASizeAndKeysThatMean() throws Exception {
        var dialogue = begin(
                "trap 'stty size' WINCH; stty size; tty -s && echo it is one; cat; echo; "
                        + "while :; do sleep 0.05; done",
                SIZE);
        await(dialogue, "it is one");
        assertThat(out()).contains("30 100\r\n");
        type(dialogue, "hello\n");
        await(dialogue, "hello\r\nhello\r\n");
        assertThat(dialogue.endInput(LONG)).isEqualTo(Heard.TAKEN);
        await(dialogue, "hello\r\nhello\r\n\r\n");
        dialogue.resize(new TerminalSize(120, 40));
        await(dialogue, "40 120\r\n");
        type(dialogue, "\u0003");
        assertThat(end(dialogue)).isEqualTo(new Exit.Signal(2));
    }

    @Test
    void controlCIsForTheProgramAndNotForWhatStandsAroundIt() throws Exception {
        var dialogue = begin("trap 'echo caught' INT; echo ready; while :; do sleep 0.05; done", SIZE);
        await(dialogue, "ready");
        type(dialogue, "\u0003");
        await(dialogue, "caught");
        type(dialogue, "\u0003");
        type(dialogue, "\u001c");
        assertThat(end(dialogue)).isEqualTo(new Exit.Signal(3));
    }

    @Test
    void whoeverLeavesLeavesNothing() throws Exception {
        var dialogue = begin("trap '' HUP; sleep 4323 & echo begun; sleep 4323", SIZE);
        await(dialogue, "begun");
        dialogue.close();
        assertThat(ProcessHandle.allProcesses()
                        .noneMatch(each -> each.info().commandLine().orElse("").contains("sleep 4323")))
                .isTrue();
    }

    @Test
    void whatIsLeftBehindIsNotWaitedFor() throws Exception {
        var dialogue = begin("sleep 4324 & echo done", Optional.empty());
        assertThat(end(dialogue)).isEqualTo(new Exit.Status(0));
        assertThat(out()).isEqualTo("done\n");
        assertThat(ProcessHandle.allProcesses()
                        .noneMatch(each -> each.info().commandLine().orElse("").contains("sleep 4324")))
                .isTrue();
    }

    @Test
    void aCommandWithinAnInstanceSeesWhatThatOneSees() throws Exception {
        var instance = processes.start(
                shell("echo written >/tmp/private; cp /tmp/private part; mv part seen; exec sleep 4325"),
                confined(),
                folder.resolve("instance"));
        try {
            eventually(() -> Files.exists(app.resolve("seen")));
            eventually(() -> processes.program(instance).isPresent());
            for (var terminal : List.of(Optional.<TerminalSize>empty(), SIZE)) {
                out.reset();
                var attached = processes.attachWithin(
                        instance,
                        ACCOUNT,
                        shell("cat seen mine /tmp/private; id -u; echo $GREETING; exit 4"),
                        folder.resolve("within" + ++count),
                        terminal);
                var dialogue = speakWith(attached, terminal.isPresent());
                assertThat(end(dialogue)).as(out() + err).isEqualTo(new Exit.Status(4));
                assertThat(out().replace("\r", ""))
                        .startsWith("written\nof the app\nwritten\n")
                        .endsWith("it's \"me\"\n");
                if (processes.ability().switchesUsers()) {
                    assertThat(out()).contains(String.valueOf(ACCOUNT));
                }
            }
            assertThat(processes.isAlive(instance)).isTrue();
        } finally {
            processes.stop(instance, Duration.ZERO);
        }
    }
}

package dev.johwa.lib.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import sun.misc.Signal;

/// The terminal of this program's standard input, by the system's `stty`.
public final class OwnTerminal {
    private static final int PATIENCE_SECONDS = 5;
    private static final TerminalSize USUAL = new TerminalSize(80, 24);

    private final String settings;

    private OwnTerminal(String settings) {
        this.settings = settings;
    }

    /// Empty where standard input is no terminal.
    public static Optional<OwnTerminal> find() {
        return stty(List.of("-g")).map(OwnTerminal::new);
    }

    public TerminalSize size() {
        var words = stty(List.of("size")).orElse("").split(" ");
        return words.length == 2 && words[0].matches("[1-9]\\d{0,4}") && words[1].matches("[1-9]\\d{0,4}")
                ? new TerminalSize(Integer.parseInt(words[1]), Integer.parseInt(words[0]))
                : USUAL;
    }

    /// From now on every key comes as it is, and nothing is shown by itself.
    public void makeRaw() {
        stty(List.of("raw", "-echo"));
    }

    /// As it was when it was found.
    public void restore() {
        stty(List.of(settings));
    }

    /// Calls back when its size has changed.
    public void onResize(Runnable changed) {
        Signal.handle(new Signal("WINCH"), signal -> changed.run());
    }

    private static Optional<String> stty(List<String> words) {
        var argv = new ArrayList<>(List.of("stty"));
        argv.addAll(words);
        try {
            var process = Spawn.start(new ProcessBuilder(argv)
                    .redirectInput(ProcessBuilder.Redirect.INHERIT)
                    .redirectError(ProcessBuilder.Redirect.DISCARD));
            var text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            boolean ended = process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
            return ended && process.exitValue() == 0 ? Optional.of(text) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }
}

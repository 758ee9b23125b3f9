package dev.johwa.main;

import static org.assertj.core.api.Assertions.assertThat;

import dev.johwa.Wait;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Commands on the server at a real terminal: keys, window, Ctrl-C, and how the terminal is left.
class RealTerminalTest extends AtATerminal {
    private static final String UP = "\u001b[A";
    private static final String CTRL_C = "\u0003";

    @BeforeAll
    static void start() throws Exception {
        for (var name : new String[] {"shop", "mail"}) {
            platform.push(platform.repository(name, Apps.PYTHON), "main");
        }
    }

    @Test
    void keysGoToTheProgramAsTheyAreAndItKnowsTheWindow() throws Exception {
        for (var verb : new String[] {"exec", "once"}) {
            var script =
                    "stty size; stty -icanon -echo; trap 'echo interrupted' INT; echo begin; head -c 3 | od -An -c;"
                            + " stty icanon echo; echo read; read line; while read line; do test \"$line\" != end || exit 5; stty size; done";
            try (var terminal = new RealTerminal(platform, home, verb, "shop", "--", "sh", "-c", script)) {
                terminal.shows("33 111\r\n");
                terminal.shows("begin\r\n");
                assertThat(terminal.settings()).as(verb).isEqualTo("raw");
                terminal.type(UP);
                terminal.shows("033   [   A\r\n");
                terminal.shows("read\r\n");
                terminal.resize(120, 40);
                terminal.type(CTRL_C);
                terminal.shows("interrupted\r\n");
                // The size goes its own way: it is there a moment later.
                Wait.eventually(() -> {
                    terminal.type("\n");
                    return terminal.shown().contains("40 120");
                });
                terminal.type("end\n");
                assertThat(terminal.end()).containsExactly("cooked", "ended 5");
            }
        }
    }

    @Test
    void theTerminalIsAsItWasWhenWeAreKilledAndTheCommandEnds() throws Exception {
        try (var terminal =
                new RealTerminal(platform, home, "exec", "shop", "--", "sh", "-c", "echo begun; sleep 4327")) {
            terminal.shows("begun\r\n");
            assertThat(terminal.settings()).isEqualTo("raw");
            terminal.kill(15);
            assertThat(terminal.end()).containsExactly("cooked", "ended 143");
            Wait.eventually(() -> ProcessHandle.allProcesses()
                    .noneMatch(each -> each.info().commandLine().orElse("").contains("sleep 4327")));
        }
    }

    @Test
    void withoutANameTheLogsOfAllAppsAreFollowedUntilCtrlC() throws Exception {
        try (var terminal = new RealTerminal(platform, home, "logs", "-f")) {
            Wait.eventually(() -> {
                try {
                    platform.get("shop.localhost", "/first");
                    platform.get("mail.localhost", "/second");
                } catch (Exception e) {
                    throw new AssertionError(e);
                }
                return terminal.shown().contains("asked /first")
                        && terminal.shown().contains("asked /second");
            });
            assertThat(terminal.shown().lines().filter(line -> line.contains("asked /first")))
                    .allMatch(line -> line.contains("shop"));
            assertThat(terminal.shown().lines().filter(line -> line.contains("asked /second")))
                    .allMatch(line -> line.contains("mail"));
            terminal.type(CTRL_C);
            assertThat(terminal.end()).containsExactly("cooked", "ended 130");
        }
    }
}

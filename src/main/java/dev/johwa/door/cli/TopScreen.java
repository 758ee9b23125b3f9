package dev.johwa.door.cli;

import dev.johwa.lib.problem.ProblemException;
import dev.johwa.lib.process.OwnTerminal;
import dev.johwa.lib.process.TerminalSize;
import dev.johwa.lib.task.AtExit;
import dev.johwa.lib.task.Tasks;
import dev.johwa.lib.text.Escapes;
import dev.johwa.lib.text.Width;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/// A terminal that shows rows of apps anew again and again, on a screen of its own: what was there before comes back at
/// the end, however it ends.
final class TopScreen {
    private static final int SECONDS = 2;
    /// The other screen, without a cursor; and back. Source: xterm's control sequences.
    private static final String ENTER = "\u001b[?1049h\u001b[?25l";

    private static final String LEAVE = "\u001b[?25h\u001b[?1049l";
    private static final String HOME = "\u001b[H";
    private static final String REST_OF_LINE = "\u001b[K";
    private static final String REST_OF_SCREEN = "\u001b[J";
    private static final int INTERRUPT = 3;
    private static final int END = -1;
    private static final int RESIZED = 0;

    private final Session session;
    private final OwnTerminal terminal;
    private final LinkedBlockingQueue<Integer> keys = new LinkedBlockingQueue<>();
    private TopRow.Order order;
    private TerminalSize size;

    TopScreen(Session session, OwnTerminal terminal, TopRow.Order order) {
        this.session = session;
        this.terminal = terminal;
        this.order = order;
        this.size = terminal.size();
    }

    /// Until a person ends it.
    ///
    /// @return the exit code
    int show(List<TopRow> first, Supplier<List<TopRow>> more) throws InterruptedException {
        try (var _ = new AtExit(this::leave);
                var tasks = new Tasks()) {
            terminal.makeRaw();
            print(ENTER);
            terminal.onResize(() -> keys.offer(RESIZED));
            var _ = tasks.run("keys", this::read);
            return rounds(first, more);
        } finally {
            leave();
        }
    }

    private int rounds(List<TopRow> first, Supplier<List<TopRow>> more) throws InterruptedException {
        var rows = first;
        var problem = "";
        while (true) {
            draw(rows, problem);
            var key = keys.poll(SECONDS, TimeUnit.SECONDS);
            if (key == null) {
                try {
                    rows = more.get();
                    problem = "";
                } catch (ProblemException e) {
                    // It may be there again at the next look.
                    problem = e.problem().message();
                }
                continue;
            }
            if (key == 'q' || key == END) {
                return ExitCode.DONE;
            }
            if (key == INTERRUPT) {
                return ExitCode.CANCELLED;
            }
            size = key == RESIZED ? terminal.size() : size;
            order = TopRow.Order.of(key).orElse(order);
        }
    }

    private void draw(List<TopRow> rows, String problem) {
        var screen = session.screen();
        // A letter in the last column would be taken away with the rest of the line.
        int columns = Math.max(1, size.columns() - 1);
        var lines = new ArrayList<String>();
        lines.add(Width.cut(
                rows.size() + (rows.size() == 1 ? " app" : " apps") + " by " + order.word()
                        + " · n r e t c m put in order · q ends",
                columns));
        lines.add(screen.style(Screen.Style.RED, Width.cut(Escapes.plain(problem), columns)));
        lines.addAll(new TopTable(screen, columns).lines(order.of(rows)));
        var frame = new StringBuilder(HOME);
        int most = Math.min(lines.size(), size.rows());
        for (int i = 0; i < most; i++) {
            frame.append(i == 0 ? "" : "\r\n")
                    .append(Escapes.coloured(lines.get(i)))
                    .append(REST_OF_LINE);
        }
        print(frame.append(REST_OF_SCREEN).toString());
    }

    private void read() {
        try {
            int key;
            do {
                key = session.surroundings().in().read();
                keys.offer(key);
            } while (key != END);
        } catch (IOException e) {
            keys.offer(END);
        }
    }

    private void print(String text) {
        session.surroundings().out().print(text);
        session.surroundings().out().flush();
    }

    private void leave() {
        print(LEAVE);
        terminal.restore();
    }
}

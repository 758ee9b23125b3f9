package dev.johwa.door.web.page;

import static dev.johwa.lib.html.Tags.attribute;
import static dev.johwa.lib.html.Tags.element;
import static dev.johwa.lib.html.Tags.row;
import static dev.johwa.lib.html.Tags.styled;

import dev.johwa.door.web.page.Overview.Figures;
import dev.johwa.lib.html.Html;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;

/// Requests of the last hour, a bar a minute, errors on top; drawn here, so that it needs no script.
final class Chart {
    private static final int MINUTES = 60;
    private static final int STEP = 10;
    private static final int HEIGHT = 48;

    private Chart() {}

    /// @param figures of each release, newest first
    static Html hour(Visit visit, List<Figures> figures) {
        long most = 1;
        long all = 0;
        for (int minute = 0; minute < MINUTES; minute++) {
            most = Math.max(most, sum(figures, minute, Figures.Minute::requests));
            all += sum(figures, minute, Figures.Minute::requests);
        }
        var bars = new ArrayList<Html>();
        for (int minute = 0; minute < MINUTES; minute++) {
            bars.addAll(bars(minute, figures, most));
        }
        return element(
                "svg",
                styled("hour"),
                attribute("viewBox", "0 0 " + MINUTES * STEP + " " + HEIGHT),
                attribute("preserveAspectRatio", "none"),
                attribute("role", "img"),
                attribute("aria-label", visit.say("figures.chart", all, most)),
                rect("ground", 0, HEIGHT - 1, MINUTES * STEP, 1),
                row(bars.toArray(Html[]::new)));
    }

    private static List<Html> bars(int minute, List<Figures> figures, long most) {
        var bars = new ArrayList<Html>();
        long errors = sum(figures, minute, Figures.Minute::errors);
        long top = HEIGHT;
        for (int i = figures.size() - 1; i >= 0; i--) {
            var served = figures.get(i).minutes().get(minute);
            long height = height(served.requests() - served.errors(), most);
            top -= height;
            if (height > 0) {
                bars.add(rect(i == 0 ? "newest" : "earlier", minute * STEP + 1, top, STEP - 2, height));
            }
        }
        if (errors > 0) {
            long height = Math.max(2, height(errors, most));
            bars.add(rect("error", minute * STEP + 1, Math.max(0, top - height), STEP - 2, height));
        }
        return bars;
    }

    private static long height(long requests, long most) {
        return requests == 0 ? 0 : Math.max(1, requests * (HEIGHT - 2) / most);
    }

    private static long sum(List<Figures> figures, int minute, ToLongFunction<Figures.Minute> which) {
        return figures.stream()
                .mapToLong(each -> which.applyAsLong(each.minutes().get(minute)))
                .sum();
    }

    private static Html rect(String kind, long x, long y, long width, long height) {
        return element(
                "rect",
                styled(kind),
                attribute("x", x),
                attribute("y", y),
                attribute("width", width),
                attribute("height", height));
    }
}

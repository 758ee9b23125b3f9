package dev.johwa.door.web.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.johwa.door.api.AppList;
import dev.johwa.door.web.page.Overview.Figures;
import dev.johwa.door.web.page.Overview.Figures.Minute;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ChartTest {
    private static final Instant NOON = Instant.parse("2026-11-27T12:00:00Z");
    /// What a page has beside graphs: its frame, a run, releases, jobs.
    private static final int REST_OF_PAGE = 10 * 1024;

    private static final int MOST = 60 * 1024;

    private static Visit visit(String language) {
        return new Visit(
                Texts.read(language),
                new Assets(),
                List::of,
                Optional.of("owner"),
                "",
                "/shop",
                "http://localhost",
                NOON);
    }

    private static final Random RANDOM = new Random(5);

    /// One that served from a minute on, until another.
    private static Figures figures(int release, int from, int until) {
        var minutes = IntStream.range(0, 60)
                .mapToObj(i -> i < from || i >= until
                        ? new Minute(0, 0, Double.NaN)
                        : new Minute(RANDOM.nextInt(500), RANDOM.nextInt(4), RANDOM.nextDouble() / 7))
                .toList();
        return new Figures(
                release, 15_000, 90, 12, 140, minutes, NOON.minus(Duration.ofMinutes(60)), Optional.of(NOON));
    }

    private static String card(Visit visit, List<Figures> figures) {
        var app = new AppList.App(
                "shop",
                "production",
                "http://shop.localhost/",
                OptionalInt.of(43),
                Optional.empty(),
                "live",
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                "");
        return NowView.all(
                        visit,
                        "shop",
                        List.of(new Overview.Placed(app, Optional.empty(), "", List.of(), Optional.empty(), figures)),
                        true)
                .text();
    }

    @Test
    void anHourOfTrafficIsLight() {
        var assets = new Assets();
        long weight = Stream.of("app.css", "app.js", "mark.svg")
                .map(name -> assets.find(assets.address(name).substring(Assets.FOLDER.length()))
                        .orElseThrow()
                        .text())
                .mapToLong(text -> text.getBytes(StandardCharsets.UTF_8).length)
                .sum();
        // In the middle of the hour two releases served at once.
        var hour = List.of(figures(43, 25, 60), figures(42, 0, 35));
        var card = card(visit("en"), hour).getBytes(StandardCharsets.UTF_8).length;
        assertThat(weight + card + REST_OF_PAGE)
                .as("assets %d, card %d", weight, card)
                .isLessThan(MOST);
    }

    @Test
    void aFirstMinuteSaysWhenFiguresCome() {
        var first = List.of(figures(1, 59, 60));
        assertThat(card(visit("en"), first))
                .contains("drawn from the next minute")
                .doesNotContain("<svg class=\"drawn");
        assertThat(card(visit("ko"), first)).contains("다음 1분부터");
    }
}

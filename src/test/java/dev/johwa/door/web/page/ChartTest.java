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
        return cards(visit, List.of(placed("shop", figures)));
    }

    private static String cards(Visit visit, List<Overview.Placed> apps) {
        return NowView.all(visit, "shop", apps, true).text();
    }

    private static Overview.Placed placed(String name, List<Figures> figures) {
        var app = new AppList.App(
                name,
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
        return new Overview.Placed(app, Optional.empty(), "", List.of(), Optional.empty(), figures);
    }

    /// Of style, script and mark, as every browser asks for them.
    private static long packed() {
        var assets = new Assets();
        return Stream.of("app.css", "app.js", "mark.svg")
                .map(name -> assets.find(assets.address(name).substring(Assets.FOLDER.length()))
                        .orElseThrow()
                        .packed())
                .mapToLong(bytes -> bytes.length)
                .sum();
    }

    @Test
    void anHourOfTrafficIsLight() {
        // In the middle of the hour two releases served at once.
        var hour = List.of(figures(43, 25, 60), figures(42, 0, 35));
        var card = card(visit("en"), hour).getBytes(StandardCharsets.UTF_8).length;
        assertThat(packed() + card + REST_OF_PAGE)
                .as("assets %d, card %d", packed(), card)
                .isLessThan(MOST * 2 / 3);
    }

    @Test
    void asManyAppsAsAreDrawnAreLightToo() {
        var apps = IntStream.range(0, 5)
                .mapToObj(i -> placed("shop/app-" + i, List.of(figures(43, 25, 60), figures(42, 0, 35))))
                .toList();
        var cards = cards(visit("en"), apps);
        var bytes = cards.getBytes(StandardCharsets.UTF_8).length;
        assertThat(packed() + bytes + REST_OF_PAGE)
                .as("assets %d, cards %d", packed(), bytes)
                .isLessThan(MOST);
        assertThat(cards).contains("<svg class=\"drawn").doesNotContain("As a table");
        assertThat(card(visit("en"), List.of(figures(43, 25, 60)))).contains("As a table");
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

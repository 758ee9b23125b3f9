package dev.johwa.door.web.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.johwa.door.api.AppList;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// What stands below many apps is still found.
class ManyAppsTest {
    private static final Visit VISIT = new Visit(
            Texts.read("en"),
            new Assets(),
            List::of,
            Optional.of("owner"),
            "",
            "/shop",
            "http://localhost",
            Instant.EPOCH);

    private static List<AppList.App> apps(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> new AppList.App(
                        "shop/site-" + i,
                        "production",
                        "http://site-" + i + "-shop.localhost/",
                        OptionalInt.of(1),
                        Optional.empty(),
                        i == count - 1 ? "failed" : "live",
                        List.of(),
                        List.of(),
                        List.of("a note of " + i),
                        List.of(),
                        ""))
                .toList();
    }

    private static String now(int count) {
        var placed = apps(count).stream()
                .map(app -> new Overview.Placed(app, Optional.empty(), "", List.of(), Optional.empty(), List.of()))
                .toList();
        return NowView.all(VISIT, "shop", placed, true).text();
    }

    @Test
    void aFewAreCardsAndManyAreAListWithTheirNotes() {
        assertThat(now(5)).contains("<article").doesNotContain("<li");
        assertThat(now(6)).doesNotContain("<article").contains("<li", "site-5-shop.localhost", "a note of 5");
    }

    @Test
    void theListOfProjectsNamesThoseFirstThatAreNotWell() {
        var project = new HomeView.Project("shop", apps(60), 0, 0, Optional.empty());
        var html = HomeView.list(VISIT, new HomeView.Projects(List.of(project), 1, "", "", false))
                .text();
        assertThat(html).contains("site-59", "site-4<", "and 54 more").doesNotContain("site-5<");
    }
}

package dev.johwa.lib.site;

import static org.assertj.core.api.Assertions.assertThat;

import dev.johwa.lib.problem.Problem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What `_redirects` and `_headers` say, by the examples of those who made them.
class SiteRulesTest {
    private static String answer(String rules, String address, boolean isThere) {
        var parts = address.split("\\?", 2);
        var asked = new Asked("app.example", Letters.decode(parts[0]), parts.length < 2 ? "" : parts[1]);
        var read = RedirectRules.of("_redirects", rules.replace(" | ", "\n"));
        assertThat(read.problems()).isEmpty();
        return switch (read.answer(asked, () -> isThere)) {
            case null -> "";
            case Answer.Moved(int status, String location) -> status + " " + location;
            case Answer.Shown(int status, String path) -> status + " " + path;
        };
    }

    @ParameterizedTest
    @CsvSource({
        "/home /, /home, 301 /",
        "/home /, /home/, 301 /",
        "/home/ /, /home, 301 /",
        "/home /, /homes, ''",
        "/a /b 302, /a?x=1&y=2, 302 /b?x=1&y=2",
        "/a /b?z=3 302, /a?x=1, 302 /b?z=3",
        "/a /b#part 307, /a?x=1, 307 /b?x=1#part",
        "/news https://other.example/blog 308, /news, 308 https://other.example/blog",
        "/news/* /blog/:splat, /news/2024/may, 301 /blog/2024/may",
        "/news/* /blog/:splat, /news/2024/, 301 /blog/2024/",
        "/news/* /blog/:splat, /news, 301 /blog/",
        "/news/* /blog/:splat, /newspaper, ''",
        "/news/:month/:year/:slug /blog/:year/:month/:slug, /news/02/2004/story, 301 /blog/2004/02/story",
        "/news/:month /blog/:month, /news/02/2004, ''",
        "/old/:name.html /new/:name, /old/a.b.html, 301 /new/a.b",
        "/:a-:b /:b/:a, /x-y-z, 301 /y-z/x",
        "/*.php /:splat.html, /x/y.php, 301 /x/y.html",
        "/* /index.html 200, /anything/at/all, 200 /index.html",
        "/en/* /en/404.html 404, /en/none, 404 /en/404.html",
        "/articles id=:id tag=:tag /posts/:tag/:id 301, /articles?tag=b&id=7, 301 /posts/b/7",
        "/articles id=:id tag=:tag /posts/:tag/:id 301, /articles?id=7, ''",
        "/store kind=book /books | /store /all, /store?kind=toy, 301 /all?kind=toy",
        "/store kind=book /books | /store /all, /store?kind=book, 301 /books",
        "/a /first | /* /rest, /a, 301 /first",
        "/* /rest | /a /first, /a, 301 /rest",
        "/a /b # why, /a, 301 /b",
        "/caf%C3%A9 /coffee, /caf%c3%a9, 301 /coffee",
        "/café/* /kaffee/:splat, /café/grün, 301 /kaffee/gr%C3%BCn",
        "https://app.example/* /moved/:splat 302, /x, 302 /moved/x",
        "https://other.example/* /moved/:splat 302, /x, ''",
    })
    void aRuleAnswersAsItsHostsSay(String rules, String address, String expected) {
        assertThat(answer(rules, address, false)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "/* /index.html 200, ''",
        "/* /index.html 200!, 200 /index.html",
        "/:page /other 302, ''",
        "/page /other 302, 302 /other",
        "/* /index.html 200 | /page /late 302, 302 /late",
    })
    void aFileThatIsThereComesBeforeRulesWithPlaceholders(String rules, String expected) {
        assertThat(answer(rules, "/page", true)).isEqualTo(expected);
    }

    @Test
    void aVisitorNeitherChoosesTheHostNorWritesFields() {
        assertThat(answer("/go/* /:splat", "/go//evil.example/x", false)).isEqualTo("301 /evil.example/x");
        assertThat(answer("/go/* /:splat", "/go/%5Cevil.example", false)).isEqualTo("301 /%5Cevil.example");
        assertThat(answer("/go/:x /:x", "/go/a%0D%0ASet-Cookie:b", false)).isEqualTo("301 /a%0D%0ASet-Cookie%3Ab");
        assertThat(answer("/go/* /to?next=:splat", "/go/a&admin=1", false)).isEqualTo("301 /to?next=a%26admin%3D1");
    }

    @Test
    void aRuleThatLeadsToWhereTheVisitorIsDoesNothing() {
        assertThat(answer("/* /login 302!", "/login", false)).isEmpty();
        assertThat(answer("/* /login 302!", "/login/", false)).isEmpty();
        assertThat(answer("/* /login 302!", "/x", false)).isEqualTo("302 /login");
    }

    @ParameterizedTest
    @CsvSource({
        "/a, leads nowhere",
        "a /b, is no path",
        "/a /b 299, the status 299",
        "/a /b 302 Country=de, the condition 'Country=…' is not known here",
        "/a /b 302 Role=admin, the condition 'Role=…'",
        "/api/* https://api.example/:splat 200, is another host",
        "/api/* /.netlify/functions/:splat 200, a service of another host",
        "/a/*/b/* /c, has a placeholder after its *",
        "/a/*/:b /c, has a placeholder after its *",
        "/:a:b /c, nothing between",
        "/:a/:a /c, :a twice",
        "/a /a/, leads to itself",
        "/a x /b, neither a value of the query",
        "http://app.example/* https://app.example/:splat 301!, by https is not seen here",
        "/go/* https://:splat, lets the visitor choose the host",
        "/go/* https:///:splat, lets the visitor choose the host",
    })
    void whatIsNoRuleIsToldWithItsLineAndTheOthersHold(String wrong, String message) {
        var rules = RedirectRules.of("public/_redirects", "# rules\n\n" + wrong + "\n/good /better\n");

        assertThat(rules.problems()).hasSize(1);
        assertThat(rules.problems().getFirst().text())
                .startsWith("public/_redirects:3:1: ")
                .contains(message);
        assertThat(rules.size()).isEqualTo(1);
    }

    @Test
    void windowsAndMarksAtTheBeginningMakeNoDifference() {
        assertThat(answer("\uFEFF/a /b\r\n/c /d 302\r\n", "/c", false)).isEqualTo("302 /d");
    }

    @Test
    void noNumberOfRulesAndNoPatternIsSlow() {
        var many =
                IntStream.range(0, 20_000).mapToObj(i -> "/p" + i + " /q" + i).collect(Collectors.joining("\n"));
        var rules = RedirectRules.of("_redirects", many);
        assertThat(rules.size()).isEqualTo(RedirectRules.MOST);
        assertThat(rules.problems().getFirst().text()).contains("_redirects:10001:1: no more rules are read");

        var nasty = "/" + ":a0-".repeat(1)
                + IntStream.range(1, 39).mapToObj(i -> ":a" + i + "-").collect(Collectors.joining());
        var patterns = (nasty + "x /y\n").repeat(RedirectRules.MOST_PATTERNS + 5);
        var slow = RedirectRules.of("_redirects", patterns);
        Assertions.assertTimeoutPreemptively(Duration.ofSeconds(5), () -> {
            var path = "/" + "-a".repeat(4_000);
            assertThat(slow.answer(new Asked("", path, "a=b&".repeat(5_000)), () -> false))
                    .isNull();
        });
    }

    private static String fields(String text, String host, String path) {
        var rules = HeaderRules.of("_headers", text);
        assertThat(rules.problems()).isEmpty();
        return rules.fields(new Asked(host, path, "")).stream()
                .map(field -> field.name() + ": " + field.value())
                .collect(Collectors.joining("; "));
    }

    @Test
    void fieldsOfAllPathsThatFitAreJoined() {
        var text = """
                # all
                /*
                  X-Frame-Options: DENY
                  Cache-Control: public

                /secret/:name
                  ! x-frame-options
                  cache-control: no-store
                  X-Name: :name
                https://other.example/*
                  X-Robots-Tag: noindex
                """;

        assertThat(fields(text, "app.example", "/a")).isEqualTo("X-Frame-Options: DENY; Cache-Control: public");
        assertThat(fields(text, "app.example", "/secret/é"))
                .isEqualTo("x-frame-options: ; Cache-Control: public, no-store; X-Name: %C3%A9");
        assertThat(fields(text, "other.example", "/a")).endsWith("X-Robots-Tag: noindex");
    }

    @Test
    void fieldsThatCannotBeAreToldWithoutTheirValues() {
        var problems = HeaderRules.of("_headers", """
                  X-Lost: a
                /*
                  Basic-Auth: bob:secret
                  Content-Length: 3
                  nonsense
                  X-Empty:
                static/*
                  X-After: b
                """).problems();

        assertThat(problems.stream().map(Problem::text).toList())
                .satisfiesExactly(
                        each -> assertThat(each).startsWith("_headers:1:1: 'X-Lost' belongs to no path"),
                        each -> assertThat(each)
                                .startsWith("_headers:3:1: Basic-Auth")
                                .doesNotContain("secret"),
                        each -> assertThat(each).startsWith("_headers:4:1: the server itself says Content-Length"),
                        each -> assertThat(each).startsWith("_headers:5:1: 'nonsense' is no field"),
                        each -> assertThat(each).startsWith("_headers:6:1: X-Empty has no value"),
                        each -> assertThat(each).startsWith("_headers:7:1: 'static/*' is no path"),
                        each -> assertThat(each).startsWith("_headers:8:1: 'X-After' belongs to no path"));
    }

    @Test
    void aFolderWithoutTheFilesHasNoRules(@TempDir Path site) throws Exception {
        assertThat(SiteRules.read(site).isNone()).isTrue();
        Files.writeString(site.resolve("_redirects"), "/a /b\n");
        assertThat(SiteRules.read(site).redirect(new Asked("", "/a", ""), () -> true))
                .isEqualTo(new Answer.Moved(301, "/b"));
        assertThat(List.of(SiteRules.read(site).isNone())).containsExactly(false);
    }
}

package dev.johwa.source.detect.site;

import static org.assertj.core.api.Assertions.assertThat;

import dev.johwa.lib.problem.Problem;
import dev.johwa.source.detect.Detection.Evidence;
import dev.johwa.source.detect.Detection.Publish;
import dev.johwa.source.detect.Detection.Service;
import dev.johwa.source.detect.Sample;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Sites: plain ones, those that a Staticfile names, and those that a program makes.
class SitesTest {
    @TempDir
    Path place;

    private Sample of(String... files) {
        return new Sample(place, files);
    }

    @Test
    void aStaticfileNamesTheFolderAndTheFallback() {
        var found = of(
                        "Staticfile",
                        "root: /web/app/\npushstate: enabled\nforce_https: true\nstatus_codes:\n  404: /404.html\n  500: /x.html\n",
                        "web/app/index.html",
                        "<h1>")
                .detect();

        assertThat(found.publish()).contains(new Publish("web/app", true));
        assertThat(found.evidence())
                .contains(new Evidence("Staticfile", "serves web/app, index.html for unknown paths"));
        assertThat(found.warnings())
                .extracting(Problem::text)
                .satisfiesExactly(
                        first -> assertThat(first).startsWith("Staticfile:3:1: 'force_https' is not known here"),
                        second -> assertThat(second).startsWith("Staticfile:6:1: the page of status 500"));
    }

    @Test
    void anEmptyStaticfileMeansTheFolderAndPasswordsAreToldToBeNone() {
        var found = of("Staticfile", "", "a.txt", "a", "Staticfile.auth", "bob:$apr1$secret\n")
                .detect();

        assertThat(found.publish()).contains(new Publish(".", false));
        assertThat(found.warnings().getFirst().text())
                .contains("everybody sees the site")
                .doesNotContain("secret");
    }

    @Test
    void rulesAreToldWithTheirPlaces() {
        var found = of(
                        "public/index.html",
                        "<h1>",
                        "public/_redirects",
                        "/a /b\n/c /d 302 Country=de\n",
                        "public/_headers",
                        "/*\n  X-A: b\n  Basic-Auth: bob:secret\n")
                .detect();

        assertThat(found.evidence())
                .contains(new Evidence("public/_redirects", "1 redirect"))
                .contains(new Evidence("public/_headers", "1 path with fields of their own"));
        assertThat(found.warnings())
                .extracting(Problem::text)
                .satisfiesExactly(
                        first -> assertThat(first).startsWith("public/_redirects:2:1: the condition 'Country=…'"),
                        second -> assertThat(second)
                                .startsWith("public/_headers:3:1: Basic-Auth")
                                .doesNotContain("secret"));
    }

    @Test
    void rulesThatAreNotServedAreTold() {
        assertThat(of("public/index.html", "<h1>", "_redirects", "/a /b\n")
                        .detect()
                        .warnings())
                .extracting(Problem::text)
                .singleElement()
                .asString()
                .startsWith("_redirects: it is not in public, which is served");
    }

    @Test
    void hugoBuildsForTheRootOfAnyHost() {
        var found = of(
                        "config.toml",
                        "baseURL = 'https://me.github.io/blog/'\ntheme = \"slim\"\n",
                        "content/a.md",
                        "# a")
                .detect();

        assertThat(found.provider()).isEqualTo("hugo");
        assertThat(found.service()).isEqualTo(Service.STATIC);
        assertThat(found.build()).containsExactly(List.of("hugo", "--minify", "--baseURL", "/"));
        assertThat(found.publish()).contains(new Publish("public", false));
        assertThat(found.warnings())
                .extracting(Problem::message)
                .contains("there is no Hugo on this machine")
                .anyMatch(message -> message.startsWith("the theme slim is not in the repository"));
    }

    @Test
    void zolaIsNotTakenForHugo() {
        assertThat(of("config.toml", "base_url = \"https://x\"\ntheme = \"a\"\n", "content/a.md", "")
                        .detect()
                        .provider())
                .isEqualTo("zola");
    }

    @Test
    void jekyllIsKnownWithAndWithoutAGemfile() {
        var plain = of("_config.yml", "title: x\nbaseurl: /repo\n", "_posts/a.md", "")
                .detect();
        assertThat(plain.build()).containsExactly(List.of("jekyll", "build", "--baseurl", ""));
        assertThat(plain.publish()).contains(new Publish("_site", false));

        var bundled = of("Gemfile", "gem 'github-pages'\n").detect();
        assertThat(Sample.words(bundled.build())).startsWith("bundle exec jekyll build");
    }

    @Test
    void mkDocsIsBroughtWhereNobodyNamesIt() {
        var brought = of(
                        "mkdocs.yml", "site_name: x\nsite_dir: out\ntheme:\n  name: material\n", "docs/index.md", "# x")
                .with("python", "3.11.7")
                .detect();
        assertThat(brought.install().getLast()).endsWith("mkdocs-material==9.6.14");
        assertThat(brought.publish()).contains(new Publish("out", false));
        assertThat(Sample.warnings(brought)).contains("detect.mkdocs");

        var named = of("requirements.txt", "mkdocs==1.6.1\n").detect();
        assertThat(named.install().getLast()).endsWith("-r", "requirements.txt");
    }

    @Test
    void aPythonPackageWithPagesOfItsOwnIsThePackage() {
        assertThat(of("mkdocs.yml", "site_name: x\n", "pyproject.toml", "[project]\nname = \"x\"\n")
                        .with("python", "3.11.7")
                        .detect()
                        .provider())
                .isNotEqualTo("mkdocs");
    }
}

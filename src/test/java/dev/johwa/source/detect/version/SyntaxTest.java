package dev.johwa.source.detect.version;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Cases from the documentation of each ecosystem.
class SyntaxTest {
    /// A project's own file may say anything.
    @Test
    void bracketsThatNeverEndTakeNoTime() {
        var text = "[" + " ".repeat(490) + "," + " ".repeat(490);

        var range = assertTimeoutPreemptively(Duration.ofSeconds(10), () -> Syntax.MAVEN.parse(text));

        assertThat(range).isEmpty();
        assertThat(Syntax.MAVEN.fits("21.0.1", "[ 17 , 22 )")).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        // Version managers: a version or the start of one.
        "PIN, 20, 20.11.0, true",
        "PIN, v20.11, 20.11.0, true",
        "PIN, 20.1, 20.11.0, false",
        "PIN, 3.11, 3.11.7, true",
        "PIN, 3, 3.11.7, true",
        "PIN, 3.12, 3.12.0rc1, false",
        "PIN, 3.12.0rc1, 3.12.0rc1, true",
        "PIN, 1.22.x, 1.22.7, true",
        "PIN, 1.22.x, 1.23.0, false",
        "NODE, 18.x, 18.20.4, true",
        "NODE, 18.x, 20.1.0, false",
        "NODE, v18.x, 18.20.4, true",
        "NODE, 18.x.x, 18.20.4, true",
        "NODE, 18.*, 18.20.4, true",
        "NODE, 18.2.X, 18.20.4, false",
        "NODE, stable, 23.1.0, true",
        "NODE, latest, 23.1.0, true",
        "NODE, lts/argon, 4.9.1, true",
        "NODE, lts/hydrogen, 18.20.4, true",
        "NODE, lts/jod, 22.1.0, true",
        "NODE, lts/krypton, 24.1.0, true",
        "NODE, lts/iron, 20.11.0, true",
        "NODE, lts/Iron, 22.1.0, false",
        "NODE, lts/*, 22.1.0, true",
        "NODE, lts/*, 23.1.0, false",
        "NODE, node, 23.1.0, true",
        // go.dev/ref/mod: the least version, prereleases before it.
        "LEAST, 1.25, 1.25.1, true",
        "LEAST, 1.25, 1.26.0, true",
        "LEAST, 1.25.3, 1.25.1, false",
        "LEAST, 1.26rc1, 1.26.0, true",
        "LEAST, 1.26.0, 1.26rc1, false",
        "JAVA, 17, 17.0.15, true",
        "JAVA, 17, 25.0.3, false",
        "JAVA, temurin-21.0.2, 21.0.2, true",
        "JAVA, 17.0.10-tem, 17.0.10, true",
        "JAVA, openjdk64-11.0.2, 11.0.2, true",
        "JAVA, 1.8, 8.0.402, true",
        "JAVA, temurin-17.0.10+7, 17.0.10, true",
        "JAVA_LEAST, 1.8, 17.0.1, true",
        "JAVA_LEAST, 21, 17.0.1, false",
        // maven.apache.org/enforcer: versionRanges
        "MAVEN, 17, 25.0.3, true",
        "MAVEN, '[17,22)', 21.0.1, true",
        "MAVEN, '[17,22)', 22.0.0, false",
        "MAVEN, '(17,)', 17, false",
        "MAVEN, '[17]', 17.0.0, true",
        "MAVEN, '[17]', 17.0.1, false",
        "MAVEN, '(,1.8],[11,)', 17.0.1, true",
        "MAVEN, '(,1.8],[11,)', 9.0.1, false",
        // guides.rubygems.org/patterns: pessimistic
        "RUBY, ~> 3.1, 3.4.2, true",
        "RUBY, ~> 3.1, 4.0.0, false",
        "RUBY, ~> 3.1.2, 3.1.9, true",
        "RUBY, ~> 3.1.2, 3.2.0, false",
        "RUBY, '>= 2.7, < 4', 3.1.2, true",
        "RUBY, 3.1.2, 3.1.2, true",
        "RUBY, 3.1.2, 3.1.3, false",
        // hexdocs.pm/elixir/Version
        "ELIXIR, ~> 1.14, 1.18.4, true",
        "ELIXIR, ~> 1.14.1, 1.15.0, false",
        "ELIXIR, '~> 1.14 or ~> 2.0', 2.3.0, true",
        "ELIXIR, '>= 1.14.0 and < 1.16.0', 1.16.1, false",
        // python-poetry.org/docs/dependency-specification
        "POETRY, ^3.9, 3.13.1, true",
        "POETRY, ^3.9, 4.0.0, false",
        "POETRY, ^0.2.3, 0.3.0, false",
        "POETRY, ^0.0.3, 0.0.4, false",
        "POETRY, ^0.0, 0.1.0, false",
        "POETRY, ~3.9, 3.10.0, false",
        "POETRY, ~3, 3.10.0, true",
        "POETRY, ~3.9.1, 3.9.8, true",
        "POETRY, 3.9.*, 3.9.18, true",
        "POETRY, '>=3.9,<3.13', 3.13.0, false",
        "POETRY, '>=3.9,<3.13,!=3.9.7', 3.9.7, false",
        "POETRY, ~2.7 || ^3.6, 3.11.7, true",
        "POETRY, *, 3.11.7, true",
        // getcomposer.org/doc/articles/versions.md
        "COMPOSER, ^8.1, 8.4.2, true",
        "COMPOSER, ^8.1, 9.0.0, false",
        "COMPOSER, ~8.1, 8.4.2, true",
        "COMPOSER, ~8.1.2, 8.2.0, false",
        "COMPOSER, ^7.4 || ^8.0, 8.2.0, true",
        "COMPOSER, ^7.4|^8.0, 8.2.0, true",
        "COMPOSER, 8.1.*, 8.2.0, false",
        "COMPOSER, 8.1 - 8.3, 8.3.9, true",
        "COMPOSER, 8.1.0 - 8.3.0, 8.3.9, false",
        "COMPOSER, >=8.1 <8.4, 8.4.0, false",
        // learn.microsoft.com: global.json, rollForward
        "DOTNET, 8.0.105, 8.0.110, true",
        "DOTNET, 8.0.105, 8.0.204, false",
        "DOTNET, 8.0.105 latestFeature, 8.0.204, true",
        "DOTNET, 8.0.105 latestMinor, 8.1.100, true",
        "DOTNET, 8.0.105 latestMajor, 9.0.100, true",
        "DOTNET, 8.0.105 disable, 8.0.106, false"
    })
    void aVersionIsInARangeOrNot(Syntax syntax, String range, String version, boolean holds) {
        assertThat(syntax.parse(range).orElseThrow().holds(version)).isEqualTo(holds);
    }

    @ParameterizedTest
    @CsvSource({
        "PIN, system",
        "PIN, ref:main",
        "PIN, pypy3.9-7.3.15",
        "NODE, lts/unheard",
        "JAVA, graal",
        "MAVEN, '[17'",
        "MAVEN, '[17,x)'",
        "MAVEN, '[17,18) tail'",
        "RUBY, ^3.1",
        "RUBY, ''",
        "POETRY, '>=3.9,<'",
        "COMPOSER, what",
        "DOTNET, eight"
    })
    void whatMeansNoRangeIsNone(Syntax syntax, String text) {
        assertThat(syntax.parse(text)).isEmpty();
    }

    @Test
    void aHugeTextEndsSoon() {
        for (var syntax : Syntax.values()) {
            for (var piece : new String[] {"1", "1.", ">=1 ", "[1,2)", "-", "a-", "1.1.1-1.", "~> 1,"}) {
                assertThat(syntax.parse(piece.repeat(2_000_000 / piece.length())))
                        .isEmpty();
                syntax.parse(piece.repeat(990 / piece.length())).ifPresent(range -> range.holds("1.2.3"));
            }
        }
    }
}

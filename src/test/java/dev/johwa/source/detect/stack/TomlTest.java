package dev.johwa.source.detect.stack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.johwa.lib.problem.Place;
import dev.johwa.lib.problem.Problem;
import org.junit.jupiter.api.Test;

class TomlTest {
    @Test
    void textsAreFoundByPathWhateverHoldsThem() {
        var toml = Toml.read("a.toml", """
                [project]
                name = 'a' # of the author
                dependencies = [
                    "flask>=3", # with a comment, and a ]
                    'rich[all]',
                ]
                [tool.poetry.dependencies]
                "zope.interface" = "^5"
                fastapi = { extras = ["standard"], version = "^0.1" }
                [[bin]]
                name = "one"
                [[bin]]
                name = "two"
                """);
        assertThat(toml.problem()).isEmpty();
        assertThat(toml.text("project.name")).contains("a");
        assertThat(toml.texts("project.dependencies")).containsExactly("flask>=3", "rich[all]");
        assertThat(toml.keys("tool.poetry.dependencies")).containsExactly("zope.interface", "fastapi");
        assertThat(toml.texts("tool.poetry.dependencies.fastapi")).containsExactly("standard", "^0.1");
        assertThat(toml.items("bin"))
                .extracting(bin -> bin.text("name").orElse(""))
                .containsExactly("one", "two");
        assertThat(toml.text("project.nothing.below")).isEmpty();
        assertThat(toml.hasTable("project")).isTrue();
        assertThat(toml.hasTable("project.name")).isFalse();
    }

    @Test
    void anErrorIsToldWithItsPlaceAndOnlyItsTableIsPassedOver() {
        var toml = Toml.read("pyproject.toml", """
                [project]
                name = "a"
                [tool.black]
                line-length = = 100
                [tool.pdm]
                distribution = "no"
                """);
        assertThat(toml.problem().map(Problem::where)).contains(new Place("pyproject.toml", 4, 15));
        assertThat(toml.problem().map(Problem::message).orElse("")).startsWith("pyproject.toml is no TOML: ");
        assertThat(toml.text("project.name")).contains("a");
        assertThat(toml.text("tool.pdm.distribution")).contains("no");
        assertThat(toml.hasTable("tool.black")).isFalse();
    }

    @Test
    void ofSeveralErrorsTheFirstIsTold() {
        var toml = Toml.read("a.toml", "[a]\nx = 1\nx = 2\n[b]\ny = [1\n[c]\nz = 'kept'\n");
        assertThat(toml.problem().map(Problem::where).map(Place::line)).contains(3);
        assertThat(toml.text("c.z")).contains("kept");
    }

    @Test
    void whatIsNoTomlAtAllHasNothingInIt() {
        for (var text : new String[] {"{\"a\": 1}", "\u0000\u0001", "=", "[[[[", "a = '''", "<html>\n".repeat(50)}) {
            var toml = Toml.read("a.toml", text);
            assertThat(toml.problem()).as(text).isPresent();
            assertThat(toml.keys("a")).as(text).isEmpty();
        }
        assertThat(Toml.read("a.toml", "").problem()).isEmpty();
        assertThat(Toml.read("a.toml", "a = 'b'\r\n").text("a")).contains("b");
    }
}

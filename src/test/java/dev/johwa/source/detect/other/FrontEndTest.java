package dev.johwa.source.detect.other;

import static org.assertj.core.api.Assertions.assertThat;

import dev.johwa.source.detect.Detection;
import dev.johwa.source.detect.Sample;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Pages of PHP and Ruby whose scripts and styles Node.js builds.
class FrontEndTest {
    private static final String LARAVEL =
            "{\"require\": {\"laravel/framework\": \"^12\"}, \"require-dev\": {\"pestphp/pest\": \"^3\"}}";

    @TempDir
    Path place;

    private Sample laravel(String manifest, String... more) {
        var files = List.of(
                "composer.json",
                LARAVEL,
                "composer.lock",
                "{}",
                "artisan",
                "",
                "public/index.php",
                "<?php",
                "package.json",
                manifest);
        return new Sample(place, Stream.concat(files.stream(), Stream.of(more)).toArray(String[]::new));
    }

    private static List<String> lines(List<List<String>> commands) {
        return commands.stream().map(command -> String.join(" ", command)).toList();
    }

    @Test
    void viteBesideLaravelIsInstalledAndBuilt() {
        var found = laravel(
                        "{\"scripts\": {\"build\": \"vite build\"}, \"devDependencies\": {\"vite\": \"^6\","
                                + " \"laravel-vite-plugin\": \"^1\"}}",
                        "package-lock.json",
                        "{\"lockfileVersion\": 3, \"packages\": {\"\": {}}}")
                .with("node", "22.1.0")
                .detect();

        assertThat(found.provider()).isEqualTo("php");
        assertThat(lines(found.install())).hasSize(2).first().asString().startsWith("composer install");
        assertThat(lines(found.install()).getLast()).startsWith("npm ");
        assertThat(lines(found.build())).containsExactly("npm run build");
        assertThat(found.testsNeedBuild()).isTrue();
        assertThat(found.layers()).containsExactly("vendor");
        assertThat(found.leftovers()).contains("node_modules");
        assertThat(found.caches()).extracting(Detection.Cache::folder).contains("vendor", "node_modules");
        assertThat(found.environment().get("PATH")).contains(".nvm/versions/node/v22.1.0/bin");
        assertThat(found.environment()).doesNotContainKey("NODE_ENV");
        assertThat(found.publish()).isEmpty();
        assertThat(found.start()).containsOnlyKeys("web");
    }

    @Test
    void whereThereIsNoNodeThatIsTold() {
        var found = laravel("{\"scripts\": {\"build\": \"vite build\"}, \"devDependencies\": {\"vite\": \"^6\"}}")
                .detect();

        assertThat(found.warnings())
                .extracting(warning -> warning.message())
                .contains("there is no node on this machine, and the pages need what it builds of package.json")
                .noneMatch(message -> message.contains("Node.js on this machine"));
    }

    @ParameterizedTest
    @CsvSource({
        "'{\"scripts\": {\"build\": \"encore production\"}}', npm run build",
        "'{\"scripts\": {\"prod\": \"npm run production\", \"production\": \"mix --production\"}}', npm run production",
        "'{\"scripts\": {\"lint\": \"eslint .\"}}', ''"
    })
    void whatIsBuiltIsWhatAScriptSays(String manifest, String build) {
        assertThat(String.join("; ", lines(laravel(manifest).detect().build()))).isEqualTo(build);
    }

    @Test
    void aBrokenManifestOfPagesHidesNoApplication() {
        var found = laravel("{\"scripts\": ").detect();

        assertThat(found.provider()).isEqualTo("php");
        assertThat(Sample.warnings(found)).contains("detect.package-json");
    }

    @Test
    void railsHasItsPackagesBeforeItsAssetsAreBuilt() {
        var found = new Sample(
                        place,
                        "Gemfile",
                        "gem \"rails\"\ngem \"jsbundling-rails\"\n",
                        "config/application.rb",
                        "",
                        "config/environment.rb",
                        "",
                        "config.ru",
                        "",
                        "app/assets/builds/.keep",
                        "",
                        "package.json",
                        "{\"scripts\": {\"build\": \"esbuild app/javascript/*.*\"}, \"dependencies\": {\"esbuild\": \"^0.25\"}}",
                        "yarn.lock",
                        "# yarn lockfile v1\n")
                .with("node", "22.1.0")
                .detect();

        assertThat(found.provider()).isEqualTo("ruby");
        assertThat(lines(found.install())).anyMatch(line -> line.startsWith("yarn install"));
        assertThat(lines(found.build())).singleElement().asString().endsWith("rails assets:precompile");
    }
}

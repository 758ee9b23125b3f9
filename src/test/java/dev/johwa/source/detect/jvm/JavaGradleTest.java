package dev.johwa.source.detect.jvm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.johwa.source.detect.Detection;
import dev.johwa.source.detect.Detection.Service;
import dev.johwa.source.detect.Sample;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JavaGradleTest {
    private static final String PROPERTIES = "gradle/wrapper/gradle-wrapper.properties";
    private static final String DISTRIBUTION =
            "distributionUrl=https\\://services.gradle.org/distributions/gradle-8.14.3-bin.zip\n";
    private static final String MAIN =
            "package shop\nfun main(args: Array<String>) { embeddedServer(Netty, port = 8080) }";

    @TempDir
    Path place;

    private Sample gradle(String... files) {
        return new Sample(place, files).with("java", "17.0.9").with("java", "25.0.1");
    }

    private static String start(Detection found) {
        return String.join(" ", found.start().getOrDefault("web", List.of()));
    }

    @Test
    void springBootIsPackedAndTestedInOneCommand() {
        var found = gradle(
                        "settings.gradle.kts",
                        "rootProject.name = \"demo\"",
                        "build.gradle.kts",
                        """
                        plugins { java; id("org.springframework.boot") version "4.0.7" }
                        java { toolchain { languageVersion = JavaLanguageVersion.of(17) } }
                        dependencies { implementation("org.springframework.boot:spring-boot-starter-webmvc") }
                        """,
                        "src/main/java/demo/Demo.java",
                        "package demo; class Demo { public static void main(String[] a) { SpringApplication.run(); } }",
                        "src/test/java/demo/DemoTest.java",
                        "")
                .with("gradle", "8.14.3")
                .detect();

        assertThat(found.provider()).isEqualTo("java-gradle");
        assertThat(found.version()).contains("17.0.9");
        assertThat(found.service()).isEqualTo(Service.WEB);
        assertThat(found.test()).singleElement().satisfies(test -> {
            assertThat(test.command())
                    .containsExactly("gradle", "--console=plain", "--no-daemon", "--continue", "test", ":bootJar");
            assertThat(test.reports()).contains("{build,**/build}/test-results/**/TEST-*.xml");
        });
        assertThat(start(found)).contains("-Dserver.port=${PORT:8080}").contains("build/libs");
        assertThat(found.kept()).contains("build", ".gradle");
    }

    @Test
    void theApplicationOfAnIncludedProjectIsFoundWithPluginsOfTheCatalog() {
        var found = gradle(
                        "settings.gradle.kts",
                        "rootProject.name = \"shop\"\ninclude(\n    \":lib\",\n    \":services:api\"\n)\n// include(\":old\")",
                        "gradle/libs.versions.toml",
                        "[plugins]\nktor-server = { id = \"io.ktor.plugin\", version = \"3.5.2\" }\n",
                        "lib/build.gradle.kts",
                        "plugins { kotlin(\"jvm\") }",
                        "services/api/build.gradle.kts",
                        "plugins {\n  kotlin(\"jvm\")\n  alias(libs.plugins.ktor.server)\n}\n"
                                + "application { mainClass.set(\"shop.MainKt\") }",
                        "services/api/src/main/kotlin/Main.kt",
                        MAIN)
                .with("gradle", "9.1.0")
                .detect();

        assertThat(found.language()).isEqualTo("Kotlin");
        assertThat(found.service()).isEqualTo(Service.WEB);
        assertThat(Sample.words(found.build())).endsWith(" :services:api:installDist");
        assertThat(start(found)).contains("services/api/build/install").contains("shop.MainKt");
    }

    @Test
    void theOwnMainOfKtorIsToldThePort() {
        var found = gradle(
                        "build.gradle.kts",
                        "plugins { id(\"io.ktor.plugin\") }\n"
                                + "application { mainClass = \"io.ktor.server.netty.EngineMain\" }",
                        "src/main/kotlin/Application.kt",
                        "package a\nfun main(args: Array<String>) { EngineMain.main(args) }")
                .detect();

        assertThat(start(found)).contains("io.ktor.server.netty.EngineMain \"-port=${PORT:-8080}\" -host=0.0.0.0");
        assertThat(Sample.warnings(found)).contains("detect.no-runtime");
    }

    @Test
    void conventionsOfTheProjectCount() {
        var found = gradle(
                        "settings.gradle",
                        "include 'app', 'list'",
                        "app/build.gradle",
                        "plugins { id 'shop.application' }\napplication { mainClass = 'shop.App' }",
                        "buildSrc/src/main/groovy/shop.application.gradle",
                        "plugins { id 'application' }",
                        "app/src/main/java/shop/App.java",
                        "package shop; class App { public static void main(String[] a) { new ServerSocket(1); } }")
                .detect();

        assertThat(Sample.words(found.build())).endsWith(" :app:installDist");
    }

    @Test
    void quarkusIsStartedFromItsFolder() {
        var found = gradle(
                        "build.gradle",
                        "plugins { id 'io.quarkus' }",
                        "src/main/java/a/Resource.java",
                        "package a; class Resource {}")
                .detect();

        assertThat(start(found)).endsWith("-jar build/quarkus-app/quarkus-run.jar");
        assertThat(found.layers()).containsExactly("build/quarkus-app/lib");
    }

    @Test
    void theWrapperIsFetchedFirstUnlessItsLineIsAtHand() {
        var files = new String[] {
            "build.gradle",
            "plugins { id 'java' }",
            "gradlew",
            "#!/bin/sh",
            PROPERTIES,
            DISTRIBUTION,
            "gradle/wrapper/gradle-wrapper.jar",
            "jar"
        };

        var fetched = gradle(files).detect();
        assertThat(Sample.words(fetched.build())).startsWith("sh ./gradlew ");
        assertThat(fetched.install().getFirst())
                .contains("./gradlew", "https://services.gradle.org/distributions/gradle-8.14.3-bin.zip");
        assertThat(Sample.words(gradle(files).with("gradle", "8.5").detect().build()))
                .startsWith("gradle ");
        assertThat(Sample.words(new Sample(place.resolve("other"), files)
                        .with("java", "17.0.9")
                        .with("gradle", "9.1.0")
                        .detect()
                        .build()))
                .startsWith("sh -c ")
                .contains("exec gradle")
                .contains(
                        "./gradlew gradle-8.14.3 https://services.gradle.org/distributions/gradle-8.14.3-bin.zip 9.1.0 ");
    }

    @Test
    void aWrapperWithoutItsJarIsNotUsed() {
        var found = gradle("build.gradle", "", "gradlew", "#!/bin/sh", PROPERTIES, DISTRIBUTION)
                .detect();

        assertThat(Sample.words(found.build())).startsWith("gradle ");
        assertThat(found.warnings())
                .anySatisfy(problem -> assertThat(problem.message()).contains("the wrapper lacks its jar"));
    }

    @Test
    void aMainWithoutAnApplicationIsToldWhatIsMissing() {
        var found = gradle(
                        "build.gradle",
                        "plugins { id 'java' }",
                        "src/main/java/shop/Main.java",
                        "package shop; class Main { public static void main(String[] a) {} }")
                .detect();

        assertThat(found.service()).isEqualTo(Service.LIBRARY);
        assertThat(found.warnings())
                .anySatisfy(
                        problem -> assertThat(problem.hint()).contains("application { mainClass = \"shop.Main\" }"));
    }

    @Test
    void sbtIsStagedByItsPackager() {
        var found = gradle(
                        "build.sbt",
                        "lazy val root = project.in(file(\".\"))\nscalaVersion := \"3.7.3\"",
                        "project/plugins.sbt",
                        "addSbtPlugin(\"com.github.sbt\" % \"sbt-native-packager\" % \"1.11.1\")",
                        "src/main/scala/Main.scala",
                        "package shop\nobject Main extends App { new ServerSocket(1) }",
                        "src/test/scala/MainSpec.scala",
                        "")
                .detect();

        assertThat(found.provider()).isEqualTo("scala-sbt");
        assertThat(found.test().getFirst().command()).containsExactly("sbt", "-batch", "-no-colors", "test", "stage");
        assertThat(start(found)).endsWith("-cp target/universal/stage/lib/* shop.Main");
        assertThat(Sample.warnings(found)).contains("detect.no-runtime");
    }

    @ParameterizedTest
    @CsvSource({
        "8.5, '', 17",
        "9.1.0, '', 25",
        "8.14.3, sourceCompatibility = 17, 17",
        "8.14.3, sourceCompatibility = 25, 25"
    })
    void theJavaIsOneOnWhichThatGradleRunsWhereOneFits(String gradle, String asks, String java) {
        var found = gradle("build.gradle", "plugins { id 'application' }\n" + asks + "\n")
                .with("gradle", gradle)
                .detect();

        assertThat(found.version().orElseThrow()).startsWith(java + ".");
    }

    @Test
    void theGradleOfAWrapperDecidesTooOnWhichJavaItRuns() {
        var found = gradle(
                        "build.gradle",
                        "plugins { id 'application' }",
                        PROPERTIES,
                        DISTRIBUTION,
                        "gradlew",
                        "",
                        "gradle/wrapper/gradle-wrapper.jar",
                        "")
                .detect();

        assertThat(found.version().orElseThrow()).startsWith("17.");
    }
}

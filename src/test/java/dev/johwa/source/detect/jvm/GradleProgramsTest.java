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

/// What of a Gradle build is started, as build files of several hands say it.
class GradleProgramsTest {
    private static final String SERVER =
            "package shop; class Main { public static void main(String[] a) { new ServerSocket(1); } }";
    private static final String SHADOWED = "plugins { id 'java'; id 'com.gradleup.shadow' version '9.2.2' }\n"
            + "jar { manifest { attributes 'Main-Class': 'shop.Main' } }\n";

    @TempDir
    Path place;

    private Detection gradle(String... files) {
        return new Sample(place, files)
                .with("java", "21.0.1")
                .with("gradle", "9.1.0")
                .detect();
    }

    private static String start(Detection found) {
        return String.join(" ", found.start().getOrDefault("web", List.of()));
    }

    @ParameterizedTest
    @CsvSource({
        "'', '*-all.jar'",
        "'shadowJar { archiveClassifier.set('''') }', '*.jar'",
        "'tasks.shadowJar { archiveClassifier = \"\" }', '*.jar'",
        "'tasks.named<ShadowJar>(\"shadowJar\") { archiveClassifier.set(null as String?) }', '*.jar'",
        "'tasks.withType<ShadowJar> { mergeServiceFiles() ; archiveClassifier.set(\"fat\") }', '*-fat.jar'",
        "'shadowJar { archiveFileName = \"shop.jar\" }', 'shop.jar'",
        "'shadowJar { archiveFileName.set(\"${project.name}-server.jar\") }', '*-server.jar'",
        "'shadowJar { archiveFileName = \"a b;c.jar\" }', '*.jar'",
        "'def kind = ''uber''\nshadowJar { archiveClassifier = kind }', '*-uber.jar'"
    })
    void theJarOfTheShadowPluginIsKnownByItsName(String block, String name) {
        var found = gradle("build.gradle", SHADOWED + block, "src/main/java/shop/Main.java", SERVER);

        assertThat(Sample.words(found.build())).endsWith(" :shadowJar");
        assertThat(start(found)).contains("ls \"$0\"/" + name + " |");
    }

    @ParameterizedTest
    @CsvSource({
        "io.vertx.core.Launcher, run shop.api.MainVerticle",
        "io.vertx.launcher.application.VertxApplication, shop.api.MainVerticle"
    })
    void theStarterOfVertxIsStartedWithItsVerticle(String launcher, String arguments) {
        var found = gradle(
                "build.gradle.kts",
                """
                plugins { java; application; id("com.github.johnrengelman.shadow") version "7.1.2" }
                val mainVerticleName = "shop.api.MainVerticle"
                val launcherClassName = "%s"
                application {
                  mainClass.set(launcherClassName)
                }
                dependencies { implementation("io.vertx:vertx-core") }
                tasks.withType<ShadowJar> {
                  archiveClassifier.set("fat")
                  manifest { attributes(mapOf("Main-Verticle" to mainVerticleName)) }
                  mergeServiceFiles()
                }
                """.formatted(launcher),
                "src/main/java/shop/api/MainVerticle.java",
                "package shop.api;\npublic class MainVerticle extends AbstractVerticle {}");

        assertThat(found.service()).isEqualTo(Service.WEB);
        assertThat(Sample.words(found.build())).endsWith(" :installDist");
        assertThat(start(found))
                .contains("build/install")
                .contains("/lib | head -n 1)/*\" " + launcher + " " + arguments + " ");
    }

    @ParameterizedTest
    @CsvSource({
        "'val main = \"shop.Main\"\napplication { mainClass = main }'",
        "'def main = ''shop.Main''\napplication { mainClass = main }'",
        "'ext.main = ''shop.Main''\nmainClassName = main'",
        "'group = \"shop\"\napplication { mainClass.set(\"$group.Main\") }'",
        "'group = \"shop\"\napplication { mainClass.set(\"${group}.Main\") }'",
        "'application { mainClass ''shop.Main'' }'"
    })
    void theMainClassMayBeNamedElsewhere(String said) {
        var found = gradle(
                "build.gradle",
                "plugins { id 'application' }\n" + said,
                "src/main/java/other/App.java",
                "package other; class App { public static void main(String[] a) { new ServerSocket(1); } }");

        assertThat(start(found)).contains("/lib | head -n 1)/*\" shop.Main ");
    }

    @Test
    void aPlainMainThatServesIsStartedWithItsClassPath() {
        var found = gradle(
                "settings.gradle.kts",
                "rootProject.name = \"shop\"",
                "build.gradle.kts",
                "plugins {\n    kotlin(\"jvm\") version \"2.2.20\"\n}\ndependencies { implementation(\"io.javalin:javalin:6.7.0\") }",
                "src/main/kotlin/Main.kt",
                "import io.javalin.Javalin\n\nfun main() {\n    Javalin.create().start(7070)\n}\n",
                "src/test/kotlin/MainTest.kt",
                "");

        var script = List.of("--init-script", ".johwa-gradle/libraries.gradle");
        assertThat(found.service()).isEqualTo(Service.WEB);
        assertThat(start(found))
                .endsWith("-cp build/classes/java/main:build/classes/kotlin/main:build/classes/groovy/main"
                        + ":build/classes/scala/main:build/resources/main:build/johwa-lib/* MainKt");
        assertThat(found.install().getLast())
                .contains(".johwa-gradle")
                .last()
                .asString()
                .contains("johwaLibraries");
        assertThat(found.build().getFirst()).containsSequence(script).endsWith(":classes", ":johwaLibraries");
        assertThat(found.test().getFirst().command())
                .containsSequence(script)
                .endsWith("test", ":classes", ":johwaLibraries");
        assertThat(found.layers()).containsExactly("build/johwa-lib");
        assertThat(found.leftovers()).contains(".johwa-gradle");
        assertThat(Sample.warnings(found)).doesNotContain("detect.no-application");
    }

    @Test
    void aPlainMainBesideWhatTheBuildMakesIsATool() {
        var found = gradle(
                "settings.gradle",
                "include 'app', 'tool'",
                "app/build.gradle",
                "plugins { id 'application' }\napplication { mainClass = 'shop.Main' }",
                "app/src/main/java/shop/Main.java",
                SERVER,
                "tool/build.gradle",
                "plugins { id 'java' }",
                "tool/src/main/java/shop/Main.java",
                SERVER);

        assertThat(Sample.words(found.build())).endsWith(" :app:installDist");
        assertThat(Sample.warnings(found)).doesNotContain("detect.several-programs");
    }

    @ParameterizedTest
    @CsvSource({"'', :classes", "'from { configurations.runtimeClasspath.collect { zipTree(it) } }', :jar"})
    void aJarWithoutItsLibrariesIsStartedBesideThem(String more, String task) {
        var found = gradle(
                "build.gradle",
                "plugins { id 'java' }\njar { manifest { attributes 'Main-Class': 'shop.Main' }\n" + more + " }",
                "src/main/java/shop/Main.java",
                SERVER);

        assertThat(found.build().getFirst()).contains(task);
    }

    @Test
    void aProjectThatLiesElsewhereIsCalledByItsPath() {
        var found = gradle(
                "settings.gradle",
                "include ':web'\nproject(':web').projectDir = file('modules/site')",
                "modules/site/build.gradle",
                "plugins { id 'application' }\napplication { mainClass = 'shop.Main' }",
                "modules/site/src/main/java/shop/Main.java",
                SERVER);

        assertThat(Sample.words(found.build())).endsWith(" :web:installDist");
        assertThat(start(found)).contains("modules/site/build/install");
    }

    private Sample shop() {
        var boot = "plugins { id 'org.springframework.boot' version '4.0.7' }\n"
                + "dependencies { implementation 'org.springframework.boot:spring-boot-starter-webmvc' }\n";
        return new Sample(
                        place,
                        "settings.gradle",
                        "rootProject.name = 'shop'\ninclude 'lib-money', 'catalog', 'orders', 'convert', 'samples:shop'",
                        "lib-money/build.gradle",
                        "plugins { id 'java-library' }",
                        "lib-money/src/test/java/MoneyTest.java",
                        "class MoneyTest {}",
                        "catalog/build.gradle",
                        boot + "dependencies { implementation(project(':lib-money')) }",
                        "catalog/src/main/java/Catalog.java",
                        "class Catalog { public static void main(String[] a) { SpringApplication.run(); } }",
                        "catalog/src/test/java/CatalogTest.java",
                        "class CatalogTest {}",
                        "orders/build.gradle",
                        boot
                                + "dependencies { implementation(projects.libMoney); implementation(project(path: ':catalog')) }",
                        "orders/src/main/java/Orders.java",
                        "class Orders { public static void main(String[] a) { SpringApplication.run(); } }",
                        "convert/build.gradle",
                        "plugins { id 'application' }",
                        "convert/src/main/java/Convert.java",
                        "class Convert { public static void main(String[] a) { print(1); } }",
                        "samples/shop/build.gradle",
                        boot,
                        "samples/shop/src/main/java/Shop.java",
                        "class Shop { public static void main(String[] a) { SpringApplication.run(); } }",
                        "gradlew",
                        "#!/bin/sh",
                        "gradle/wrapper/gradle-wrapper.properties",
                        "distributionUrl=https\\://services.gradle.org/distributions/gradle-9.1.0-bin.zip\n",
                        "gradle/wrapper/gradle-wrapper.jar",
                        "")
                .with("java", "21.0.1");
    }

    @Test
    void projectsThatStayUpAreApplicationsAndToolsAreNot() {
        var found = shop().survey().found();

        assertThat(found)
                .extracting(each -> each.name() + " in " + each.folder())
                .containsExactly("catalog in catalog", "orders in orders");
        assertThat(found.getFirst().foreign()).containsExactly("orders");
        assertThat(found.getLast().foreign()).isEmpty();
    }

    @Test
    void aProjectIsBuiltFromTheRootOfItsBuild() {
        var catalog = shop().survey().found().getFirst().detection();

        assertThat(catalog.build())
                .containsExactly(List.of("sh", "../gradlew", "--console=plain", "--no-daemon", ":catalog:bootJar"));
        assertThat(catalog.test())
                .singleElement()
                .satisfies(test -> assertThat(test.command())
                        .endsWith("--continue", ":catalog:test", ":lib-money:test", ":catalog:bootJar"));
        assertThat(start(catalog)).contains(" build/libs ");
        assertThat(catalog.kept())
                .contains("build", "../lib-money/build", "../.gradle")
                .doesNotContain("../orders/build");
        assertThat(catalog.warnings()).isEmpty();
        assertThat(catalog.evidence().getFirst().file()).isEqualTo("build.gradle");
    }

    @Test
    void oneProgramBesideItsLibrariesIsTheApplicationOfTheRoot() {
        var found = new Sample(
                        place,
                        "settings.gradle",
                        "include 'lib', 'app'",
                        "lib/build.gradle",
                        "plugins { id 'java' }",
                        "app/build.gradle",
                        "plugins { id 'application' }\napplication { mainClass = 'shop.Main' }",
                        "app/src/main/java/shop/Main.java",
                        SERVER)
                .survey()
                .found();

        assertThat(found)
                .extracting(each -> each.name() + " in " + each.folder())
                .containsExactly("shop in .");
    }

    /// What nobody would write must not take long.
    @ParameterizedTest
    @CsvSource({"'shadowJar{'", "'mainClass=a '", "'val a = \"$a\" '"})
    void textsWithoutEndTakeNoTime(String part) {
        var text = part.repeat(20_000);

        assertThat(new GradleModule(".", ":", "build.gradle", text).mainClass()).isEmpty();
        assertThat(new GradleModule(".", ":", "build.gradle", text).shadowJar()).isEqualTo("*-all.jar");
    }
}

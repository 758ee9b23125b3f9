package dev.johwa.source.detect.jvm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.johwa.source.detect.Detection.Service;
import dev.johwa.source.detect.Sample;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JavaMavenTest {
    private static final String WRAPPER = ".mvn/wrapper/maven-wrapper.properties";
    private static final String DISTRIBUTION =
            "distributionUrl=https://repo.maven.apache.org/maven2/org/apache/maven/apache-maven/3.9.16/apache-maven-3.9.16-bin.zip\n";

    @TempDir
    Path place;

    private Sample java(String... files) {
        return new Sample(place, files).with("java", "17.0.9").with("java", "25.0.1");
    }

    private static String pom(String more) {
        return "<project><artifactId>shop</artifactId><version>1</version>" + more + "</project>";
    }

    private static String release(int release) {
        return "<properties><maven.compiler.release>" + release + "</maven.compiler.release></properties>";
    }

    @Test
    void aMainThatListensIsStartedWithItsClassPath() {
        var found = java(
                        "pom.xml",
                        pom(release(17)),
                        "src/main/java/shop/Main.java",
                        "class Main { public static void main(String[] a) { HttpServer.create(); get(\"/health\"); } }",
                        "src/test/java/shop/MainTest.java",
                        "class MainTest {}")
                .with("maven", "3.9.9")
                .detect();

        assertThat(found.service()).isEqualTo(Service.WEB);
        assertThat(found.version()).contains("17.0.9");
        assertThat(found.start().get("web")).contains("-cp", "target/classes");
        assertThat(found.health()).contains("/health");
        assertThat(found.test()).singleElement().satisfies(test -> {
            assertThat(test.command()).containsExactly("mvn", "-B", "-ntp", "package");
            assertThat(test.builds()).isTrue();
        });
    }

    @Test
    void pagesForAContainerInWhatSaysItIsAJarAreServedToo() {
        var found = java("pom.xml", pom(""), "src/main/webapp/WEB-INF/web.xml", "<web-app/>")
                .detect();

        assertThat(found.service()).isEqualTo(Service.WEB);
        assertThat(found.build().getLast()).endsWith("package", "war:exploded");
        assertThat(found.start().get("web")).contains("War", "target");
    }

    @Test
    void theCompilerIsOpenedToLombok() {
        var lombok = pom(
                release(17) + "<dependencies><dependency><artifactId>lombok</artifactId></dependency></dependencies>");

        var found = java("pom.xml", lombok).detect();
        assertThat(found.environment()).doesNotContainKey("MAVEN_OPTS");
        assertThat(found.buildEnvironment().get("MAVEN_OPTS"))
                .contains("--add-opens=jdk.compiler/com.sun.tools.javac.processing=ALL-UNNAMED");
        assertThat(java("pom.xml", pom(release(17))).detect().buildEnvironment())
                .doesNotContainKey("MAVEN_OPTS");
        assertThat(java("pom.xml", pom(release(17) + "<packaging>war</packaging>"))
                        .detect()
                        .buildEnvironment()
                        .get("MAVEN_OPTS"))
                .contains("--add-opens=java.base/java.util=ALL-UNNAMED");
    }

    @ParameterizedTest
    @CsvSource({"1.6.21, 17", "1.9.0, 17", "2.3.0, 25"})
    void anOldKotlinGetsAJavaThatItKnows(String kotlin, String java) {
        var plugin = "<build><plugins><plugin><artifactId>kotlin-maven-plugin</artifactId><version>${kotlin.version}"
                + "</version></plugin></plugins></build>";
        var found = java(
                        "pom.xml",
                        pom("<properties><kotlin.version>" + kotlin + "</kotlin.version></properties>" + plugin))
                .detect();

        assertThat(found.version())
                .hasValueSatisfying(version -> assertThat(version).startsWith(java + "."));
    }

    @Test
    void aMainThatRunsToItsEndIsAJobAndOneThatStaysAWorker() {
        var ends = java(
                        "pom.xml",
                        pom(""),
                        "src/main/java/App.java",
                        "public static void main(String[] a) { print(1); }")
                .detect();
        var stays = java(
                        "pom.xml",
                        pom(""),
                        "src/main/java/App.java",
                        "public static void main(String[] a) { while (true) poll(); }")
                .detect();

        assertThat(ends.service()).isEqualTo(Service.JOB);
        assertThat(Sample.warnings(ends)).contains("detect.job");
        assertThat(stays.service()).isEqualTo(Service.WORKER);
        assertThat(stays.start()).containsKey("worker");
    }

    @ParameterizedTest
    @CsvSource({
        "<configuration><classifier>exec</classifier></configuration>, target/shop-1-exec.jar",
        "<executions><execution><goals><goal>repackage</goal></goals><configuration><classifier>exec</classifier>"
                + "</configuration></execution></executions>, target/shop-1-exec.jar",
        "<configuration><excludes><exclude><classifier>linux</classifier></exclude></excludes></configuration>,"
                + " target/shop-1.jar"
    })
    void theJarOfSpringBootMayHaveAClassifier(String configuration, String jar) {
        var found = java(
                        "pom.xml",
                        pom("<build><plugins><plugin><artifactId>spring-boot-maven-plugin</artifactId>" + configuration
                                + "</plugin></plugins></build>"),
                        "src/main/java/shop/Shop.java",
                        "class Shop { public static void main(String[] a) { while (true) SpringApplication.run(); } }")
                .with("maven", "3.9.9")
                .detect();

        assertThat(found.start().values().iterator().next()).endsWith("-jar", jar);
    }

    @Test
    void springBootIsStartedFromItsJarOnThePortOfThePlatform() {
        var plugin =
                "<build><plugins><plugin><artifactId>spring-boot-maven-plugin</artifactId></plugin></plugins></build>"
                        + "<dependencies><dependency><artifactId>spring-boot-starter-web</artifactId></dependency></dependencies>";
        var found = java("pom.xml", pom(plugin)).detect();

        assertThat(found.service()).isEqualTo(Service.WEB);
        assertThat(found.start().get("web")).contains("-Dserver.port=${PORT:8080}", "target/shop-1.jar");
    }

    @Test
    void theWrapperIsUsedUnlessItsMavenIsAtHand() {
        var files = new String[] {"pom.xml", pom(""), "mvnw", "", WRAPPER, DISTRIBUTION};

        assertThat(Sample.words(java(files).detect().build())).startsWith("sh ./mvnw ");
        assertThat(Sample.words(java(files).with("maven", "3.8.7").detect().build()))
                .startsWith("sh ./mvnw ");
        assertThat(Sample.words(java(files).with("maven", "3.9.1").detect().build()))
                .startsWith("mvn ");
    }

    @Test
    void withoutMavenAndWrapperThePersonIsTold() {
        assertThat(Sample.warnings(java("pom.xml", pom("")).detect())).contains("detect.no-runtime");
    }

    @Test
    void aJavaThatIsNotHereIsToldWithWhatIs() {
        var found = java("pom.xml", pom(release(99))).with("java", "98.0.1").detect();

        assertThat(found.warnings())
                .anySatisfy(problem -> assertThat(problem.message())
                        .startsWith("pom.xml asks for Java >=99; 98.0.1 is used, as here are only 17.0.9, "));
    }

    @Test
    void modulesAreSearchedForTheOneThatStarts() {
        var found = java(
                        "pom.xml",
                        pom("<packaging>pom</packaging><modules><module>lib</module><module>server</module></modules>"),
                        "lib/pom.xml",
                        "<project><artifactId>lib</artifactId><version>1</version></project>",
                        "server/pom.xml",
                        "<project><artifactId>server</artifactId><version>1</version></project>",
                        "server/src/main/java/Main.java",
                        "public static void main(String[] a) { new ServerSocket(1); }")
                .detect();

        assertThat(found.start().get("web")).contains("server/target/classes", "Main");
    }

    @Test
    void aPomThatIsNoXmlIsToldWithItsPlace() {
        assertThatThrownBy(
                        () -> java("pom.xml", "<project>\n<a></b>\n</project>").detect())
                .hasMessageContaining("pom.xml is no XML");
    }

    private static String uses(String group, String artifact) {
        return "<dependencies><dependency><groupId>" + group + "</groupId><artifactId>" + artifact
                + "</artifactId></dependency></dependencies>";
    }

    private static String main(String words) {
        return "package shop;\npublic class Main { public static void main(String[] a) { " + words + " } }";
    }

    private String start(String pom, String... more) {
        var files = new ArrayList<>(List.of("pom.xml", pom));
        files.addAll(List.of(more));
        return String.join(
                " ", java(files.toArray(String[]::new)).detect().start().get("web"));
    }

    @Test
    void eachFrameworkIsToldItsPortInItsOwnWay() {
        var quarkus =
                "<build><plugins><plugin><artifactId>quarkus-maven-plugin</artifactId></plugin></plugins></build>";
        var micronaut = "<parent><artifactId>micronaut-parent</artifactId></parent>"
                + uses("io.micronaut", "micronaut-http-server-netty");
        var main = "src/main/java/shop/Main.java";

        assertThat(start(pom(quarkus)))
                .contains("-Dquarkus.http.port=${PORT:8080} -jar target/quarkus-app/quarkus-run.jar");
        assertThat(start(
                        pom(quarkus), "src/main/resources/application.properties", "quarkus.package.jar.type=uber-jar"))
                .endsWith("-jar target/shop-1-runner.jar");
        assertThat(start(pom(micronaut), main, main("Micronaut.run();")))
                .contains("-Dmicronaut.server.port=${PORT:8080} -jar target/shop-1.jar");
        assertThat(start(pom(uses("io.helidon.webserver", "helidon-webserver")), main, main("")))
                .startsWith("sh -c exec java \"-Dserver.port=${PORT:-8080}\"");
        assertThat(start(
                        pom(uses("io.dropwizard", "dropwizard-core")),
                        main,
                        main(""),
                        "config.yml",
                        "server:\n  type: simple\n"))
                .contains("-Ddw.server.connector.port=${PORT:-8080}")
                .contains("server config.yml");
        assertThat(start(
                        pom(uses("io.ktor", "ktor-server-netty-jvm")),
                        "src/main/kotlin/App.kt",
                        "package shop\nfun main(args: Array<String>) = EngineMain.main(args)"))
                .contains("-port=${PORT:-8080}")
                .endsWith("shop.AppKt");
    }

    @Test
    void theHeapFitsTheLimitOfTheInstance() {
        assertThat(start(pom(uses("io.javalin", "javalin")), "src/main/java/shop/Main.java", main("Javalin.create();")))
                .startsWith("java -XX:MaxRAMPercentage=65 ")
                .endsWith("-cp target/classes:target/dependency/* shop.Main");
    }

    private String startOf(String file, String text) {
        var found = new Sample(place.resolve(file.replace('/', '-')), "pom.xml", pom(""), file, text).detect();
        return String.join(" ", found.start().get("web"));
    }

    @Test
    void aMainIsFoundInKotlinAndScala() {
        assertThat(startOf("src/main/kotlin/shop.kt", "package a.b\nfun main() { ServerSocket(1) }"))
                .endsWith("-cp target/classes a.b.ShopKt");
        assertThat(startOf(
                        "src/main/kotlin/Named.kt",
                        "@file:JvmName(\"Other\")\npackage a.b\nfun main() { ServerSocket(1) }"))
                .endsWith("-cp target/classes a.b.Other");
        assertThat(startOf(
                        "src/main/scala/Shop.scala",
                        "package a\npackage b\nobject Shop extends App { new ServerSocket(1) }"))
                .endsWith("-cp target/classes a.b.Shop");
        assertThat(startOf("src/main/scala/Run.scala", "@main def run = ServerSocket(1)"))
                .endsWith("-cp target/classes run");
    }

    @Test
    void aFunctionIsCalledByTheServerOfItsFramework() {
        var found = java(
                        "pom.xml",
                        pom(uses("com.google.cloud.functions", "functions-framework-api")),
                        "src/main/java/shop/Hello.java",
                        "package shop;\npublic class Hello implements HttpFunction { }")
                .detect();

        assertThat(String.join(" ", found.start().get("web")))
                .contains("Invoker --classpath")
                .endsWith("--target shop.Hello");
        assertThat(Sample.words(found.build())).contains("java-function-invoker");
    }

    @ParameterizedTest
    @CsvSource({
        "<source>1.7</source><target>1.7</target>, 17.0.9, plugins",
        "<release>21</release>, 25.0.1, plugins",
        "<source>11</source><target>11</target>, 17.0.9, pluginManagement"
    })
    void whatOnlyTheCompilerIsToldDecidesTheJdk(String told, String chosen, String place) {
        var plugins = "<plugins><plugin><artifactId>maven-compiler-plugin</artifactId><configuration>" + told
                + "</configuration></plugin></plugins>";
        var build = place.equals("plugins") ? plugins : "<" + place + ">" + plugins + "</" + place + ">";
        var found = java("pom.xml", pom("<build>" + build + "</build>")).detect();

        assertThat(found.version()).contains(chosen);
    }

    @ParameterizedTest
    @CsvSource({
        "<dependency><artifactId>javax.servlet-api</artifactId></dependency>, 9.0",
        "<dependency><groupId>jakarta.servlet</groupId></dependency>, 11.0"
    })
    void aWarIsServedByTheTomcatThatItIsWrittenFor(String uses, String version) {
        var found = java("pom.xml", pom("<packaging>war</packaging><dependencies>" + uses + "</dependencies>"))
                .with("maven", "3.9.9")
                .detect();

        assertThat(found.service()).isEqualTo(Service.WEB);
        assertThat(found.start().get("web")).endsWith("-cp", ".johwa-tomcat:.johwa-tomcat/lib/*", "War", "target");
        assertThat(found.install().getLast().toString())
                .contains("tomcat-embed-jasper</artifactId><version>" + version)
                .contains("mvn, -B, -ntp");
        assertThat(found.layers()).contains(".johwa-tomcat");
    }

    /// An artifact of a `jakarta` group may hold packages of `javax`: version 4 of the servlets does.
    @ParameterizedTest
    @CsvSource({"javax.servlet, jakarta, jakarta, 11.0", "jakarta.servlet, jakarta, javax, 9.0"})
    void aWarIsWrittenForWhatItsSourcesImport(String group, String artifact, String imports, String version) {
        var found = java(
                        "pom.xml",
                        pom("<packaging>war</packaging><dependencies><dependency><groupId>" + group
                                + "</groupId><artifactId>" + artifact + ".servlet-api</artifactId></dependency>"
                                + "</dependencies>"),
                        "src/main/java/shop/Pay.java",
                        "import " + imports + ".servlet.http.HttpServlet;\nclass Pay extends HttpServlet {}\n")
                .with("maven", "3.9.9")
                .detect();

        assertThat(found.install().getLast().toString()).contains("<version>" + version);
    }

    @Test
    void anOldMavenIsToldWhatANewOneKnows() {
        var found = java("pom.xml", pom(release(17) + uses("org.junit.jupiter", "junit-jupiter")))
                .with("maven", "3.8.7")
                .detect();

        assertThat(Sample.words(found.build())).contains("-Dmaven.compiler.source=17");
        assertThat(Sample.warnings(found)).contains("detect.old-maven");
    }

    @Test
    void aPomWithoutAJavaIsCompiledAsByANewMaven() {
        var silent = java("pom.xml", pom("")).with("maven", "3.8.7").detect();

        assertThat(Sample.words(silent.build())).contains("-Dmaven.compiler.source=8 -Dmaven.compiler.target=8");
    }

    @Test
    void anImageThatThePomBuildsTooIsLeftOut() {
        var found = java("pom.xml", pom(plugin("dockerfile-maven-plugin", "")))
                .with("maven", "3.9.9")
                .detect();

        assertThat(Sample.words(found.build())).contains("-Ddockerfile.skip=true");
    }

    @Test
    void aShadedJarBesideThePlainOneHasAFullName() {
        var found = java(
                        "pom.xml",
                        pom(
                                "<build><finalName>x</finalName><plugins><plugin><artifactId>maven-shade-plugin</artifactId>"
                                        + "<executions><execution><phase>package</phase><goals><goal>shade</goal></goals>"
                                        + "<configuration><shadedArtifactAttached>true</shadedArtifactAttached>"
                                        + "<transformers><transformer><mainClass>shop.App</mainClass></transformer></transformers>"
                                        + "</configuration></execution></executions></plugin></plugins></build>"),
                        "src/main/java/shop/App.java",
                        "package shop;\nclass App { public static void main(String[] a) {} }\n")
                .with("maven", "3.9.9")
                .detect();

        assertThat(found.start().toString()).contains("target/shop-1-shaded.jar");
    }

    @Test
    void aWrapperWithLineEndsOfWindowsStillRuns() {
        var found = java("pom.xml", pom(""), "mvnw", "#!/bin/sh\r\n", WRAPPER, DISTRIBUTION)
                .detect();

        assertThat(found.build().getFirst()).startsWith("sh", "-c").contains("./mvnw");
        assertThat(Sample.words(found.build())).contains("mvnw " + WRAPPER + " && exec sh");
        assertThat(Sample.warnings(found)).contains("detect.line-ends");
    }

    @Test
    void twoBuildsAreTold() {
        var found = java("pom.xml", pom(""), "build.gradle", "plugins { id 'java' }")
                .detect();

        assertThat(found.packageManager()).contains("maven");
        assertThat(Sample.warnings(found)).contains("detect.two-builds");
    }

    private static String plugin(String artifact, String configuration) {
        return "<build><plugins><plugin><artifactId>" + artifact + "</artifactId>" + configuration
                + "</plugin></plugins></build>";
    }

    @Test
    void aToolchainSaysWhichJavaAndIsWrittenDownForMaven() {
        var asked = "<configuration><toolchains><jdk><version>17</version><vendor>a&amp;b</vendor></jdk></toolchains>"
                + "</configuration>";
        var found = java("pom.xml", pom(release(8) + plugin("maven-toolchains-plugin", asked)))
                .with("maven", "3.9.9")
                .detect();

        assertThat(found.version()).contains("17.0.9");
        assertThat(found.install())
                .singleElement()
                .satisfies(words -> assertThat(words.getLast())
                        .contains("<provides><version>17</version><vendor>a&amp;b</vendor></provides>")
                        .containsPattern("<jdkHome>/.*17.0.9</jdkHome>"));
    }

    @Test
    void aRangeOfAToolchainIsGivenAVersion() {
        var asked = "<configuration><toolchains><jdk><version>[1.8,18)</version></jdk></toolchains></configuration>";
        var found = java("pom.xml", pom(plugin("maven-toolchains-plugin", asked)))
                .with("maven", "3.9.9")
                .detect();

        assertThat(found.version()).contains("17.0.9");
        assertThat(found.install().getFirst().getLast()).contains("<version>17.0.9</version>");
    }

    @Test
    void whatTheEnforcerInsistsOnCountsBesideTheRelease() {
        var rules = "<executions><execution><configuration><rules><requireJavaVersion><version>[25,)</version>"
                + "</requireJavaVersion><requireMavenVersion><version>${least}</version></requireMavenVersion></rules>"
                + "</configuration></execution></executions>";
        var properties =
                "<properties><maven.compiler.release>17</maven.compiler.release><least>3.9</least></properties>";
        var files = new String[] {"pom.xml", pom(properties + plugin("maven-enforcer-plugin", rules))};

        var found = java(files).with("maven", "3.8.7").detect();

        assertThat(found.version()).contains("25.0.1");
        assertThat(found.warnings())
                .anySatisfy(problem ->
                        assertThat(problem.message()).startsWith("pom.xml insists on Maven 3.9 (enforcer), and 3.8.7"));
        assertThat(Sample.warnings(java(files).with("maven", "3.9.9").detect())).doesNotContain("detect.version");
    }
}

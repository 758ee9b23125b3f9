package dev.johwa.source.detect.jvm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.johwa.source.detect.Detection.Service;
import dev.johwa.source.detect.Sample;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
}

package dev.johwa.main;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Projects of the JVM, pushed as they are: a real reactor with a framework from Maven Central, and those that a person
/// has to be told of.
class JvmSamplesTest {
    private static final String PARENT = """
            <parent><groupId>com.example</groupId><artifactId>shop</artifactId><version>1</version></parent>""";
    private static final String JUNIT = """
            <dependency><groupId>org.junit.jupiter</groupId><artifactId>junit-jupiter</artifactId>
            <version>6.1.3</version><scope>test</scope></dependency>""";
    private static Platform platform;

    @BeforeAll
    static void start() throws IOException {
        platform = new Platform();
    }

    @AfterAll
    static void end() throws IOException {
        platform.close();
    }

    private static String pom(String body) {
        return "<project xmlns=\"http://maven.apache.org/POM/4.0.0\"><modelVersion>4.0.0</modelVersion>" + body
                + "</project>\n";
    }

    /// Two modules; the second starts, and needs the first and Javalin.
    private static Path reactor() throws IOException {
        var repository = platform.repository("reactor", library());
        platform.commit(repository, server());
        return repository;
    }

    private static String[] library() {
        return new String[] {
            ".mvn/jvm.config",
            "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC\n",
            "pom.xml",
            pom("""
                        <groupId>com.example</groupId><artifactId>shop</artifactId><version>1</version>
                        <packaging>pom</packaging>
                        <modules><module>greetings</module><module>web</module></modules>
                        <properties><maven.compiler.release>17</maven.compiler.release></properties>
                        <build><pluginManagement><plugins>
                        <plugin><artifactId>maven-surefire-plugin</artifactId><version>3.5.4</version></plugin>
                        </plugins></pluginManagement></build>"""),
            "greetings/pom.xml",
            pom(PARENT + "<artifactId>greetings</artifactId><dependencies>" + JUNIT + "</dependencies>"),
            "greetings/src/main/java/greetings/Greeting.java",
            """
                package greetings;

                public record Greeting(String name) {
                    public String text() {
                        return "Hello " + name;
                    }
                }
                """,
            "greetings/src/test/java/greetings/GreetingTest.java",
            """
                package greetings;

                import static org.junit.jupiter.api.Assertions.assertEquals;

                import org.junit.jupiter.api.Test;

                class GreetingTest {
                    @Test
                    void greetsByName() {
                        assertEquals("Hello you", new Greeting("you").text());
                    }
                }
                """
        };
    }

    private static String[] server() {
        return new String[] {"web/pom.xml", pom(PARENT + """
                        <artifactId>web</artifactId><dependencies>
                        <dependency><groupId>com.example</groupId><artifactId>greetings</artifactId>
                        <version>1</version></dependency>
                        <dependency><groupId>io.javalin</groupId><artifactId>javalin</artifactId>
                        <version>7.2.3</version></dependency></dependencies>"""), "web/src/main/java/web/WebServer.java", """
                package web;

                import greetings.Greeting;
                import io.javalin.Javalin;

                public class WebServer {
                    public static void main(String[] args) {
                        var port = Integer.parseInt(System.getenv().getOrDefault("PORT", "7070"));
                        Javalin.create(config -> {
                            config.routes.get("/", context -> context.result(new Greeting("modules").text()));
                            config.routes.get("/heap", context ->
                                    context.result(String.valueOf(Runtime.getRuntime().maxMemory() >> 20)));
                        }).start(port);
                    }
                }
                """};
    }

    @Test
    void aReactorIsTestedAndTheModuleThatServesIsLive() throws Exception {
        var repository = reactor();

        assertThat(platform.push(repository, "main"))
                .contains("1 passed")
                .contains("the tests built it on their way")
                .contains("http://reactor.localhost:");
        assertThat(platform.body("reactor")).isEqualTo("Hello modules");

        platform.commit(repository, "johwa.yaml", "limits: {memory: 400Mi}\n");
        assertThat(platform.push(repository, "main")).contains("http://reactor.localhost:");
        var heap = Integer.parseInt(platform.get("reactor.localhost", "/heap").body());
        assertThat(heap).as("MiB of heap, of 400 MiB of memory").isBetween(200, 270);
    }

    @Test
    void aPomThatIsNoXmlIsToldWithItsPlace() throws Exception {
        var repository =
                platform.repository("broken", "pom.xml", "<project>\n  <artifactId>a</artifactid>\n</project>\n");

        assertThat(platform.push(repository, "main")).contains("pom.xml:2:").contains("pom.xml is no XML");
    }

    @Test
    void aGradleThatCannotBeFetchedIsToldWithWhatHelps() throws Exception {
        var repository = platform.repository(
                "gradle",
                "build.gradle",
                "plugins { id 'application' }\napplication { mainClass = 'shop.Main' }\n",
                "src/main/java/shop/Main.java",
                "package shop;\nclass Main { public static void main(String[] a) throws Exception {"
                        + " new java.net.ServerSocket(8080).accept(); } }\n",
                "gradle/wrapper/gradle-wrapper.jar",
                "",
                "gradle/wrapper/gradle-wrapper.properties",
                "distributionUrl=https\\://services.gradle.org/distributions/gradle-99.14-bin.zip\n",
                // As the wrapper ends where its address cannot be reached.
                "gradlew",
                "#!/bin/sh\r\necho 'java.net.UnknownHostException: services.gradle.org' >&2\r\nexit 1\r\n");

        assertThat(platform.push(repository, "main"))
                .contains("gradlew has line ends of Windows")
                .contains(
                        "gradle-99.14 could not be fetched from https://services.gradle.org/distributions/gradle-99.14-bin.zip")
                .contains("install a Gradle of the same line on the server");
    }
}

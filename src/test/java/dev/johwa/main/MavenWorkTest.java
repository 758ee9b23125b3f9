package dev.johwa.main;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Several services in one Maven project: deployed by one push, and nothing of them is compiled twice or outlives what
/// it was made of.
class MavenWorkTest {
    private static final String PARENT =
            "<parent><groupId>com.example</groupId><artifactId>shop</artifactId><version>1</version></parent>";
    private static final String UNCHANGED = "Nothing to compile";

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
        return "<project><modelVersion>4.0.0</modelVersion>" + body + "</project>\n";
    }

    private static String service(String name) {
        return pom(
                PARENT + "<artifactId>" + name + "</artifactId><dependencies><dependency><groupId>com.example</groupId>"
                        + "<artifactId>words</artifactId><version>1</version></dependency></dependencies>");
    }

    private static String server(String greeting) {
        return """
            import com.sun.net.httpserver.HttpServer;
            import java.net.InetSocketAddress;

            public class Server {
                public static void main(String[] args) throws Exception {
                    var port = Integer.parseInt(System.getenv("PORT"));
                    var server = HttpServer.create(new InetSocketAddress("127.0.0.1", port), 0);
                    server.createContext("/", exchange -> {
                        var text = ("%s " + words.Words.seen()).getBytes();
                        exchange.sendResponseHeaders(200, text.length);
                        exchange.getResponseBody().write(text);
                        exchange.close();
                    });
                    server.start();
                }
            }
            """.formatted(greeting);
    }

    private static String words(String more) {
        return """
            package words;

            public class Words {
                public static String seen() {
                    return is("words.Words$Inner") + is("words.Other") + (Words.class.getResource("/old.txt") != null);
                }

                private static String is(String type) {
                    try {
                        return Class.forName(type) != null ? "true " : "";
                    } catch (ClassNotFoundException e) {
                        return "false ";
                    }
                }
                %s
            }
            """.formatted(more);
    }

    private static Path shop() throws IOException {
        return platform.repository(
                "shop",
                // Four builds of some seconds each, in which a second compiler costs more than it gains.
                ".mvn/jvm.config",
                "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC\n",
                "pom.xml",
                pom("<groupId>com.example</groupId><artifactId>shop</artifactId><version>1</version>"
                        + "<packaging>pom</packaging><modules><module>words</module><module>catalog</module>"
                        + "<module>orders</module></modules>"
                        + "<properties><maven.compiler.release>17</maven.compiler.release></properties>"),
                "words/pom.xml",
                pom(PARENT + "<artifactId>words</artifactId>"),
                "words/src/main/java/words/Words.java",
                words("static class Inner {}"),
                "words/src/main/java/words/Other.java",
                "package words;\n\nclass Other {}\n",
                "words/src/main/resources/old.txt",
                "old",
                "catalog/pom.xml",
                service("catalog"),
                "catalog/src/main/java/Server.java",
                server("catalog"),
                "orders/pom.xml",
                service("orders"),
                "orders/src/main/java/Server.java",
                server("orders"));
    }

    private static String log(int run) throws IOException {
        return Files.readString(platform.data().resolve("logs/runs/shop/" + run + ".log"));
    }

    @Test
    void onePushDeploysEachServiceAndTheNextCompilesOnlyWhatChanged() throws Exception {
        var repository = shop();

        assertThat(platform.push(repository, "main"))
                .contains("apps      catalog (Java), orders (Java)")
                .contains("http://catalog-shop.localhost:")
                .contains("http://orders-shop.localhost:");
        assertThat(platform.get("catalog-shop.localhost", "/").body()).isEqualTo("catalog true true true");
        assertThat(platform.get("orders-shop.localhost", "/").body()).isEqualTo("orders true true true");

        platform.commit(repository, "orders/src/main/java/Server.java", server("new orders"));
        platform.push(repository, "main");
        assertThat(log(2)).containsOnlyOnce(UNCHANGED);
        assertThat(platform.get("orders-shop.localhost", "/").body()).isEqualTo("new orders true true true");
        assertThat(platform.get("catalog-shop.localhost", "/").body()).isEqualTo("catalog true true true");

        platform.commit(repository, "words/src/main/java/words/Words.java", words(""));
        platform.push(repository, "main");
        assertThat(platform.get("orders-shop.localhost", "/").body()).isEqualTo("new orders false true true");
        assertThat(platform.get("catalog-shop.localhost", "/").body()).isEqualTo("catalog false true true");

        platform.git(
                repository, "rm", "-q", "words/src/main/resources/old.txt", "words/src/main/java/words/Other.java");
        platform.git(repository, "commit", "-qm", "deleted");
        platform.push(repository, "main");
        assertThat(platform.get("orders-shop.localhost", "/").body()).isEqualTo("new orders false false false");
        assertThat(platform.get("catalog-shop.localhost", "/").body()).isEqualTo("catalog false false false");
    }
}

package dev.johwa.main;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// What a push says of failures whose cause the words of the tools tell: real pushes, real programs.
class CausesInPushTest {
    private static Platform platform;

    @BeforeAll
    static void start() throws IOException {
        platform = new Platform();
    }

    @AfterAll
    static void end() throws Exception {
        platform.close();
    }

    @Test
    void aValueThatIsNotSetIsNamedWithTheOthersThatTheCodeReads() throws Exception {
        var repository = platform.repository("unset", "main.py", """
                import os
                key = os.environ["STRIPE_KEY"]
                url = os.environ["SHOP_URL"]
                level = os.getenv("LEVEL", "info")
                print(os.environ["PORT"])
                """, "Procfile", "web: python3 main.py\n");

        var output = platform.push(repository, "main");

        assertThat(output)
                .contains("Cause: the environment value STRIPE_KEY is not set.")
                .contains("johwa secrets set unset STRIPE_KEY")
                .contains("The code reads, without a default, and nothing sets: SHOP_URL (main.py:3), STRIPE_KEY"
                        + " (main.py:2)");
        var run = platform.server().pipelines().find("unset", 1).orElseThrow();
        assertThat(run.reason()).contains("the environment value STRIPE_KEY is not set");
        assertThat(output).contains(run.advice());
        assertThat(run.advice()).anyMatch(line -> line.startsWith("Mend:  johwa secrets set unset STRIPE_KEY"));
    }

    @Test
    void valuesThatAnExampleNamesAreToldWhereTheApplicationGivesUp() throws Exception {
        var repository = platform.repository(
                "keyless",
                "main.py",
                "import sys\nsys.exit('session keys are required')\n",
                "Procfile",
                "web: python3 main.py\n",
                ".env.example",
                "PORT=1337\n# keys of sessions\nAPP_KEYS=\"one,two\"\nJWT_SECRET=change\n");

        assertThat(platform.push(repository, "main"))
                .contains("session keys are required")
                .contains("perhaps values that .env.example names and nothing sets here: APP_KEYS, JWT_SECRET.")
                .contains("Mend:  johwa secrets import keyless .env");
    }

    @Test
    void aTestWithoutItsDatabaseIsToldAsThat() throws Exception {
        var repository = platform.repository("nodata", "main.py", "print('hello')\n", "test_shop.py", """
                import unittest
                class ShopTest(unittest.TestCase):
                    def test_reads(self):
                        raise ConnectionError('connection to server at "127.0.0.1", port 5432 failed: Connection refused')
                """);

        assertThat(platform.push(repository, "main"))
                .contains("1 of 1 failed")
                .contains("Cause: PostgreSQL does not answer where it is looked for; tests have none here.");
    }

    @Test
    void aStepThatFailsTellsItsCause() throws Exception {
        var repository = platform.repository(
                "crlf", "Procfile", "web: sleep 60\n", "johwa.yaml", "build: ./build.sh\n", "build.sh", "echo hi\n");

        var output = platform.push(repository, "main");

        assertThat(output)
                .contains("Cause: ./build.sh is not executable.")
                .contains("git update-index --chmod=+x ./build.sh");
        var run = platform.server().pipelines().find("crlf", 1).orElseThrow();
        assertThat(run.reason()).contains("./build.sh is not executable");
        assertThat(run.advice()).contains("Mend:  git update-index --chmod=+x ./build.sh && git commit");
    }

    @Test
    void aHostThatTheApplicationRefusesIsTold() throws Exception {
        var repository = platform.repository("picky", "main.py", """
                import http.server, os
                class Answer(http.server.BaseHTTPRequestHandler):
                    def do_GET(self):
                        self.send_response(403)
                        self.end_headers()
                        self.wfile.write(b'Blocked request. This host ("picky.localhost") is not allowed.')
                http.server.HTTPServer(("127.0.0.1", int(os.environ["PORT"])), Answer).serve_forever()
                """, "Procfile", "web: python3 main.py\n");

        assertThat(platform.push(repository, "main"))
                .contains("answers 403: Vite's development server refuses the host picky.localhost")
                .contains("allowedHosts");
    }
}

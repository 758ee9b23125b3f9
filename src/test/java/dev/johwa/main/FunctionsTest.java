package dev.johwa.main;

import static org.assertj.core.api.Assertions.assertThat;

import dev.johwa.lib.process.Programs;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/// A function as its maker writes it, with the framework of the registry.
class FunctionsTest {
    @Test
    void aFunctionOfNodeAnswers() throws Exception {
        var path = Arrays.stream(System.getenv("PATH").split(":")).map(Path::of).toList();
        Assumptions.assumeTrue(Programs.find("npm", path).isPresent(), "npm is not here");
        try (var platform = new Platform()) {
            var repository = platform.repository(
                    "hello",
                    "package.json",
                    "{\"main\": \"index.js\", \"dependencies\": {\"@google-cloud/functions-framework\": \"4.0.0\"}}",
                    "index.js",
                    """
                    const functions = require('@google-cloud/functions-framework')
                    functions.http('hello', (request, response) => response.send('hello ' + request.query.name))
                    """);

            assertThat(platform.push(repository, "main"))
                    .contains(", a function (package.json")
                    .contains("http://hello.localhost:");
            assertThat(platform.get("hello.localhost", "/?name=Ada").body()).isEqualTo("hello Ada");
        }
    }
}

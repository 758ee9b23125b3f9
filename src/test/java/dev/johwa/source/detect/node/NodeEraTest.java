package dev.johwa.source.detect.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.johwa.source.detect.Detection;
import dev.johwa.source.detect.Sample;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NodeEraTest {
    @TempDir
    Path place;

    private Detection detect(String manifest) {
        return new Sample(place, "package.json", manifest, "server.js", "http.createServer(x).listen(1)")
                .with("node", "22.20.0")
                .detect();
    }

    @ParameterizedTest
    @CsvSource({
        "socket.io, 0.8.5, >=0.10 <0.11",
        "gulp, ^3.9.1, >=10 <12",
        "gulp, 3.x, >=10 <12",
        "hapi, ~7.5.2, >=12 <14",
        "node-sass, ^4.14.1, >=14 <15"
    })
    void anOldPackageAsksForANodeOfItsTime(String name, String version, String node) {
        var found = detect("{\"dependencies\": {\"" + name + "\": \"" + version + "\"}}");

        assertThat(found.missing()).extracting(Detection.Missing::text).contains(node);
        assertThat(found.evidence().toString()).contains(name + " ");
    }

    @ParameterizedTest
    @CsvSource({"socket.io, 4.7.0", "gulp, >=3", "gulp, *", "gulp, latest", "express, ^4.18.0"})
    void othersRunOnWhatIsHere(String name, String version) {
        var found = detect("{\"dependencies\": {\"" + name + "\": \"" + version + "\"}}");

        assertThat(found.missing()).isEmpty();
    }

    @Test
    void whatTheProjectAsksForWeighsMore() {
        var found = detect("{\"engines\": {\"node\": \"22\"}, \"dependencies\": {\"gulp\": \"3.9.1\"}}");

        assertThat(found.missing()).isEmpty();
    }
}

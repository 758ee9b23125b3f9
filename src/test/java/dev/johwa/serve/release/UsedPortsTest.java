package dev.johwa.serve.release;

import static org.assertj.core.api.Assertions.assertThat;

import dev.johwa.lib.task.Cancel;
import dev.johwa.serve.target.InstanceSpec;
import dev.johwa.serve.target.Target;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Which ports of the machine an app must reach that uses another one.
class UsedPortsTest {
    @TempDir
    Path folder;

    @Test
    void whereTheEdgeAnswersPlainlyAndThroughTls() throws IOException {
        try (var rig = new ReleaseRig(folder)) {
            int plain = Integer.parseInt(rig.edge.address().replaceFirst(".*:", ""));
            assertThat(reached(rig)).isEmpty();
            rig.says("uses: [shop]\n");
            assertThat(reached(rig)).containsExactly(plain);
            // Who asks there for a name that has a certificate is sent to TLS.
            rig.edge.tls = "127.0.0.1:8443";
            assertThat(reached(rig)).containsExactly(plain, 8443);
        }
    }

    /// By the instance that a release starts.
    private static List<Integer> reached(ReleaseRig rig) {
        var started = new ArrayList<InstanceSpec>();
        var target = (Target) Proxy.newProxyInstance(
                Target.class.getClassLoader(), new Class<?>[] {Target.class}, (self, method, words) -> {
                    if (method.getName().equals("start")) {
                        started.add((InstanceSpec) words[0]);
                    }
                    return method.invoke(rig.target, words);
                });
        var said = new ArrayList<String>();
        var outcome = rig.releases(target, rig.edge, rig.clock).release(rig.passed(Map.of()), said::add, new Cancel());
        assertThat(outcome.live()).as(String.join("\n", said)).isTrue();
        return started.getLast().reaches();
    }
}

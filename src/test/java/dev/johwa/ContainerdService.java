package dev.johwa;

import static dev.johwa.Wait.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.johwa.lib.docker.Credential;
import dev.johwa.lib.file.Trees;
import dev.johwa.lib.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;

/// A real containerd on its own socket and folders, asked by the interface by which Kubernetes asks it (CRI) and by
/// Kubernetes' own `crictl`. Its pods are in the machine's network, so that no plugin of networks is needed. Needs
/// root.
public final class ContainerdService implements AutoCloseable {
    private static final String SETTINGS = """
            version = 2
            root = "%1$s/root"
            state = "%1$s/state"
            [grpc]
              address = "%1$s/containerd.sock"
            [plugins."io.containerd.grpc.v1.cri"]
              sandbox_image = "docker.io/library/johwa-test-pause:1"
              disable_tcp_service = true
              # Not every machine lets one lower what it has.
              restrict_oom_score_adj = true
            [plugins."io.containerd.internal.v1.opt"]
              path = "%1$s/opt"
            """;
    private static final String CLIENT = """
            runtime-endpoint: unix://%1$s/containerd.sock
            image-endpoint: unix://%1$s/containerd.sock
            timeout: 60
            """;
    /// The network of the machine, processes of its own.
    private static final Map<String, Integer> NAMESPACES = Map.of("network", 2, "pid", 1);

    private static final String GROUP = "johwa-test-containerd";
    private static final int LONG_SECONDS = 60;

    private final Path folder;
    private final Process process;

    private ContainerdService(Path folder) throws IOException {
        this.folder = folder;
        Files.writeString(client(), CLIENT.formatted(folder));
        var settings = Files.writeString(folder.resolve("config.toml"), SETTINGS.formatted(folder));
        process = new ProcessBuilder(Tools.find("containerd"), "--config", settings.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start();
    }

    /// @param docker has the program that keeps a pod
    public static ContainerdService start(DockerDaemon docker) {
        try {
            // A path of a socket is short.
            var service = new ContainerdService(Files.createTempDirectory("johwa-containerd"));
            eventually(() -> Files.exists(service.socket()) || !service.process.isAlive());
            assertThat(service.process.isAlive())
                    .as(() -> "containerd does not start: " + Daemons.lastWords(service.folder.resolve("log")))
                    .isTrue();
            var pause = docker.base("johwa-test-pause:1", List.of("CMD [\"/bin/sleep\", \"100000\"]"));
            var saved = service.folder.resolve("pause.tar");
            try (var tar = docker.engine().images().save(pause)) {
                Files.copy(tar, saved);
            }
            var ctr = List.of(Tools.find("ctr"), "--address", service.socket().toString(), "--namespace", "k8s.io");
            service.run(ctr, "images", "import", saved.toString());
            return service;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path socket() {
        return folder.resolve("containerd.sock");
    }

    private Path client() {
        return folder.resolve("crictl.yaml");
    }

    private String run(List<String> program, String... words) throws IOException {
        var argv = new ArrayList<>(program);
        argv.addAll(List.of(words));
        var said = Files.createTempFile(folder, "said", "");
        var troubles = Files.createTempFile(folder, "troubles", "");
        var running = new ProcessBuilder(argv)
                .redirectOutput(said.toFile())
                .redirectError(troubles.toFile())
                .start();
        try {
            boolean isOver = running.waitFor(LONG_SECONDS, TimeUnit.SECONDS);
            assertThat(isOver && running.exitValue() == 0)
                    .as(() -> argv + ": " + Daemons.lastWords(troubles))
                    .isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        return Files.readString(said).strip();
    }

    private String crictl(String... words) throws IOException {
        return run(List.of(Tools.find("crictl"), "--config", client().toString()), words);
    }

    /// Gets an image as a kubelet does by the secret of a pod.
    ///
    /// @return what it then knows of it: by `uid` a kubelet tells whether it is root's
    public JsonNode pull(String reference, Credential credential) throws IOException {
        crictl("pull", "--creds", credential.user() + ":" + credential.password(), reference);
        return Json.tree(crictl("inspecti", "--output", "json", reference)).path("status");
    }

    /// Starts a container alone in its pod as the restricted kind of Kubernetes' pods is: without a capability and a
    /// way to one, and with a root that nobody writes to.
    ///
    /// @param values by which its environment differs from that of the image
    public Pod start(String image, Map<String, String> values) throws IOException {
        var name = Map.of("name", "one", "namespace", "default", "uid", "1");
        var around = Map.of("cgroup_parent", GROUP, "security_context", Map.of("namespace_options", NAMESPACES));
        var place = file("pod", Map.of("metadata", name, "log_directory", folder.toString(), "linux", around));
        var pod = crictl("runp", place);
        var container = crictl("create", pod, file("container", container(image, values)), place);
        crictl("start", container);
        var told = Json.tree(crictl("inspect", container));
        return new Pod(pod, told.path("info").path("pid").asLong());
    }

    private static Map<String, Object> container(String image, Map<String, String> values) {
        var environment = values.entrySet().stream()
                .map(each -> Map.of("key", each.getKey(), "value", each.getValue()))
                .toList();
        var context = Map.of(
                "capabilities",
                Map.of("drop_capabilities", List.of("ALL")),
                "no_new_privs",
                true,
                "readonly_rootfs",
                true,
                "namespace_options",
                NAMESPACES);
        return Map.of(
                "metadata",
                Map.of("name", "one"),
                "image",
                Map.of("image", image),
                "envs",
                environment,
                "log_path",
                "one.log",
                "linux",
                Map.of("security_context", context));
    }

    private String file(String name, Map<String, ?> content) throws IOException {
        return Files.write(folder.resolve(name + ".json"), Json.bytes(content)).toString();
    }

    /// One that runs until it is closed.
    public final class Pod implements AutoCloseable {
        private final String id;
        private final long process;

        private Pod(String id, long process) {
            this.id = id;
            this.process = process;
        }

        /// What the kernel says of what runs in it.
        ///
        /// @param name `status`
        public String kernel(String name) throws IOException {
            return Files.readString(Path.of("/proc", String.valueOf(process), name));
        }

        @Override
        public void close() throws IOException {
            crictl("rmp", "--force", id);
        }
    }

    /// Takes away all of it.
    @Override
    public void close() {
        Daemons.end(process);
        Daemons.unmountBelow(folder);
        Trees.delete(folder);
        Daemons.removeGroups(GROUP);
    }
}

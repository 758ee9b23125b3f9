package dev.johwa.main.setup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.johwa.lib.json.Json;
import dev.johwa.main.ship.CleanRoot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// The playbook of `johwa eject --to ansible`, read by ansible-lint and played by ansible against a real sshd.
abstract class EjectCases {
    private final Machines machines;
    private final Laptop laptop;
    private final Path scratch;

    EjectCases(Machines machines) {
        this.machines = machines;
        this.laptop = machines.laptop;
        this.scratch = machines.scratch;
    }

    /// Fetched by scripts/verify.
    private static Path tools() {
        var caches = Optional.ofNullable(System.getenv("XDG_CACHE_HOME"))
                .map(Path::of)
                .orElse(Path.of(System.getProperty("user.home"), ".cache"));
        return caches.resolve("johwa/tools/ansible/bin");
    }

    /// One connection for all tasks, as ansible has it when nobody gives it words for ssh.
    private String ansible(String... words) throws IOException, InterruptedException {
        var argv = new ArrayList<>(List.of(
                "env",
                "-C",
                scratch.resolve("ansible").toString(),
                "LC_ALL=C.UTF-8",
                "PATH=" + tools() + ":" + System.getenv("PATH"),
                "ANSIBLE_NOCOLOR=1",
                "ANSIBLE_PIPELINING=1",
                "ANSIBLE_HOME=" + scratch.resolve("ansible-home"),
                "ANSIBLE_SSH_ARGS=-F " + scratch.resolve("ssh_config") + " -o StrictHostKeyChecking=accept-new"
                        + " -o ControlMaster=auto -o ControlPersist=20s"));
        argv.addAll(List.of(words));
        return CleanRoot.run(argv, 280);
    }

    private String lint() {
        try {
            return ansible("ansible-lint", "--offline", "--profile", "production", "playbook.yml");
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void whatIsEjectedMakesAServerAndThenChangesNothing() throws Exception {
        var machine = machines.other();
        var ejected = laptop.johwa(scratch, "eject", "--to", "ansible", "--host", "root@" + machine.address());
        assertThat(ejected.status()).as("%s", ejected).isZero();
        assertThat(Files.readString(scratch.resolve("ansible/inventory.ini")))
                .isEqualTo("[johwa]\n" + machine.address() + " ansible_user=root\n");
        var lint = CompletableFuture.supplyAsync(this::lint);

        assertThat(ansible("ansible-playbook", "-i", "inventory.ini", "playbook.yml"))
                .contains("failed=0");
        assertThat(machine.run("systemctl is-active johwa.service johwa.socket johwa-tls.socket"))
                .isEqualTo("active\nactive\nactive\n");
        assertThat(ansible("ansible-playbook", "-i", "inventory.ini", "playbook.yml"))
                .contains("changed=0 ", "failed=0");
        var check = laptop.johwa(scratch, "setup", "root@" + machine.address(), "--yes", "--check", "--json");
        assertThat(check.status()).as("%s", check).isZero();
        assertThat(Json.tree(check.out()).path("missing").values())
                .as("setup finds all but its own note of what was started")
                .extracting(JsonNode::asString)
                .containsExactly("service");
        assertThat(lint.get()).contains("Profile 'production' was required, and it passed");
    }

    @Test
    void whatIsNotEjectedYetIsTold() throws IOException, InterruptedException {
        var said = laptop.johwa(scratch, "eject", "--to", "terraform");
        assertThat(said.status()).isEqualTo(2);
        assertThat(said.err()).contains("'terraform'", "there is: dockerfile, compose, github, traefik");
    }
}

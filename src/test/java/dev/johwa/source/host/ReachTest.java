package dev.johwa.source.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.johwa.lib.clock.SystemClock;
import dev.johwa.lib.http.HostLookup;
import dev.johwa.lib.problem.ProblemException;
import dev.johwa.source.host.played.PlayedGitHub;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReachTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "169.254.169.254",
                "100.100.100.200",
                "168.63.129.16",
                "10.0.0.1",
                "0.0.0.0",
                "::1",
                "fe80::1",
                "fd00:ec2::254",
                "0:0:0:0:0:ffff:7f00:1"
            })
    void onlyOwnersLookIntoTheServerAndItsNetworks(String number) {
        HostLookup lookup = name -> List.of("192.0.2.1", number);
        assertThatThrownBy(() -> new Reach(lookup, false).addresses("inside.example"))
                .hasMessageContaining("inside.example is " + number + ", which only the server itself");
        assertThat(new Reach(lookup, true).addresses("inside.example")).containsExactly("192.0.2.1", number);
        assertThat(new Reach(lookup, true).staysHere("inside.example")).isFalse();
    }

    @Test
    void aHostThatIsNotThereIsTold() {
        assertThatThrownBy(() -> new Reach(name -> List.of(), true).addresses("nowhere.example"))
                .hasMessageContaining("there is no host nowhere.example");
        assertThat(new Reach(name -> List.of("192.0.2.1"), false).addresses("there.example"))
                .containsExactly("192.0.2.1");
        assertThat(new Reach(name -> List.of("::1", "127.0.0.1"), false).staysHere("localhost"))
                .isTrue();
        assertThat(new Reach(name -> List.of("10.0.0.1"), false).staysHere("box.example"))
                .as("a token there is read by others")
                .isFalse();
    }

    /// No name server knows the name: what arrives came by the address that was looked at.
    @Test
    void gitAndItsHostsInterfaceAreAskedWhereTheNameWasFound() throws Exception {
        try (var hub = new PlayedGitHub(folder, "acme/shop")) {
            var commit = hub.push("main", Map.of("index.html", "one"));
            var address = Address.parse(hub.url().replace("127.0.0.1", "github.invalid"));
            HostLookup lookup = name -> name.equals("github.invalid") ? List.of("127.0.0.1") : List.of();

            var target = new Access.Target(address, lookup.addresses("github.invalid"));
            try (var access = Access.byToken(target, hub.token(), Map.of())) {
                assertThat(git(access, "ls-remote", access.origin().url())).contains(commit + "\trefs/heads/main");
            }
            var hosts = new Hosts(new SystemClock(), lookup);
            assertThat(hosts.find(address, hub.token(), true).kind()).isEqualTo(Connection.Kind.GITHUB);
            assertThat(hosts.find(address, hub.token(), false).kind())
                    .as("who is no owner is not led there")
                    .isEqualTo(Connection.Kind.GIT);
        }
    }

    private String git(Access access, String... words) throws Exception {
        var argv = new ArrayList<>(List.of("git"));
        argv.addAll(List.of(words));
        var builder = new ProcessBuilder(argv).directory(folder.toFile()).redirectErrorStream(true);
        builder.environment().putAll(access.origin().environment());
        var process = builder.start();
        try (var out = process.getInputStream()) {
            var said = new String(out.readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor()).as(said).isZero();
            return said;
        }
    }

    @Test
    void sshGoesToTheAddressAndKnowsTheHostByItsName() {
        var address = Address.parse("ssh://git@host.example:2222/acme/shop");
        var key = new Access.Key("secret", "", folder);
        try (var access = Access.byKey(new Access.Target(address, List.of("192.0.2.7")), key, Map.of())) {
            assertThat(access.origin().environment().get("GIT_SSH_COMMAND"))
                    .contains("'HostName=192.0.2.7'", "'HostKeyAlias=[host.example]:2222'");
        }
    }

    @Test
    void aHostThatMayNotBeReachedIsNoneThatIsTriedAgainForEver() {
        var closed = new Reach(name -> List.of("10.0.0.1"), false);
        assertThatThrownBy(() -> closed.addresses("box.example"))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> assertThat(HostFailed.of(e))
                                .hasMessageContaining("an owner of the platform may connect it")
                                .satisfies(failed -> assertThat(failed.reason()).isEqualTo(HostFailed.Reason.WRONG)));
    }
}

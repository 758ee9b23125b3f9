package dev.johwa.main.setup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.problem.ProblemException;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What an address may be, and what a server's words come to.
class MachineTest {
    private static final String GOOD = """
            system=Debian GNU/Linux 12 (bookworm)
            family=debian
            architecture=x86_64
            account=0
            systemd=yes
            apt=yes
            free/opt=9000000
            free/var/lib=9000000
            memory=4000000
            end=yes
            """;

    private static List<String> problems(String told) {
        return Machine.of(told).problems().stream().map(Problem::code).toList();
    }

    @Test
    void aDebianWithRoomIsFine() {
        assertThat(problems(GOOD)).isEmpty();
        assertThat(Machine.of("Welcome!\n" + GOOD).architecture()).isEqualTo("amd64");
        assertThat(Machine.of(GOOD).summary()).contains("bookworm", "amd64");
    }

    @Test
    void whatIsAmissIsNamed() {
        assertThat(problems(GOOD.replace("family=debian", "family=fedora rhel")))
                .containsExactly("setup.system");
        assertThat(problems(GOOD.replace("systemd=yes\n", ""))).containsExactly("setup.systemd");
        assertThat(problems(GOOD.replace("free/opt=9000000", "free/opt=1000"))).containsExactly("setup.disk");
        assertThat(problems("port80=nginx (pid 7)\n" + GOOD)).containsExactly("setup.port");
        assertThat(problems("package=yes\n" + GOOD)).containsExactly("setup.package");
        assertThat(Machine.of("port80=\n" + GOOD).problems().getFirst().message())
                .contains("not told");
    }

    @Test
    void whatKeepsVisitorsOutIsAWarning() {
        for (var line : List.of("ufw=80 443\n", "firewalld=443\n", "port443=nginx (pid 7)\n")) {
            assertThat(Machine.of(line + GOOD).problems()).singleElement().satisfies(problem -> {
                assertThat(problem.isError()).as(line).isFalse();
                assertThat(problem.hint())
                        .containsAnyOf(
                                "ufw allow 80/tcp; ufw allow 443/tcp", "--add-port=443/tcp", "apps answer without TLS");
            });
        }
    }

    @Test
    void ubuntuGoesOnWithAWarning() {
        var told = Machine.of(GOOD.replace("family=debian", "family=ubuntu debian"))
                .problems();
        assertThat(told).singleElement().satisfies(problem -> {
            assertThat(problem.isError()).isFalse();
            assertThat(problem.message()).contains("nobody has tested");
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "This account is currently not available.", "system=Debian\nfamily=debian"})
    void anAnswerThatBreaksOffIsNoMachine(String told) {
        assertThatThrownBy(() -> Machine.of(told)).isInstanceOf(ProblemException.class);
    }

    @Test
    void aPortInTheAddressIsToldWhereItGoes() {
        assertThatThrownBy(() -> Destination.parse("root@203.0.113.5:2222", 0))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> assertThat(e.problem().hint()).contains("root@203.0.113.5 --port 2222"));
    }

    @Test
    void addressesAreThoseOfSsh() {
        assertThat(Destination.parse("root@203.0.113.5", 0))
                .isEqualTo(new Destination("root", "203.0.113.5", OptionalInt.empty()));
        assertThat(Destination.parse("[2001:db8::1]", 2222).words()).containsExactly("-p", "2222", "2001:db8::1");
        assertThat(Destination.parse("deploy@box.example.com", 0).words())
                .containsExactly("-l", "deploy", "box.example.com");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "-oProxyCommand=x",
                "root@-x",
                "a b",
                "root@host;reboot",
                "root@",
                "a@b@c",
                "h\nost",
                "$(x)",
                "root@host:22"
            })
    void whatSshMightTakeForMoreIsRefused(String text) {
        assertThatThrownBy(() -> Destination.parse(text, 0))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("is no address");
    }
}

package dev.johwa.main.ship;

import static org.assertj.core.api.Assertions.assertThat;

import dev.johwa.lib.archive.Contents;
import dev.johwa.lib.archive.DebianArchive;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What installing and removing the package asks of systemd, on a machine whose systemctl only writes it down.
class MaintainerScriptsTest {
    private static final String MACHINE = """
            mkdir -p /run/systemd/system
            cat >/usr/bin/systemctl <<'END'
            #!/bin/sh
            link=/etc/systemd/system/multi-user.target.wants/johwa.service
            mkdir -p "${link%/*}"
            case " $* " in
                *" is-enabled "*) [ -L "$link" ]; exit ;;
                *" enable "*) ln -sf johwa.service "$link"; echo "asked: $*" ;;
                *" disable "*) rm -f "$link" ;;
            esac
            case " $* " in
                *" start johwa-tls"*) [ ! -e /tmp/taken443 ] || exit 1; echo "asked: $*" ;;
                *" start "* | *" restart "* | *" --now "*) [ ! -e /tmp/taken ] || exit 1; echo "asked: $*" ;;
            esac
            END
            chmod +x /usr/bin/systemctl
            state() { dpkg-query -W -f '${Status}' johwa; }
            """;

    @TempDir
    Path scratch;

    private String onAMachine(String script) throws Exception {
        var control = new Contents();
        control.text("control", """
                Package: johwa
                Version: 1
                Architecture: all
                Maintainer: Johwa <johwa@localhost>
                Description: its scripts alone
                """);
        control.text("conffiles", "/etc/default/johwa\n");
        for (var name : List.of("preinst", "postinst", "prerm", "postrm")) {
            control.script(name, Program.resource(name));
        }
        var files = new Contents().text("etc/default/johwa", "").text("usr/lib/johwa/id", "1");
        files.script("usr/lib/johwa/johwa", "#!/bin/sh\necho \"asked to $*\"\n[ ! -e /tmp/unreadable ]\n");
        var packages = Files.createDirectories(scratch.resolve("packages"));
        new DebianArchive(control, files, Program.TIME).write(packages.resolve("johwa.deb"));
        return CleanRoot.in(scratch).run(packages, MACHINE + script);
    }

    @Test
    void whatWasRemovedIsInstalledAgainAndRuns() throws Exception {
        assertThat(onAMachine("""
                dpkg -i /files/johwa.deb
                dpkg -r johwa
                echo again
                dpkg -i /files/johwa.deb
                dpkg -P johwa
                ls /etc/systemd/system/multi-user.target.wants
                """).split("again")[1])
                .contains("asked: restart johwa.service")
                .doesNotContain("\njohwa.service");
    }

    @Test
    void aTakenPortKeepsNobodyFromInstalling() throws Exception {
        assertThat(onAMachine("""
                touch /tmp/taken
                dpkg -i /files/johwa.deb
                state
                """)).contains("install ok installed").contains("does not run");
    }

    @Test
    void whereSomebodyHasPort443EverythingRunsButTls() throws Exception {
        assertThat(onAMachine("""
                touch /tmp/taken443
                dpkg -i /files/johwa.deb
                state
                """))
                .contains("install ok installed", "TLS is not answered", "asked: restart johwa.service")
                .contains("enable --quiet johwa.socket johwa-tls.socket johwa.service");
    }

    @Test
    void whatWorksPreparesAnUpgradeOrRefusesIt() throws Exception {
        var said = onAMachine("""
                dpkg -i /files/johwa.deb
                echo upgrade
                dpkg -i /files/johwa.deb
                echo refused
                sed -i 's/^\\[ ! -e.*/[ "$2" != --prepare ]/' /usr/lib/johwa/johwa
                ! dpkg -i /files/johwa.deb
                state
                """);
        assertThat(said.split("upgrade", 2)[0]).doesNotContain("asked to");
        assertThat(said.split("refused", 2)[0])
                .contains("asked to upgrade --prepare @VERSION@ --data /var/lib/johwa", "asked: restart johwa.service");
        assertThat(said.split("refused", 2)[1])
                .contains("install ok installed")
                .doesNotContain("asked: restart johwa.service");
    }

    @Test
    void anUpgradeStartsNothingThatItsOperatorSwitchedOff() throws Exception {
        assertThat(onAMachine("""
                dpkg -i /files/johwa.deb
                systemctl disable johwa.service
                echo upgrade
                dpkg -i /files/johwa.deb
                """).split("upgrade", 2)[1]).doesNotContain("asked:");
    }
}

package dev.johwa.main.setup;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The packages that a server needs, by its real apt, from a folder that holds one of them.
class PackagesStepTest {
    /// Packs what is installed once more, and takes it away.
    private static final String LACKS_BUBBLEWRAP = """
            set -e
            mkdir -p /srv/apt/p/DEBIAN
            cd /srv/apt
            dpkg -L bubblewrap | while read -r file; do [ ! -f "$file" ] || cp --parents "$file" p/; done
            dpkg -s bubblewrap | grep -v '^Status' >p/DEBIAN/control
            dpkg-deb -b p bubblewrap.deb
            {
                cat p/DEBIAN/control
                echo 'Filename: ./bubblewrap.deb'
                echo "Size: $(stat -c %s bubblewrap.deb)"
                echo "SHA256: $(sha256sum <bubblewrap.deb | cut -d' ' -f1)"
            } >Packages
            echo 'deb [trusted=yes] file:/srv/apt ./' >/etc/apt/sources.list
            dpkg --purge bubblewrap
            """;

    /// Another program installs something, for some seconds.
    private static final String APT_IS_BUSY = """
            cat >/tmp/hold.pl <<'PERL'
            use Fcntl;
            fork and exit 0;
            close STDOUT;
            close STDERR;
            open F, ">/var/lib/dpkg/lock-frontend";
            my $lock = pack("s s x4 q q i x4", F_WRLCK, 0, 0, 0, 0);
            fcntl(F, F_SETLK, $lock) or die;
            sleep 5;
            PERL
            perl /tmp/hold.pl </dev/null
            for try in $(seq 50); do
                grep -q POSIX /proc/locks && break
                sleep 0.1
            done
            """;

    @TempDir
    Path scratch;

    private static String ends(String script) {
        return "(\nset -e\n" + script + ")\necho \"ended $?\"\n";
    }

    @Test
    void whatIsMissingComesByAptAsSoonAsAptIsFree() throws IOException, InterruptedException {
        var step = Step.all().getFirst();
        var laptop = new Laptop(scratch);
        try (var machine = new CleanMachine(scratch, laptop.publicKey())) {
            assertThat(machine.run(ends(step.holds()))).contains("ended 0");
            machine.run(LACKS_BUBBLEWRAP);
            assertThat(machine.run(ends(step.holds()))).contains("ended 1");

            var said = machine.run(APT_IS_BUSY + ends(step.make()));
            assertThat(said).contains("waits: ", "It is held by process ", "(perl)", "ended 0");
            assertThat(machine.run(ends(step.holds()))).contains("ended 0");

            machine.run("dpkg --purge bubblewrap; rm /srv/apt/bubblewrap.deb");
            assertThat(machine.run(ends(step.make()))).contains("bubblewrap").doesNotContain("ended 0");
        }
    }
}

package dev.johwa.main.ship;

import dev.johwa.lib.archive.Contents;
import dev.johwa.lib.archive.DebianArchive;
import java.io.IOException;
import java.nio.file.Path;

/// The program as a package for Debian and what comes from it: files, systemd units, and what happens when it is
/// installed, upgraded and removed.
record DebianPackage(Program program) {
    static final Path PLACE = Path.of("/usr/lib/johwa");
    private static final String HOME = "usr/lib/johwa/";
    private static final String UNITS = "usr/lib/systemd/system/";
    private static final int KIBI = 1024;

    void write(Path target) throws IOException {
        var files = new Contents();
        program.addTo(files, HOME);
        files.link("usr/bin/johwa", "../lib/johwa/johwa");
        files.text(UNITS + "johwa.service", Units.service("/usr/lib/johwa"));
        files.text(UNITS + "johwa.socket", Units.socket());
        files.text(UNITS + "johwa-tls.socket", Units.tlsSocket());
        files.text("etc/default/johwa", Units.options());
        files.text("usr/share/doc/johwa/copyright", Program.resource("copyright"));
        new DebianArchive(control(files.size()), files, Program.TIME).write(target);
    }

    private Contents control(long bytes) {
        var control = new Contents();
        control.text(
                "control", """
                Package: johwa
                Version: %s
                Architecture: %s
                Maintainer: Johwa <johwa@localhost>
                Installed-Size: %d
                Depends: libc6 (>= 2.31)
                Recommends: git, bubblewrap, iproute2, ca-certificates
                Section: devel
                Priority: optional
                Description: You push code; it is tested, shipped and watched
                 A DevOps platform in one process for a small team: git, tests, releases without
                 lost requests, and a way back.
                """.formatted(program.version().name(), Program.architecture(), (bytes + KIBI - 1) / KIBI));
        control.text("conffiles", "/etc/default/johwa\n");
        control.script(
                "preinst",
                Program.resource("preinst")
                        .replace("@VERSION@", program.version().toString()));
        for (var script : new String[] {"postinst", "prerm", "postrm"}) {
            control.script(script, Program.resource(script));
        }
        return control;
    }
}

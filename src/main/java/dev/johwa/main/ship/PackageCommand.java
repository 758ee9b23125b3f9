package dev.johwa.main.ship;

import dev.johwa.door.cli.ExitCode;
import dev.johwa.door.cli.Session;
import dev.johwa.lib.file.Trees;
import dev.johwa.lib.json.Json;
import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.text.Sizes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `johwa package`: the program that runs, as something to install elsewhere.
@Command(
        name = "package",
        description =
                "Writes this program as files that need nothing on a machine: an archive with its own Java, a Debian "
                        + "package with systemd units, and a folder in OCI's image layout. The same program gives the same bytes.",
        footer = {"", "Example:", "  johwa package --into /tmp/johwa", "  apt-get install /tmp/johwa/johwa_*.deb"})
public final class PackageCommand implements Callable<Integer> {
    private final Session session;

    @Option(names = "--into", paramLabel = "DIR", description = "Where they are written (default: ./packages).")
    String into = "packages";

    @Option(
            names = "--only",
            paramLabel = "KIND",
            split = ",",
            description = "Of ${COMPLETION-CANDIDATES} only these (default: all that can be made here).")
    List<Kind> only = new ArrayList<>();

    @Option(
            names = "--base",
            paramLabel = "DIR",
            description = "Root folder of the system for the image (default: a small Debian by debootstrap).")
    @Nullable
    Path base;

    @Option(names = "--json", description = "One JSON document.")
    boolean json;

    enum Kind {
        archive,
        deb,
        image
    }

    public PackageCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws IOException {
        var target = Files.createDirectories(session.folder().resolve(into));
        var scratch = Files.createTempDirectory(target, ".making");
        try {
            session.screen().progress("Linking a Java of its own");
            var home = session.surroundings().program();
            var program = new Program(home, JavaRuntime.of(home, scratch), Version.ofThisProgram());
            var made = new ArrayList<Path>();
            for (var kind : kinds()) {
                made.add(make(kind, program, target, scratch));
            }
            tell(target, made);
            return ExitCode.DONE;
        } finally {
            Trees.delete(scratch);
        }
    }

    private List<Kind> kinds() throws IOException {
        if (!only.isEmpty()) {
            return only.stream().distinct().sorted().toList();
        }
        var why = base == null ? BaseSystem.whyNot() : "";
        if (why.isEmpty()) {
            return List.of(Kind.values());
        }
        session.screen().progress("No image: " + why);
        return List.of(Kind.archive, Kind.deb);
    }

    private Path make(Kind kind, Program program, Path target, Path scratch) throws IOException {
        session.screen().progress("Writing the " + kind);
        var name = "johwa-" + program.version().name() + "-linux-" + Program.architecture();
        var file = target.resolve(
                switch (kind) {
                    case archive -> name + ".tar.gz";
                    case deb -> "johwa_" + program.version().name() + "_" + Program.architecture() + ".deb";
                    case image -> name + ".oci";
                });
        var part = scratch.resolve(file.getFileName());
        switch (kind) {
            case archive -> Archive.write(program, name, part);
            case deb -> new DebianPackage(program).write(part);
            case image -> new ImageLayout(program, system(scratch)).write(part);
        }
        Trees.delete(file);
        return Files.move(part, file);
    }

    private Path system(Path scratch) throws IOException {
        var given = base;
        if (given != null) {
            var root = session.folder().resolve(given);
            if (!Files.exists(root.resolve("bin/sh"))) {
                throw Problem.user("package.base", "--base is '" + given + "', and there is no bin/sh in it")
                        .hint("give the root folder of a small system, such as debootstrap makes")
                        .exception();
            }
            return root;
        }
        var why = BaseSystem.whyNot();
        if (!why.isEmpty()) {
            throw Problem.user("package.base", "no image can be made here: " + why)
                    .hint("give the root folder of a small system with --base DIR")
                    .exception();
        }
        session.screen().progress("Fetching a small Debian for the image (about 90 MB)");
        var root = scratch.resolve("system");
        BaseSystem.make(root, session.surroundings().environment());
        return root;
    }

    private void tell(Path target, List<Path> made) throws IOException {
        var rows = new ArrayList<List<String>>();
        var files = new ArrayList<Map<String, Object>>();
        var sums = new StringBuilder();
        for (var each : made) {
            // An image is known by its index, which names everything else by digest.
            var named = Files.isDirectory(each) ? each.resolve("index.json") : each;
            var sum = Archive.sha256(named);
            long size = Trees.size(each);
            rows.add(List.of(each.toString(), Sizes.text(size), sum));
            sums.append(sum).append("  ").append(target.relativize(named)).append('\n');
            var told = new LinkedHashMap<String, Object>();
            told.put("file", each.toString());
            told.put("bytes", size);
            told.put("sha256", sum);
            files.add(told);
        }
        Files.writeString(target.resolve("SHA256SUMS"), sums);
        if (json) {
            session.screen().line(Json.write(Map.of("files", files)));
        } else {
            session.screen().table(List.of("FILE", "SIZE", "SHA-256"), rows);
        }
    }
}

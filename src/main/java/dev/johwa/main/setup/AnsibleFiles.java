package dev.johwa.main.setup;

import dev.johwa.door.cli.Playbook;
import dev.johwa.door.cli.Session;
import dev.johwa.lib.text.Resource;
import dev.johwa.main.ship.Archive;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The files with which ansible makes servers run Johwa as `johwa setup` does, with the program beside them.
public final class AnsibleFiles implements Playbook {
    private static final String ARCHIVE = "johwa.tar.gz";
    private static final List<String> FILES = List.of("playbook.yml", "inventory.ini", ARCHIVE);

    @Override
    public List<String> write(Session session, Path folder, @Nullable String host, @Nullable Path archive)
            throws IOException {
        var inventory = inventory(host);
        var program = archive == null
                ? Archive.kept(session.surroundings())
                : new Archive(session.folder().resolve(archive), "");
        var playbook = Resource.text(AnsibleFiles.class, "playbook.yml")
                .replace("@ID@", program.sha256())
                .replace("@PACKAGES@", String.join(", ", Step.PACKAGES));
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("playbook.yml"), playbook);
        // What a person wrote into it stays.
        if (!Files.exists(folder.resolve("inventory.ini"))) {
            Files.writeString(folder.resolve("inventory.ini"), inventory);
        }
        Files.copy(program.file(), folder.resolve(ARCHIVE), StandardCopyOption.REPLACE_EXISTING);
        return FILES;
    }

    private static String inventory(@Nullable String host) {
        if (host == null) {
            return "[johwa]\n# server.example.com ansible_user=root\n";
        }
        var destination = Destination.parse(host, 0);
        var user = destination.user().isEmpty() ? "" : " ansible_user=" + destination.user();
        return "[johwa]\n" + destination.host() + user + "\n";
    }
}

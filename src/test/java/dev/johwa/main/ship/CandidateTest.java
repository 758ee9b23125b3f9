package dev.johwa.main.ship;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Programs that come in the place of another.
class CandidateTest {
    @TempDir
    Path folder;

    private Path program() throws IOException {
        var home = Files.createDirectories(folder.resolve("given"));
        Files.writeString(home.resolve("id"), "ba9876543210ba98\n");
        Files.writeString(home.resolve(Version.FILE), "7.0+3\n");
        var launcher = Files.writeString(home.resolve("johwa"), "#!/bin/sh\necho johwa 7.0\n");
        Files.setPosixFilePermissions(launcher, PosixFilePermissions.fromString("rwxr-xr-x"));
        return home;
    }

    private Place place() throws IOException {
        var versions = Files.createDirectories(folder.resolve("programs"));
        return new Place(versions.resolve("johwa"), versions, "johwa-", "");
    }

    @Test
    void aFolderThatIsGivenAgainLeavesTheProgramInUseAsItIs() throws IOException {
        var given = program();
        var home = Candidate.open(given, place()).install(place());
        assertThat(home).isEqualTo(folder.resolve("programs/johwa-ba9876543210"));
        var inUse = Files.writeString(home.resolve("in-use"), "");

        var again = Candidate.open(given, place());
        assertThat(again.install(place())).isEqualTo(home);
        again.discard();
        assertThat(inUse).exists();
    }

    @Test
    void oneThatLiesThereInPiecesIsLaidDownAgain() throws IOException {
        var given = program();
        var home = Candidate.open(given, place()).install(place());
        Files.delete(home.resolve("johwa"));

        assertThat(Candidate.open(given, place()).install(place())).isEqualTo(home);
        assertThat(home.resolve("johwa")).isExecutable();
    }
}

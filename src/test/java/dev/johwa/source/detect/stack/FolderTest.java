package dev.johwa.source.detect.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Folders of any size and shape.
class FolderTest {
    @TempDir
    Path root;

    private Folder folder;

    @BeforeEach
    void begin() {
        folder = new Folder(root);
    }

    private void write(String name) throws Exception {
        var file = root.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, "x");
    }

    @Test
    void aDeepMainIsFoundAmongFiftyThousandFiles() throws Exception {
        for (int i = 0; i < 25; i++) {
            var pages = Files.createDirectories(root.resolve("a/data" + i));
            for (int j = 0; j < 2_000; j++) {
                Files.createFile(pages.resolve(j + ".json"));
            }
        }
        write("z/src/main/java/com/example/shop/api/deep/Main.java");

        assertThat(folder.files(name -> name.endsWith("/Main.java")))
                .containsExactly("z/src/main/java/com/example/shop/api/deep/Main.java");
    }

    @Test
    void aCrowdedFolderHidesNoOther() throws Exception {
        var pictures = Files.createDirectories(root.resolve("a"));
        for (int i = 0; i < 5_000; i++) {
            Files.createFile(pictures.resolve(i + ".png"));
        }
        write("b/main.go");

        assertThat(folder.files(name -> name.endsWith(".go"))).containsExactly("b/main.go");
        assertThat(folder.files(name -> name.endsWith(".png"))).hasSize(2_000);
    }

    @Test
    void linksInALoopAndNamesOfOddBytesAreNoHindrance() throws Exception {
        write("a/main.py");
        Files.createSymbolicLink(root.resolve("a/again"), Path.of("../a"));
        Files.createSymbolicLink(root.resolve("round"), Path.of("round"));
        var odd = new String(new byte[] {(byte) 0xE9, 'x'}, StandardCharsets.ISO_8859_1);
        write("b/" + odd + ".py");

        assertThat(folder.files(name -> name.endsWith("main.py"))).containsExactly("a/main.py");
        assertThat(folder.has("round")).isFalse();
        assertThat(folder.read("a/again/main.py")).contains("x");
    }

    @Test
    void foldersBehindALinkThatLeadsOutAreNotListed(@TempDir Path outside) throws Exception {
        Files.createDirectories(outside.resolve("shop"));
        Files.createSymbolicLink(root.resolve("services"), outside);
        Files.createDirectories(root.resolve("apps/web"));
        Files.createSymbolicLink(root.resolve("packages"), Path.of("apps"));

        assertThat(folder.folders("services")).isEmpty();
        assertThat(folder.folders("packages")).containsExactly("web");
    }

    @Test
    void whatWasAskedForIsRemembered() throws Exception {
        write("there");
        folder.has("there");
        folder.read("missing");

        assertThat(folder.takeLookedFor()).isEqualTo(Map.of("there", true, "missing", false));
        assertThat(folder.takeLookedFor()).isEmpty();
    }
}
